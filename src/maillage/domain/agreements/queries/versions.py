"""What was promised text after text: under the first one, then under each amendment, from when."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from maillage.domain.agreements.amended import ENDS, promised_before, promised_by, terms_said
from maillage.domain.agreements.enums import AmendmentState, PromiseChangeKind
from maillage.domain.agreements.models import Amendment, Consent, PromiseChange
from maillage.domain.ledger.models import Commitment


@dataclass(frozen=True, slots=True)
class PromiseVersion:
    """What a promise was from a day on, and the text that says so: an amendment, or a ``text`` of the agreement."""

    since: date | None
    said: str
    amendment: int | None
    text: int | None


def versions_of(commitment: Commitment) -> tuple[PromiseVersion, ...]:
    """Return what was promised, the first first; nothing when no amendment ever touched the promise."""
    rows = PromiseChange.objects.filter(commitment=commitment, amendment__state=AmendmentState.IN_FORCE)
    lines = list(
        rows.select_related(
            *("amendment", "action", "provider", "receiver", "resource_type", "resource")
        ).order_by("amendment__number")
    )
    if not lines or commitment.agreement is None:
        return ()
    versions = []
    if lines[0].kind != PromiseChangeKind.ADD:
        first = terms_said(promised_before(lines[0]))
        signed = Consent.objects.filter(agreement=commitment.agreement, text__amendment=None)
        number = signed.aggregate(last=Max("text__number"))["last"]
        versions.append(PromiseVersion(commitment.agreement.starts_on, first, None, number))
    for line in lines:
        said = ENDS if line.kind == PromiseChangeKind.END else terms_said(promised_by(line))
        versions.append(PromiseVersion(line.amendment.starts_on, said, line.amendment.number, None))
    return tuple(versions)


def change_of(*, amendment: Amendment, pk: int) -> PromiseChange | None:
    """Return a line of an amendment."""
    return PromiseChange.objects.select_related("amendment").filter(amendment=amendment, pk=pk).first()


def open_amendment_of(commitment: Commitment) -> Amendment | None:
    """Return the amendment being written of the agreement of a promise."""
    return Amendment.objects.filter(agreement=commitment.agreement_id, state=AmendmentState.DRAFT).first()
