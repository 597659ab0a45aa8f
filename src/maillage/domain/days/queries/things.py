"""What waits for the facilitator today, the most urgent first; the rest can wait."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.timezone import localdate

from maillage.core.french import NBSP, plural
from maillage.domain.actors.models import Pole
from maillage.domain.days.enums import Mark, Subject
from maillage.domain.exchanges.enums import IntentKind, IntentState
from maillage.domain.exchanges.models import Intent
from maillage.domain.ledger.enums import AgreementState, CommitmentState
from maillage.domain.ledger.models import Agreement, Commitment
from maillage.domain.ledger.queries.promises import STANDING
from maillage.domain.mail.queries import troubled_letters
from maillage.domain.matching.models import Decision, Proposal
from maillage.domain.synergies.enums import SynergyState
from maillage.domain.synergies.models import Introduction, Synergy
from maillage.domain.synergies.states import OPEN

ENDS_WITHIN = timedelta(days=30)
NOBODY_ANSWERS_AFTER = timedelta(days=30)
OF_EACH = 20


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing to do: what it is about, what it says, since or until when, and how much it presses (larger first)."""

    subject: Subject
    pk: int
    title: str
    text: str
    mark: Mark
    mark_text: str
    action: str
    pressing: int


def things_of_today(*, pole: Pole, on: date) -> list[Thing]:
    """Return everything that waits in a pole, the most pressing first; a handful of questions whatever its size."""
    things = [
        *_answered(pole, on),
        *_late_synergies(pole, on),
        *_silent(pole, on),
        *_late_promises(pole, on),
        *_ending(pole, on),
        *_letters(pole),
        *_alone(pole, on),
    ]
    return sorted(things, key=lambda one: (-one.pressing, one.subject, one.pk))


def _days(count: int) -> str:
    return f"{count}{NBSP}{plural(count, 'jour', 'jours')}"


def _answered(pole: Pole, on: date) -> list[Thing]:
    """Everybody said yes: the agreement is to be prepared."""
    rows = (
        Synergy.objects.filter(pole=pole, state__in=[SynergyState.INTERESTED, SynergyState.TALKS])
        .filter(Q(due_on=None) | Q(due_on__gte=on))
        .annotate(structures=Count("parties"))
    )
    return [
        Thing(
            subject=Subject.SYNERGY,
            pk=row.pk,
            title=row.title,
            text=row.next_step
            or f"Les {row.structures} structures ont dit oui. Il reste à se mettre d’accord par écrit.",
            mark=Mark.PROMISED,
            mark_text=f"Depuis {_days(max((on - localdate(row.moved_at)).days, 0))}",
            action="Préparer l’accord",
            pressing=80 if row.state == SynergyState.INTERESTED else 50,
        )
        for row in rows[:OF_EACH]
    ]


def _late_synergies(pole: Pole, on: date) -> list[Thing]:
    rows = Synergy.objects.filter(pole=pole, state__in=OPEN, due_on__lt=on)
    return [
        Thing(
            subject=Subject.SYNERGY,
            pk=row.pk,
            title=row.title,
            text=row.next_step or "Une étape était prévue, sans plus de précision.",
            mark=Mark.LATE,
            mark_text=f"En retard de {_days((on - row.due_on).days)}",
            action="Ouvrir la synergie",
            pressing=90,
        )
        for row in rows[:OF_EACH]
        if row.due_on is not None
    ]


def _silent(pole: Pole, on: date) -> list[Thing]:
    """Three letters without an answer: somebody has to call."""
    rows = Introduction.objects.filter(
        party__synergy__pole=pole,
        party__synergy__state__in=OPEN,
        woken_on__isnull=False,
        used_at__isnull=True,
        revoked_at__isnull=True,
    ).select_related("party__synergy", "party__organisation")
    return [
        Thing(
            subject=Subject.SYNERGY,
            pk=row.party.synergy_id,
            title=f"Appeler {row.party.organisation.name}",
            text=f"« {row.party.synergy.title} » : {row.letters}{NBSP}lettres, aucune réponse.",
            mark=Mark.LATE,
            mark_text=f"En attente depuis {_days((on - localdate(row.sent_at)).days)}",
            action="Ouvrir sa réponse",
            pressing=85,
        )
        for row in rows[:OF_EACH]
    ]


def _late_promises(pole: Pole, on: date) -> list[Thing]:
    late = Commitment.objects.filter(STANDING, pole=pole, state=CommitmentState.PROMISED, due_on__lt=on)
    rows = late.select_related("provider", "receiver", "resource_type").only(
        "due_on", "provider__name", "receiver__name", "resource_type__label"
    )
    return [
        Thing(
            subject=Subject.COMMITMENT,
            pk=row.pk,
            title=f"{row.provider.name} : {row.resource_type.label}",
            text=f"Promis à {row.receiver.name}. Noter ce qui a été fait, ou demander où cela en est.",
            mark=Mark.LATE,
            mark_text=f"En retard de {_days((on - row.due_on).days)}",
            action="Voir l’engagement",
            pressing=70,
        )
        for row in rows.order_by("due_on", "pk")[:OF_EACH]
        if row.due_on is not None
    ]


def _ending(pole: Pole, on: date) -> list[Thing]:
    rows = Agreement.objects.filter(
        pole=pole, state=AgreementState.ACTIVE, ends_on__range=(on, on + ENDS_WITHIN)
    ).order_by("ends_on", "pk")
    return [
        Thing(
            subject=Subject.AGREEMENT,
            pk=row.pk,
            title=f"« {row.title} » se termine",
            text="Le prolonger par un avenant, ou le laisser finir.",
            mark=Mark.SOON,
            mark_text=f"Dans {_days((row.ends_on - on).days)}",
            action="Voir l’accord",
            pressing=60 - min((row.ends_on - on).days, 30),
        )
        for row in rows[:OF_EACH]
        if row.ends_on is not None
    ]


def _letters(pole: Pole) -> list[Thing]:
    count = troubled_letters(pole=pole).count()
    if not count:
        return []
    return [
        Thing(
            subject=Subject.LETTERS,
            pk=0,
            title=f"{count}{NBSP}{plural(count, 'lettre n’est pas partie', 'lettres ne sont pas parties')}",
            text="Vérifier l’adresse, ou renvoyer.",
            mark=Mark.LATE,
            mark_text="À regarder",
            action="Voir le courrier",
            pressing=75,
        )
    ]


def _alone(pole: Pole, on: date) -> list[Thing]:
    """Needs said a month ago or more for which nothing was found and nothing is under way."""
    rows = (
        Intent.objects.filter(
            pole=pole,
            kind=IntentKind.NEED,
            state=IntentState.OPEN,
            said_on__lte=on - NOBODY_ANSWERS_AFTER,
        )
        .filter(
            ~Exists(Proposal.objects.filter(need=OuterRef("pk"))),
            ~Exists(Decision.objects.filter(need=OuterRef("pk"))),
            ~Exists(Synergy.objects.filter(lines__intent=OuterRef("pk"), state__in=OPEN)),
        )
        .select_related("author")
        .only("title", "said_on", "author__name")
        .order_by("said_on", "pk")
    )
    return [
        Thing(
            subject=Subject.INTENT,
            pk=row.pk,
            title=row.title,
            text=f"{row.author.name}. Aucune piste trouvée, rien en cours.",
            mark=Mark.SOON,
            mark_text=f"Sans réponse depuis {_days((on - row.said_on).days)}",
            action="Chercher une réponse",
            pressing=20,
        )
        for row in rows[:OF_EACH]
    ]
