"""The text to read, and what each party answered to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from maillage.domain.actors.models import Organisation
from maillage.domain.actors.viewer import Viewer
from maillage.domain.agreements.document import Document, from_json
from maillage.domain.agreements.drafting import draft_text, drafting_of
from maillage.domain.agreements.enums import AmendmentState, ConsentWay, RefusalReason, RefusalWay
from maillage.domain.agreements.models import (
    AgreementText,
    Amendment,
    Annex,
    Consent,
    ConsentInvitation,
    ConsentRefusal,
)
from maillage.domain.exchanges.sight import spoken_for
from maillage.domain.ledger.enums import AgreementState
from maillage.domain.ledger.models import Agreement, StoredFile


@dataclass(frozen=True, slots=True)
class YesLine:
    """A yes, in words."""

    organisation_id: int
    organisation: str
    signer: str
    capacity: str
    way_text: str
    at: datetime
    file_id: int | None
    file_name: str


@dataclass(frozen=True, slots=True)
class NoLine:
    """A no, in words; who is neither of the team nor of that party reads the reason, not the words.

    ``told_on`` is the day when it was said to the team, which noted it; None for who answered by itself.
    """

    pk: int
    organisation_id: int
    organisation: str
    reason: str
    words: str
    said_by: str
    way_text: str
    at: datetime
    told_on: date | None
    file_id: int | None
    file_name: str


@dataclass(frozen=True, slots=True)
class Answers:
    """What the parties answered to one text."""

    yes: tuple[YesLine, ...] = ()
    no: tuple[NoLine, ...] = ()

    def waiting(self, parties: Sequence[Organisation]) -> list[Organisation]:
        """Return the parties that have not answered."""
        answered = {one.organisation_id for one in self.yes} | {one.organisation_id for one in self.no}
        return [one for one in parties if one.pk not in answered]


@dataclass(frozen=True, slots=True)
class ShownText:
    """A text with its digest; ``kept`` is None while it is only a draft."""

    document: Document
    digest: str
    kept: AgreementText | None


def shown_text(*, agreement: Agreement, amendment: Amendment | None = None) -> ShownText | None:
    """Return the text to read: the draft as it would be, else the last that was sent to be signed."""
    if amendment is None and agreement.state == AgreementState.DRAFT:
        document = draft_text(drafting_of(agreement))
        return ShownText(document, document.digest, None)
    kept = AgreementText.objects.filter(agreement=agreement, amendment=amendment).first()
    return ShownText(from_json(kept.blocks), kept.digest, kept) if kept else None


def text_numbered(*, agreement: Agreement, number: int) -> AgreementText | None:
    """Return an earlier text of the agreement."""
    return AgreementText.objects.filter(agreement=agreement, amendment=None, number=number).first()


def consents_to(text: AgreementText | None) -> tuple[YesLine, ...]:
    """Return who said yes to a text."""
    if text is None:
        return ()
    return tuple(
        yes_line(row) for row in Consent.objects.filter(text=text).select_related("organisation", "file")
    )


def answers_to(text: AgreementText | None, *, viewer: Viewer | None) -> Answers:
    """Return what was answered to a text, as somebody may read it; without a viewer, as a stranger does."""
    if text is None:
        return Answers()
    rows = ConsentRefusal.objects.filter(text=text).select_related("organisation", "agreement", "file")
    return Answers(consents_to(text), tuple(no_line(row, viewer) for row in rows))


def yes_line(row: Consent) -> YesLine:
    """Say a yes, read with its structure and its file."""
    return YesLine(
        organisation_id=row.organisation_id,
        organisation=row.organisation.name,
        signer=row.signer,
        capacity=row.capacity,
        way_text=str(ConsentWay(row.way).label),
        at=row.at,
        file_id=row.file_id,
        file_name=row.file.name if row.file else "",
    )


def no_line(row: ConsentRefusal, viewer: Viewer | None) -> NoLine:
    """Say a no, read with its structure and its agreement."""
    pole_id = row.agreement.pole_id
    reads = viewer is not None and (
        viewer.runs(pole_id) or row.organisation_id in spoken_for(viewer, pole_id)
    )
    file = row.file if viewer is not None and viewer.runs(pole_id) else None
    reason = str(RefusalReason(row.reason).label)
    return NoLine(
        pk=row.pk,
        organisation_id=row.organisation_id,
        organisation=row.organisation.name,
        reason=reason[:1].lower() + reason[1:],
        words=row.words if reads else "",
        said_by=row.said_by,
        way_text=str(RefusalWay(row.way).label),
        at=row.at,
        told_on=row.told_on,
        file_id=file.pk if file else None,
        file_name=file.name if file else "",
    )


def spoken_among(
    *, viewer: Viewer, agreement: Agreement, parties: Sequence[Organisation]
) -> list[Organisation]:
    """Return, of these parties, those this person speaks for."""
    mine = spoken_for(viewer, agreement.pole_id)
    return [one for one in parties if one.pk in mine]


def parties_awaited(*, agreement: Agreement, amendment: Amendment | None = None) -> list[Organisation]:
    """Return the parties that have not answered the text to be signed; none when nothing is to be signed."""
    if (amendment or agreement).state != AgreementState.TO_SIGN:
        return []
    parties = [one.organisation for one in agreement.parties.select_related("organisation").order_by("pk")]
    texts = AgreementText.objects.filter(agreement=agreement, amendment=amendment)
    return answers_to(texts.defer("body", "blocks").first(), viewer=None).waiting(parties)


def annexes_of(agreement: Agreement) -> list[Annex]:
    """Return what is joined to an agreement, in the order in which it was joined."""
    return list(agreement.annexes.select_related("file"))


def file_of(*, agreement: Agreement, pk: int, viewer: Viewer | None) -> StoredFile | None:
    """Return a file of an agreement, for somebody who may read its text: an annex, a paper that was signed.

    The letter of a party that does not sign is for the team. Without a viewer, a stranger reads the annexes alone.
    """
    kept = Q(annexes__agreement=agreement)
    if viewer is not None:
        kept |= Q(pk__in=Consent.objects.filter(agreement=agreement, file__isnull=False).values("file"))
        if viewer.runs(agreement.pole_id):
            refused = ConsentRefusal.objects.filter(agreement=agreement, file__isnull=False)
            kept |= Q(pk__in=refused.values("file"))
    return StoredFile.objects.filter(kept, pk=pk).distinct().first()


def annex_of(*, agreement: Agreement, pk: int) -> Annex | None:
    """Return an annex of an agreement."""
    return Annex.objects.select_related("agreement", "file").filter(agreement=agreement, pk=pk).first()


def invitation_numbered(pk: int) -> ConsentInvitation | None:
    """Return an invitation to sign, with what it is about."""
    rows = ConsentInvitation.objects.select_related("agreement__pole", "organisation", "amendment")
    return rows.filter(pk=pk).first()


def amendment_numbered(*, agreement: Agreement, number: int) -> Amendment | None:
    """Return an amendment of the agreement by its number."""
    return Amendment.objects.filter(agreement=agreement, number=number).select_related("agreement").first()


def amendment_to_sign(*, agreement: Agreement) -> Amendment | None:
    """Return the amendment that is to be signed, if there is one."""
    return Amendment.objects.filter(agreement=agreement, state=AmendmentState.TO_SIGN).first()


def refusal_of(*, agreement: Agreement, pk: int) -> ConsentRefusal | None:
    """Return a refusal of a text of the agreement."""
    rows = ConsentRefusal.objects.select_related("agreement", "amendment", "text", "organisation")
    return rows.filter(agreement=agreement, pk=pk).first()
