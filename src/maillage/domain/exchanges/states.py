"""The states of an intent, as data; ``docs/reference/etats.md`` is drawn from this table."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from maillage.domain.exchanges.enums import IntentState


@dataclass(frozen=True, slots=True)
class Transition:
    """One allowed move: its verb, where it starts, where it ends."""

    verb: str
    label: str
    starts: frozenset[str]
    ends: str


TRANSITIONS: dict[str, Transition] = {
    move.verb: move
    for move in (
        Transition("cover", "Marquer comme répondu", frozenset({IntentState.OPEN}), IntentState.COVERED),
        Transition(
            "withdraw",
            "Retirer",
            frozenset({IntentState.OPEN, IntentState.COVERED}),
            IntentState.WITHDRAWN,
        ),
        Transition(
            "reopen",
            "Rouvrir",
            frozenset({IntentState.COVERED, IntentState.WITHDRAWN}),
            IntentState.OPEN,
        ),
    )
}


def draw_moves(*, title: str, first: str, labels: Mapping[str, str], moves: Iterable[Transition]) -> str:
    """Draw a table of moves as a Mermaid diagram and its twin, a table, in Markdown."""
    kept = sorted(moves, key=lambda move: move.verb)
    order = list(labels)
    arrows = [
        f"    {start} --> {move.ends}: {move.label}"
        for move in kept
        for start in sorted(move.starts, key=order.index)
    ]
    rows = [
        f"| {move.label} | {', '.join(labels[start] for start in sorted(move.starts, key=order.index))} "
        f"| {labels[move.ends]} | `{move.verb}` |"
        for move in kept
    ]
    return "\n".join(
        [
            f"## {title}",
            "",
            "```mermaid",
            "stateDiagram-v2",
            *(f"    {code}: {label}" for code, label in labels.items()),
            f"    [*] --> {first}",
            *arrows,
            "```",
            "",
            "| geste | de | à | verbe |",
            "|---|---|---|---|",
            *rows,
            "",
        ]
    )


def draw() -> str:
    """Draw the states of a need or an offer."""
    return draw_moves(
        title="Un besoin ou une offre",
        first=IntentState.OPEN,
        labels={state.value: str(state.label) for state in IntentState},
        moves=TRANSITIONS.values(),
    )
