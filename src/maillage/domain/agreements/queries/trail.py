"""What the sheet of an agreement says of its texts: who answered what, who is awaited, what was before."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from maillage.domain.actors.models import Organisation
from maillage.domain.actors.viewer import Viewer
from maillage.domain.agreements.amended import ChangedPromise, changed_promise, lines_of
from maillage.domain.agreements.enums import AmendmentState
from maillage.domain.agreements.models import (
    AgreementText,
    Amendment,
    Consent,
    ConsentInvitation,
    ConsentRefusal,
)
from maillage.domain.agreements.operations.applying import hindrance_of
from maillage.domain.agreements.queries.signing import (
    Answers,
    NoLine,
    YesLine,
    no_line,
    spoken_among,
    yes_line,
)
from maillage.domain.ledger.enums import NOT_YET, AgreementState
from maillage.domain.ledger.models import Agreement


@dataclass(frozen=True, slots=True)
class TextLine:
    """A text that was sent to be signed, and what was answered to it."""

    pk: int
    amendment_id: int | None
    number: int
    written_at: datetime
    answers: Answers


@dataclass(frozen=True, slots=True)
class AwaitedLine:
    """A party that has not answered, and the letters that ask it, the last first; none when nobody is known."""

    organisation: Organisation
    letters: tuple[ConsentInvitation, ...]


@dataclass(frozen=True, slots=True)
class AmendmentLine:
    """An amendment on the sheet: what changes, and what was answered; ``is_mine`` asks this person to answer.

    ``hindrance`` tells the team what happened since it was sent that keeps it from being applied.
    """

    number: int
    state: str
    state_text: str
    starts_on: date
    reason: str
    rows: tuple[tuple[str, str, str], ...]
    promises: tuple[ChangedPromise, ...]
    hindrance: str
    answers: Answers
    awaited: tuple[AwaitedLine, ...]
    is_mine: bool


@dataclass(frozen=True, slots=True)
class Trail:
    """The texts of an agreement, the last first; ``answers`` are those to the text that counts, if there is one."""

    texts: tuple[TextLine, ...]
    answers: Answers
    awaited: tuple[AwaitedLine, ...]
    is_mine: bool
    amendments: tuple[AmendmentLine, ...]

    @property
    def open_amendment(self) -> AmendmentLine | None:
        """The amendment that is to be signed, if there is one."""
        return next((one for one in self.amendments if one.state == AmendmentState.TO_SIGN), None)

    @property
    def is_amending(self) -> bool:
        """Whether an amendment is being written or signed."""
        return any(one.state in {AmendmentState.DRAFT, AmendmentState.TO_SIGN} for one in self.amendments)

    @property
    def draft_amendment(self) -> AmendmentLine | None:
        """The amendment that is being written, if there is one."""
        return next((one for one in self.amendments if one.state == AmendmentState.DRAFT), None)


def trail_of(*, viewer: Viewer, agreement: Agreement, parties: Sequence[Organisation]) -> Trail:
    """Return what was sent and answered: five questions at most, one for a draft that was never sent."""
    texts = _texts(viewer, agreement)
    own = tuple(one for one in texts if one.amendment_id is None)
    is_to_sign = agreement.state == AgreementState.TO_SIGN and bool(own)
    changes = _amendments(agreement)
    is_awaiting = is_to_sign or any(one.state == AmendmentState.TO_SIGN for one in changes)
    letters = _letters(viewer, agreement) if is_awaiting else {}
    answers = Answers()
    awaited: tuple[AwaitedLine, ...] = ()
    if is_to_sign:
        answers = own[0].answers
        awaited = _awaited(answers, parties, letters.get(own[0].pk, {}))
    elif agreement.state != AgreementState.DRAFT:
        answers = next((one.answers for one in own if one.answers.yes), Answers())
    by_amendment = {one.amendment_id: one for one in reversed(texts)}
    promises = _promises(changes)
    amendments = tuple(
        _amendment_line(
            viewer, agreement, row, by_amendment.get(row.pk), parties, letters, promises.get(row.pk, ())
        )
        for row in changes
    )
    return Trail(own, answers, awaited, _is_mine(viewer, agreement, awaited), amendments)


def _amendments(agreement: Agreement) -> tuple[Amendment, ...]:
    """Return the amendments, the last first; what does not run has none."""
    if agreement.state in NOT_YET:
        return ()
    return tuple(Amendment.objects.filter(agreement=agreement).order_by("-number"))


def _promises(amendments: Sequence[Amendment]) -> dict[int, tuple[ChangedPromise, ...]]:
    """Return what each amendment does to promises, in words."""
    found: dict[int, tuple[ChangedPromise, ...]] = {}
    for line in lines_of(amendments) if amendments else ():
        found[line.amendment_id] = (*found.get(line.amendment_id, ()), changed_promise(line))
    return found


def _texts(viewer: Viewer, agreement: Agreement) -> tuple[TextLine, ...]:
    """Return every text of the agreement and of its amendments, the last first."""
    rows = list(AgreementText.objects.filter(agreement=agreement).defer("body", "blocks").order_by("-number"))
    said: dict[int, Answers] = {}
    if rows:
        yes: dict[int, list[YesLine]] = defaultdict(list)
        no: dict[int, list[NoLine]] = defaultdict(list)
        for consent in Consent.objects.filter(agreement=agreement).select_related("organisation", "file"):
            yes[consent.text_id].append(yes_line(consent))
        refused = ConsentRefusal.objects.filter(agreement=agreement).select_related("organisation", "file")
        for refusal in refused:
            refusal.agreement = agreement
            no[refusal.text_id].append(no_line(refusal, viewer))
        said = {row.pk: Answers(tuple(yes[row.pk]), tuple(no[row.pk])) for row in rows}
    return tuple(TextLine(row.pk, row.amendment_id, row.number, row.written_at, said[row.pk]) for row in rows)


def _letters(viewer: Viewer, agreement: Agreement) -> dict[int, dict[int, list[ConsentInvitation]]]:
    """Return the letters sent, by text then by party: addresses are the team's to read."""
    found: dict[int, dict[int, list[ConsentInvitation]]] = {}
    if viewer.runs(agreement.pole_id):
        for one in ConsentInvitation.objects.filter(agreement=agreement):
            found.setdefault(one.text_id, {}).setdefault(one.organisation_id, []).append(one)
    return found


