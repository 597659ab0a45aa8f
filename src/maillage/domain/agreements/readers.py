"""Who reads a text for each party: whoever speaks for it, its own address, or the one the team gave before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from maillage.domain.actors.models import Organisation
from maillage.domain.agreements.models import ConsentInvitation
from maillage.domain.ledger.models import Agreement
from maillage.domain.mail.recipients import Recipient, recipients_of_each


@dataclass(frozen=True, slots=True)
class PartyReaders:
    """A party, and whom one writes to; nobody when the pole knows no address."""

    organisation: Organisation
    readers: tuple[Recipient, ...]

    @property
    def emails(self) -> tuple[str, ...]:
        """The addresses alone."""
        return tuple(one.email for one in self.readers)


def readers_of(
    *, agreement: Agreement, parties: Sequence[Organisation], on: date, was_sent: bool = True
) -> tuple[PartyReaders, ...]:
    """Return whom to write to for each of these parties; a text that was never sent has no address typed for it."""
    known = recipients_of_each(organisations=parties, pole_id=agreement.pole_id, on=on)
    unknown = [one for one in parties if not known[one.pk]]
    typed = _typed_before(agreement, unknown) if was_sent else {}
    return tuple(PartyReaders(one, tuple(known[one.pk] or typed.get(one.pk, ()))) for one in parties)


def _typed_before(agreement: Agreement, parties: Sequence[Organisation]) -> dict[int, list[Recipient]]:
    """Return the addresses that the team typed for an earlier text of the same agreement."""
    if not parties:
        return {}
    found: dict[int, dict[str, Recipient]] = {}
    for row in ConsentInvitation.objects.filter(agreement=agreement, organisation__in=parties):
        found.setdefault(row.organisation_id, {})[row.email.lower()] = Recipient(row.email, None)
    return {pk: list(readers.values()) for pk, readers in found.items()}
