"""Applying an amendment to promises: checked when it is sent and again at the last yes, for facts go on meanwhile."""

from collections.abc import Callable, Sequence

from maillage.core.errors import UserMistake
from maillage.domain.agreements.amended import draft_asked, drafting_after, lines_of, terms_asked
from maillage.domain.agreements.enums import PromiseChangeKind
from maillage.domain.agreements.faults import missing_of
from maillage.domain.agreements.models import Amendment, PromiseChange
from maillage.domain.ledger.models import Commitment
from maillage.domain.ledger.operations.amended import (
    check_can_end,
    enter_promise,
    read_changed,
    rewrite_promise,
    stop_promise,
)
from maillage.domain.ledger.operations.commitments import check_free, read_promise

_NOTHING = "Rien ne change. Modifiez au moins une chose, ou un engagement."
_MEANWHILE = "L’avenant ne peut plus s’appliquer tel quel : {} L’équipe du pôle peut le reprendre."


def check_amended(amendment: Amendment) -> None:
    """Refuse to send an amendment that changes nothing, or after which the agreement could not be signed."""
    lines = _named(amendment)
    if not lines and not amendment.changes["rows"]:
        raise UserMistake(_NOTHING)
    _check_lines(amendment, lines)
    after = drafting_after(amendment, lines)
    missing = missing_of(after) if after else ()
    if missing:
        raise UserMistake(missing[0].sentence)


def hindrance_of(amendment: Amendment) -> str:
    """Say what happened meanwhile that keeps an amendment from being applied; "" when nothing did."""
    try:
        _check_lines(amendment, _named(amendment))
    except UserMistake as mistake:
        return mistake.message
    return ""


def apply_promises(amendment: Amendment) -> None:
    """Write the promises as the amendment, now in force, says: what ends, what changes, what comes."""
    lines = _named(amendment)
    try:
        for line in _of_kind(lines, PromiseChangeKind.END):
            stop_promise(commitment=_promise(line))
        _one_after_the_other([_rewriting(line) for line in _of_kind(lines, PromiseChangeKind.CHANGE)])
        for line in _of_kind(lines, PromiseChangeKind.ADD):
            enter_promise(data=draft_asked(line, amendment))
    except UserMistake as mistake:
        raise UserMistake(_MEANWHILE.format(mistake.message)) from mistake


def _rewriting(line: PromiseChange) -> Callable[[], object]:
    return lambda: rewrite_promise(commitment=_promise(line), terms=terms_asked(line))


def _one_after_the_other(acts: Sequence[Callable[[], object]]) -> None:
    """Do them in the order that works: a booking that takes the place of another waits until that one has moved."""
    left = list(acts)
    while left:
        again: list[Callable[[], object]] = []
        why: UserMistake | None = None
        for act in left:
            try:
                act()
            except UserMistake as mistake:
                again.append(act)
                why = mistake
        if why is not None and len(again) == len(left):
            raise why
        left = again


def _check_lines(amendment: Amendment, lines: Sequence[PromiseChange]) -> None:
    leaving = [line.commitment_id for line in lines if line.commitment_id is not None]
    taking: list[Commitment] = []
    for line in lines:
        if line.kind == PromiseChangeKind.END:
            check_can_end(_promise(line))
            continue
        if line.kind == PromiseChangeKind.CHANGE:
            asked = read_changed(commitment=_promise(line), terms=terms_asked(line))
        else:
            asked = read_promise(draft_asked(line, amendment))
        check_free(asked, given_back=leaving)
        taking.append(asked)
    _check_apart(taking)


def _check_apart(promises: Sequence[Commitment]) -> None:
    """Refuse an amendment that promises one thing twice at one time."""
    booked = [one for one in promises if one.action_id == "use" and one.resource and one.during]
    for at, one in enumerate(booked):
        for other in booked[:at]:
            if one.resource_id == other.resource_id and _meet(one, other):
                raise UserMistake(f"L’avenant promet deux fois « {one.resource} » au même moment.")


def _meet(one: Commitment, other: Commitment) -> bool:
    return bool(one.during.lower < other.during.upper and other.during.lower < one.during.upper)


def _named(amendment: Amendment) -> list[PromiseChange]:
    lines = list(
        lines_of([amendment]).select_related(
            *("action", "provider", "receiver", "resource_type", "resource__owner"),
            *("commitment__action", "commitment__provider", "commitment__receiver"),
            *("commitment__resource_type", "commitment__resource__owner"),
        )
    )
    for line in lines:
        if line.commitment is not None:
            line.commitment.agreement, line.commitment.pole = amendment.agreement, amendment.agreement.pole
    return lines


def _of_kind(lines: Sequence[PromiseChange], kind: PromiseChangeKind) -> list[PromiseChange]:
    return [line for line in lines if line.kind == kind]


def _promise(line: PromiseChange) -> Commitment:
    if line.commitment is None:
        raise LookupError(f"{line} names no promise")
    return line.commitment
