"""What is done with the secrets: synergies brought to their step, an agreement, a project; and the days that go by."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.conf import settings
from django.urls import reverse

from maillage.domain.actors.models import Organisation
from maillage.domain.agreements.operations import announce_ends
from maillage.domain.days.operations import ask_confirmation
from maillage.domain.exchanges.enums import IntentKind, IntentState, Visibility
from maillage.domain.exchanges.models import Intent
from maillage.domain.mail.operations import gather_digests
from maillage.domain.projects.operations import remind_owners
from maillage.domain.synergies.models import Synergy
from maillage.domain.synergies.operations import day_of_synergies, move, propose
from maillage.domain.synergies.operations.agreeing import SIMPLEST, open_its_agreement
from maillage.domain.synergies.quantities import lines_of_pair
from maillage.interfaces.web.projects.links import tasks_page
from maillage.interfaces.web.synergies.addresses import addresses
from tests.factories.exchanges import make_intent
from tests.factories.projects import make_project
from tests.factories.synergies import make_synergy, say_yes
from tests.interfaces.access import NOW, TODAY
from tests.interfaces.secret_drawing import Drawn, Said
from tests.interfaces.secret_world import SecretWorld

OTHER_SIDE = {IntentKind.NEED.value: IntentKind.OFFER, IntentKind.OFFER.value: IntentKind.NEED}
LONG_AFTER = 200  # days: what was said is to be confirmed


@dataclass(frozen=True)
class Tie:
    """A secret and the synergy it is in."""

    said: Said
    synergy: Synergy


def tie(hidden: SecretWorld, drawn: Drawn) -> list[Tie]:
    """Note what is drawn around the secrets; the parties are asked, none has answered."""
    ties = []
    for said, one in zip(drawn.said, hidden.secrets[1:], strict=True):
        if said.has_project and said.kind == IntentKind.NEED:
            project = make_project(pole=hidden.world.pole, lead=hidden.spare, needs=[one.intent])
            hidden.lines.setdefault("projects", []).append(project.pk)
        if said.step:
            ties.append(Tie(said, _asked(hidden, one.intent, said)))
    for said, one in zip(drawn.said, hidden.secrets[1:], strict=True):
        Intent.objects.filter(pk=one.intent.pk).update(state=said.state)
    return ties


def _asked(hidden: SecretWorld, secret: Intent, said: Said) -> Synergy:
    other = make_intent(
        OTHER_SIDE[said.kind],
        pole=secret.pole,
        author=_partner(hidden, said),
        title="Une réponse",
        visibility=Visibility.PUBLIC,
        resource_type=secret.resource_type,
        quantity=Decimal(20_000_000),
        unit="t",
        period="year",
    )
    pair = (secret, other) if said.kind == IntentKind.NEED else (other, secret)
    synergy = make_synergy(*pair)
    for line in lines_of_pair(need=pair[0], offer=pair[1]):
        if line.quantity is not None:
            synergy.lines.filter(intent=line.intent).update(quantity=line.quantity, unit="t", period="year")
    hidden.lines.setdefault("synergies", []).append(synergy.pk)
    if said.step == "detected":
        return synergy
    return propose(synergy=synergy, by=None, at=NOW, addresses=addresses())


def _partner(hidden: SecretWorld, said: Said) -> Organisation:
    """Whom it is tied to: the structure that is told of others, if it did not say it itself."""
    return hidden.partner if said.author == "told" else hidden.houses["told"]


def advance(hidden: SecretWorld, ties: list[Tie]) -> None:
    """Bring each synergy to its step: refused, or everybody said yes, then perhaps an agreement."""
    for one in ties:
        if one.said.step == "refused":
            move(synergy=one.synergy, verb="refuse", by=None, at=NOW, reason="price")
        elif one.said.step == "talks":
            synergy = move(synergy=say_yes(one.synergy), verb="talk", by=None, at=NOW)
            if one.said.has_agreement:
                made = open_its_agreement(synergy=synergy, template=SIMPLEST, by=None, at=NOW)
                hidden.lines.setdefault("agreements", []).append(made.pk)


def let_days_go_by(hidden: SecretWorld) -> None:
    """Write the letters of the mornings that follow, and ask everybody whether it still holds."""
    pole, site = hidden.world.pole, settings.SITE_ADDRESS
    for days in (6, 14, 30):
        on, at = TODAY + timedelta(days=days), NOW + timedelta(days=days)
        remind_owners(on=on, at=at, site=site, page=tasks_page)
        day_of_synergies(on=on, at=at, addresses=addresses())
        announce_ends(
            today=on, at=at, site=site, sheet=lambda slug, pk: reverse("agreements:detail", args=[slug, pk])
        )
        gather_digests(on=on, at=at)
    on = TODAY + timedelta(days=LONG_AFTER)
    Intent.objects.filter(pole=pole, state=IntentState.OPEN).update(confirmed_on=TODAY)
    ask_confirmation(
        pole=pole,
        organisations=[one.intent.author for one in hidden.secrets],
        by=None,
        on=on,
        at=NOW + timedelta(days=LONG_AFTER),
        address=lambda request: f"{site}/confirmer/{request.pk}/",
    )
