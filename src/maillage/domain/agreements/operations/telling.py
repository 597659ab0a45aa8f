"""Telling everybody of an agreement, parties and team, by a letter and on the site; and that a text is in force."""

from dataclasses import dataclass
from datetime import date, datetime

from maillage.core.french import listed
from maillage.domain.actors.models import Account
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


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What everybody is told once: ``key`` names it, ``path`` is the page of the site that it leads to."""

    key: str
    kind: MessageKind
    text: str
    path: str
    letter: Letter


def tell_everybody(
    *, agreement: Agreement, news: News, at: datetime, on: date, but: Account | None = None
) -> None:
    """Write once to each address and account of the parties and of the team; ``but`` who knows it already."""
    parties = [one.organisation for one in agreement.parties.select_related("organisation").order_by("pk")]
    team = team_of_pole(pole_id=agreement.pole_id, on=on)
    accounts = {one.pk: one for one in (*accounts_of_parties(agreement=agreement, on=on), *team)}
    written = {one.email.lower(): Recipient(one.email, one.person) for one in team}
    for party in readers_of(agreement=agreement, parties=parties, on=on):
        written |= {one.email.lower(): one for one in party.readers}
    if but is not None:
        accounts.pop(but.pk, None)
        written.pop(but.email.lower(), None)
    for account in accounts.values():
        notify(key=news.key, account=account, pole=agreement.pole, text=news.text, url=news.path, at=at)
    for address, reader in sorted(written.items()):
        queue_letter(
            key=f"{news.key}:{address}",
            kind=news.kind,
            to=reader.email,
            letter=news.letter,
            at=at,
            pole=agreement.pole,
            person=reader.person,
        )


def tell_in_force(*, last: Consent, doors: Doors, at: datetime, on: date) -> None:
    """Tell that a text is in force after its ``last`` yes; who gave it here knows it."""
    agreement = Agreement.objects.select_related("pole").get(pk=last.agreement_id)
    letter = _in_force(agreement, last, doors)
    news = News(
        key=f"in-force:{last.text_id}",
        kind=MessageKind.ANSWER,
        text=f"{letter.subject}.",
        path=doors.sheet,
        letter=letter,
    )
    tell_everybody(agreement=agreement, news=news, at=at, on=on, but=last.account)


def _in_force(agreement: Agreement, last: Consent, doors: Doors) -> Letter:
    title, amendment = f"« {agreement.title} »", last.text.amendment
    what = f"L’avenant n° {amendment.number} à {title}" if amendment else title
    changed = f"L’accord {title} est changé comme l’avenant le dit. " if amendment else ""
    until = f" et jusqu’au {day(agreement.ends_on)}." if agreement.ends_on else ", sans date de fin."
    names = agreement.parties.order_by("pk").values_list("organisation__name", flat=True)
    return Letter(
        subject=f"{what} est signé",
        greeting="Bonjour,",
        paragraphs=(
            f"{listed(list(names))} ont dit oui. {changed}Il court à partir du {day(agreement.starts_on)}{until}",
            "Le texte signé, ce qui est promis et ce qui est fait se lisent sur sa page. "
            "Sans compte, demandez-en une copie à l’équipe du pôle.",
        ),
        buttons=(Button("Voir l’accord", doors.site + doors.sheet),),
        closing=f"L’équipe de {agreement.pole.name}",
    )
