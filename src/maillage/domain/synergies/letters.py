"""The letters of a synergy, in plain words: who, or nobody named; what; why you; what a yes does."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from maillage.core.french import typography
from maillage.domain.actors.models import Organisation, Person
from maillage.domain.exchanges.describe import day
from maillage.domain.exchanges.enums import IntentKind
from maillage.domain.exchanges.models import Intent
from maillage.domain.mail.letters import Button, Letter
from maillage.domain.matching.facts import sorted_reasons
from maillage.domain.matching.models import Proposal
from maillage.domain.synergies.models import Synergy
from maillage.domain.synergies.rhythm import day_of
from maillage.domain.synergies.view import LineView, SynergyView, name_of

REASONS_SAID = 3
NO_PROMISE = (
    "Rien n’est promis tant que tout le monde n’a pas dit oui. Vos coordonnées ne se donnent qu’à ce moment."
)
HIDDEN = (
    "Cette structure ne dit pas son nom : elle le dira à vous seulement, quand tout le monde aura dit oui."
)
YES, NO = "Oui, cela nous intéresse", "Non, pas cette fois"


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to reach in a structure, once everybody said yes."""

    organisation: Organisation
    people: tuple[Person, ...]

    def lines(self) -> str:
        """The contact in one paragraph."""
        named = [", ".join(part for part in (str(one), one.email, one.phone) if part) for one in self.people]
        ways = named or [
            ", ".join(part for part in (self.organisation.email, self.organisation.phone) if part)
        ]
        return f"{self.organisation.name} : {' ; '.join(way for way in ways if way) or 'par l’animation du pôle'}."


def hello(person: Person | None) -> str:
    """Greet somebody by their first name, or a structure."""
    return f"Bonjour {person.given_name}," if person else "Bonjour,"


def introduction(
    *,
    synergy: Synergy,
    view: SynergyView,
    organisation: Organisation,
    own: Sequence[Intent],
    person: Person | None,
    reasons: Sequence[str],
    url: str,
    until: datetime,
    turn: int,
) -> Letter:
    """Ask a party; ``turn`` 1 is the first letter, 2 and 3 its reminders."""
    told = proposal_words(
        synergy=synergy, view=view, organisation=organisation, own=frozenset(one.pk for one in own)
    )
    paragraphs = [
        *(["Nous n’avons pas encore votre réponse. Voici de nouveau notre message."] if turn > 1 else []),
        *told,
        *([f"Pourquoi vous : {'. '.join(one.rstrip('.') for one in reasons)}."] if reasons else []),
        NO_PROMISE,
        f"Répondez d’un geste jusqu’au {day(day_of(until) - timedelta(days=1))}, sans compte ni mot de passe.",
    ]
    return Letter(
        subject=typography(("Rappel : " if turn > 1 else "") + _subject(own)),
        greeting=typography(hello(person)),
        paragraphs=tuple(typography(one) for one in paragraphs),
        buttons=(Button(YES, f"{url}?reponse=oui"), Button(NO, f"{url}?reponse=non")),
        closing=signed(synergy),
    )


def proposal_words(
    *, synergy: Synergy, view: SynergyView, organisation: Organisation, own: Collection[int]
) -> list[str]:
    """Say who is thought of with whom and for what, as the structure may know it; ``own`` are its own intents."""
    others = [line for line in view.lines if line.intent.pk not in own]
    names = [
        one.name
        for one in view.parties
        if one.is_needed and one.organisation_id not in (None, organisation.pk)
    ]
    hidden = any(line.intent.author is None for line in others)
    return [
        _opening(synergy, organisation, names, hidden=hidden),
        *(_told(line) for line in others),
        *([HIDDEN] if hidden else []),
    ]


def _subject(own: Sequence[Intent]) -> str:
    first = own[0] if own else None
    if first is not None and first.kind == IntentKind.NEED:
        return f"Une réponse possible à « {first.title} »"
    if first is not None:
        return f"« {first.title} » pourrait servir"
    return "Une coopération possible pour vous"


def _opening(synergy: Synergy, organisation: Organisation, names: Sequence[str], *, hidden: bool) -> str:
    known = [*names, *(["une structure du pôle"] if hidden or not names else [])]
    together = " et ".join([", ".join(known[:-1]), known[-1]]) if len(known) > 1 else known[0]
    team = f"L’équipe de {synergy.pole.name}"
    return f"{team} pense que {organisation.name} pourrait faire quelque chose avec {together}."


def _told(line: LineView) -> str:
    side = "Le besoin" if line.intent.kind == IntentKind.NEED else "L’offre"
    who = f" ({line.intent.author.name})" if line.intent.author else ""
    where = f", {line.intent.area}" if line.intent.area else ""
    much = f", {line.quantity_text}" if line.quantity_text else ""
    return f"{side} : {line.intent.title}{who}{where}{much}."


def shared_interest(
    *, synergy: Synergy, view: SynergyView, person: Person | None, contacts: Iterable[Contact]
) -> Letter:
    """Tell a party that everybody said yes, and how to reach the others."""
    step = "Le mieux est de vous appeler dans la semaine. L’équipe du pôle peut organiser la rencontre."
    return Letter(
        subject=typography(f"Tout le monde a dit oui : « {view.title} »"),
        greeting=typography(hello(person)),
        paragraphs=(
            typography("Bonne nouvelle : tout le monde a dit oui. Voici comment vous joindre."),
            *(typography(one.lines()) for one in contacts),
            typography(step),
        ),
        closing=signed(synergy),
    )


def stopped(*, synergy: Synergy, view: SynergyView, person: Person | None) -> Letter:
    """Tell who said yes that it will not be this time; reasons stay with the team."""
    return Letter(
        subject=typography(f"« {view.title} » : pas cette fois"),
        greeting=typography(hello(person)),
        paragraphs=(
            typography(f"Vous aviez dit oui à « {view.title} ». Cela ne se fera pas cette fois."),
            typography("Merci d’avoir répondu. Nous continuons de chercher, et nous vous écrirons."),
        ),
        closing=signed(synergy),
    )


def due(*, synergy: Synergy, url: str, due_on: date) -> Letter:
    """Remind the owner of what they planned for a day."""
    step = synergy.next_step or "Décider de la suite"
    return Letter(
        subject=typography(f"À faire : {step}"),
        greeting="Bonjour,",
        paragraphs=(
            typography(f"Vous aviez prévu pour le {day(due_on)} : {step}."),
            typography(f"C’est pour « {synergy.title} »."),
        ),
        buttons=(Button("Ouvrir la synergie", url),),
        closing=signed(synergy),
    )


def signed(synergy: Synergy) -> str:
    """Sign with the name of who follows it."""
    who = name_of(synergy.owner) if synergy.owner and synergy.owner.person else "L’équipe"
    return typography(f"{who}, pour {synergy.pole.name}")


def reasons_for(*, synergy: Synergy, organisation: Organisation, view: SynergyView) -> list[str]:
    """Return why this structure was thought of, from the last search; nothing when a side hides something."""
    if view.is_masked:
        return []
    intents: list[Intent] = [line.intent for line in synergy.lines.select_related("intent")]
    mine = [one.pk for one in intents if one.author_id == organisation.pk]
    others = [one.pk for one in intents if one.author_id != organisation.pk]
    rows = Proposal.objects.filter(need__in=mine, offer__in=others) | Proposal.objects.filter(
        need__in=others, offer__in=mine
    )
    found = rows.order_by("-run__asked_at", "-score", "-pk").first()
    if found is None:
        return []
    return [words for kind, words in sorted_reasons(found.reasons) if kind == "for"][:REASONS_SAID]
