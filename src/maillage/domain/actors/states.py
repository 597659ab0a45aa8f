"""The states of a request for an access, as data; ``docs/reference/etats.md`` is drawn from this table."""

from dataclasses import dataclass

from maillage.domain.actors.enums import RequestState


@dataclass(frozen=True, slots=True)
class RequestMove:
    """One allowed move: its verb, where it starts, where it ends."""

    verb: str
    label: str
    starts: frozenset[str]
    ends: str


REQUEST_MOVES: dict[str, RequestMove] = {
    move.verb: move
    for move in (
        RequestMove("accept", "Accepter", frozenset({RequestState.WAITING}), RequestState.ACCEPTED),
        RequestMove("refuse", "Refuser", frozenset({RequestState.WAITING}), RequestState.REFUSED),
    )
}
