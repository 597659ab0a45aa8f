"""The last yes came: everybody who signed, and the team, is told that the text is in force."""

from datetime import date, datetime

from maillage.core.french import listed
from maillage.domain.agreements.doors import Doors
from maillage.domain.agreements.models import Consent
from maillage.domain.agreements.people import accounts_of_parties
from maillage.domain.agreements.readers import readers_of
from maillage.domain.agreements.values import day
from maillage.domain.ledger.models import Agreement
from maillage.domain.mail.enums import MessageKind
from maillage.domain.mail.letters import Button, Letter
from maillage.domain.mail.operations import notify, queue_letter
from maillage.domain.mail.recipients import Recipient, team_of_pole


def tell_in_force(*, last: Consent, doors: Doors, at: datetime, on: date) -> None:
    """Write to the parties and to the team once for a text, after its ``last`` yes; who gave it here knows it."""
    agreement, key = (
        Agreement.objects.select_related("pole").get(pk=last.agreement_id),
        f"in-force:{last.text_id}",
    )
    parties = [one.organisation for one in agreement.parties.select_related("organisation").order_by("pk")]
    letter = _letter(agreement, last, [one.name for one in parties], doors)
    team = team_of_pole(pole_id=agreement.pole_id, on=on)
    for account in {
        one.pk: one for one in (*accounts_of_parties(agreement=agreement, on=on), *team)
    }.values():
        if account.pk != last.account_id:
            notify(
                key=key,
                account=account,
                pole=agreement.pole,
                text=f"{letter.subject}.",
                url=doors.sheet,
                at=at,
            )
    readers = [
        one for party in readers_of(agreement=agreement, parties=parties, on=on) for one in party.readers
    ]
    readers += [Recipient(account.email, account.person) for account in team]
    knows = last.account.email.lower() if last.account else ""
    for reader in {
        one.email.lower(): one for one in reversed(readers) if one.email.lower() != knows
    }.values():
        queue_letter(
            key=f"{key}:{reader.email.lower()}",
            kind=MessageKind.ANSWER,
            to=reader.email,
            letter=letter,
            at=at,
            pole=agreement.pole,
            person=reader.person,
        )


def _letter(agreement: Agreement, last: Consent, names: list[str], doors: Doors) -> Letter:
    title, amendment = agreement.title, last.text.amendment
    since = f"Il court à partir du {day(agreement.starts_on)}"
    until = f" et jusqu’au {day(agreement.ends_on)}." if agreement.ends_on else ", sans date de fin."
    return Letter(
        subject=f"L’avenant n° {amendment.number} à « {title} » est signé"
        if amendment
        else f"« {title} » est signé",
        greeting="Bonjour,",
        paragraphs=(
            f"{listed(names)} ont dit oui. "
            + (f"L’accord « {title} » est changé comme l’avenant le dit. " if amendment else "")
            + since
            + until,
            "Le texte signé, ce qui est promis et ce qui est fait se lisent sur sa page. "
            "Sans compte, demandez-en une copie à l’équipe du pôle.",
        ),
        buttons=(Button("Voir l’accord", doors.site + doors.sheet),),
        closing=f"L’équipe de {agreement.pole.name}",
    )
