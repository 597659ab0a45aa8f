"""The text to sign, who said yes to it, the letters sent, the earlier texts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from maillage.domain.actors.models import Organisation
from maillage.domain.actors.viewer import Viewer
from maillage.domain.agreements.document import Document, from_json
from maillage.domain.agreements.drafting import draft_text, drafting_of
from maillage.domain.agreements.enums import AmendmentState, ConsentWay
from maillage.domain.agreements.models import AgreementText, Amendment, Annex, Consent, ConsentInvitation
from maillage.domain.exchanges.sight import spoken_for
from maillage.domain.ledger.enums import AgreementState
from maillage.domain.ledger.models import Agreement


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


def earlier_texts(*, agreement: Agreement) -> tuple[AgreementText, ...]:
    """Return the texts of the agreement that were sent, the last first."""
    rows = AgreementText.objects.filter(agreement=agreement, amendment=None)
    return tuple(rows.defer("body", "blocks"))


def signed_text(*, agreement: Agreement) -> AgreementText | None:
    """Return the last text of the agreement itself to which somebody said yes; amendments write others after it."""
    rows = AgreementText.objects.filter(agreement=agreement, amendment=None, consents__isnull=False)
    return rows.distinct().first()


def consents_to(text: AgreementText | None) -> tuple[YesLine, ...]:
    """Return who said yes to a text."""
    if text is None:
        return ()
    rows = Consent.objects.filter(text=text).select_related("organisation", "file")
    return tuple(
        YesLine(
            organisation_id=row.organisation_id,
            organisation=row.organisation.name,
            signer=row.signer,
            capacity=row.capacity,
            way_text=str(ConsentWay(row.way).label),
            at=row.at,
            file_id=row.file_id,
            file_name=row.file.name if row.file else "",
        )
        for row in rows
    )


def may_sign_for(*, viewer: Viewer, agreement: Agreement, text: AgreementText | None) -> list[Organisation]:
    """Return the parties this person speaks for, and that have not said yes to the text."""
    return [
        one
        for one in waiting_for(agreement=agreement, text=text)
        if one.pk in spoken_for(viewer, agreement.pole_id)
    ]


def waiting_for(*, agreement: Agreement, text: AgreementText | None) -> list[Organisation]:
    """Return the parties that have not said yes to the text."""
    said: Iterable[int] = (
        Consent.objects.filter(text=text).values_list("organisation_id", flat=True) if text else ()
    )
    rows = agreement.parties.exclude(organisation_id__in=said).select_related("organisation").order_by("pk")
    return [party.organisation for party in rows]


def annex_of(*, agreement: Agreement, pk: int) -> Annex | None:
    """Return an annex of an agreement."""
    return Annex.objects.select_related("agreement", "file").filter(agreement=agreement, pk=pk).first()


def annexes_of(*, agreement: Agreement) -> tuple[Annex, ...]:
    """Return the annexes of an agreement."""
    return tuple(Annex.objects.filter(agreement=agreement).select_related("file"))


def invitation_numbered(pk: int) -> ConsentInvitation | None:
    """Return an invitation to sign, with what it is about."""
    rows = ConsentInvitation.objects.select_related("agreement__pole", "organisation", "amendment")
    return rows.filter(pk=pk).first()


def invitations_of(*, agreement: Agreement) -> tuple[ConsentInvitation, ...]:
    """Return the letters sent for an agreement, the last first."""
    return tuple(
        ConsentInvitation.objects.filter(agreement=agreement, amendment=None).select_related("organisation")
    )


def amendment_numbered(*, agreement: Agreement, number: int) -> Amendment | None:
    """Return an amendment of the agreement by its number."""
    return Amendment.objects.filter(agreement=agreement, number=number).select_related("agreement").first()


def amendment_to_sign(*, agreement: Agreement) -> Amendment | None:
    """Return the amendment that is to be signed, if there is one."""
    return Amendment.objects.filter(agreement=agreement, state=AmendmentState.TO_SIGN).first()


@dataclass(frozen=True, slots=True)
class AmendmentLine:
    """An amendment on the sheet: what changes, and who said yes."""

    number: int
    state: str
    state_text: str
    starts_on: date
    reason: str
    rows: tuple[tuple[str, str, str], ...]
    consents: tuple[YesLine, ...]
    waiting: tuple[str, ...]


def amendment_lines(*, agreement: Agreement) -> tuple[AmendmentLine, ...]:
    """Return the amendments of an agreement, the last first."""
    found = []
    for one in Amendment.objects.filter(agreement=agreement).order_by("-number"):
        text = AgreementText.objects.filter(amendment=one).first()
        is_open = one.state == AmendmentState.TO_SIGN
        found.append(
            AmendmentLine(
                number=one.number,
                state=one.state,
                state_text=str(AmendmentState(one.state).label),
                starts_on=one.starts_on,
                reason=one.reason,
                rows=tuple((label, before, after) for label, before, after in one.changes["rows"]),
                consents=consents_to(text),
                waiting=tuple(org.name for org in waiting_for(agreement=agreement, text=text))
                if is_open
                else (),
            )
        )
    return tuple(found)
