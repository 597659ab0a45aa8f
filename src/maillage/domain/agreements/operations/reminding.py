"""Terms that end soon, announced 90, 30 and 7 days before to the parties and to the team; run twice, said once.

The step announced is the nearest one reached: a morning missed is made up for the next day, and an agreement noted
late is announced once, not three times. The day of the end is in the key: an amendment that moves it starts anew.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.db import transaction

from maillage.core.french import NBSP
from maillage.domain.agreements.operations.telling import News, tell_everybody
from maillage.domain.agreements.values import day
from maillage.domain.ledger.enums import AgreementState
from maillage.domain.ledger.models import Agreement
from maillage.domain.mail.enums import MessageKind
from maillage.domain.mail.letters import Button, Letter

STEPS = (7, 30, 90)


def announce_ends(*, today: date, at: datetime, site: str, sheet: Callable[[str, int], str]) -> int:
    """Write what has to be announced today; return how many agreements are concerned.

    ``sheet(pole, pk)`` is the path of an agreement's page, ``site`` the address it is added to in letters.
    """
    last = today + timedelta(days=max(STEPS))
    rows = Agreement.objects.filter(state=AgreementState.ACTIVE, ends_on__range=(today, last))
    found = list(rows.select_related("pole").order_by("pk"))
    for agreement in found:
        with transaction.atomic():
            _announce(agreement, today=today, at=at, site=site, path=sheet(agreement.pole.slug, agreement.pk))
    return len(found)


def _announce(agreement: Agreement, *, today: date, at: datetime, site: str, path: str) -> None:
    if agreement.ends_on is None:
        return
    left = (agreement.ends_on - today).days
    step = next(step for step in STEPS if left <= step)
    news = News(
        key=f"agreement-ends:{agreement.pk}:{agreement.ends_on.isoformat()}:{step}",
        kind=MessageKind.TERM,
        text=f"« {agreement.title} » se termine {_in(left)}.",
        path=path,
        letter=_letter(agreement, left, site + path),
    )
    tell_everybody(agreement=agreement, news=news, at=at, on=today)


def _in(left: int) -> str:
    if left < 2:
        return "demain" if left else "aujourd’hui"
    return f"dans {left}{NBSP}jours"


def _letter(agreement: Agreement, left: int, url: str) -> Letter:
    return Letter(
        subject=f"« {agreement.title} » se termine {_in(left)}",
        greeting="Bonjour,",
        paragraphs=(
            f"L’accord « {agreement.title} » se termine le {day(agreement.ends_on)}, {_in(left)}.",
            "Pour continuer, parlez-en avec l’autre partie : un avenant change la date. Pour arrêter, il n’y a rien à "
            "faire d’autre que de tenir ce qui reste promis.",
        ),
        buttons=(Button("Voir l’accord", url),),
        closing=f"L’équipe de {agreement.pole.name}",
    )