def _awaited(
    answers: Answers, parties: Sequence[Organisation], letters: dict[int, list[ConsentInvitation]]
) -> tuple[AwaitedLine, ...]:
    return tuple(AwaitedLine(one, tuple(letters.get(one.pk, ()))) for one in answers.waiting(parties))


def _is_mine(viewer: Viewer, agreement: Agreement, awaited: Sequence[AwaitedLine]) -> bool:
    parties = [one.organisation for one in awaited]
    return bool(spoken_among(viewer=viewer, agreement=agreement, parties=parties))


def _amendment_line(
    viewer: Viewer,
    agreement: Agreement,
    amendment: Amendment,
    text: TextLine | None,
    parties: Sequence[Organisation],
    letters: dict[int, dict[int, list[ConsentInvitation]]],
    promises: tuple[ChangedPromise, ...],
) -> AmendmentLine:
    is_open = amendment.state == AmendmentState.TO_SIGN and text is not None
    counts = text is not None and amendment.state in {AmendmentState.TO_SIGN, AmendmentState.IN_FORCE}
    answers = text.answers if text is not None and counts else Answers()
    awaited = _awaited(answers, parties, letters.get(text.pk, {})) if text is not None and is_open else ()
    return AmendmentLine(
        number=amendment.number,
        state=amendment.state,
        state_text=str(AmendmentState(amendment.state).label),
        starts_on=amendment.starts_on,
        reason=amendment.reason,
        rows=tuple((label, before, after) for label, before, after in amendment.changes["rows"]),
        promises=promises,
        hindrance=_hindrance(viewer, agreement, amendment) if is_open and promises else "",
        answers=answers,
        awaited=awaited,
        is_mine=_is_mine(viewer, agreement, awaited),
    )


def _hindrance(viewer: Viewer, agreement: Agreement, amendment: Amendment) -> str:
    if not viewer.runs(agreement.pole_id):
        return ""
    amendment.agreement = agreement
    return hindrance_of(amendment)
