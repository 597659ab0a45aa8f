"""Share out: carried out on the open needs and offers of a pole whose quantities are known."""

from collections.abc import Sequence
from dataclasses import replace

from django.db.models import Count

from maillage.core.errors import UserMistake
from maillage.domain.catalogue.models import ResourceType
from maillage.domain.exchanges.enums import Visibility
from maillage.domain.exchanges.models import Intent
from maillage.domain.exchanges.queries.position import place_of
from maillage.domain.matching import bridge
from maillage.domain.matching.problem_rows import IntentRow
from maillage.domain.matching.rows import catalogue_table, set_aside_pairs, sides_of
from maillage.domain.matching.studies.listening import Listener
from maillage.domain.matching.studies.outcome import StudyInput, StudyOutcome
from maillage.domain.matching.studies.share_rows import Labels, SharingAsked
from maillage.domain.matching.studies.supposing import supposed

LONGEST_SECONDS = 60.0
STEPS = 5


def carry_out(given: StudyInput) -> StudyOutcome:
    """Share out what the parameters ask. Raises ``UserMistake`` when nothing has a quantity."""
    from maillage.domain.matching.bridges.allocate import share_out  # noqa: PLC0415 - the solver takes a second to load

    told = given.parameters
    listener = Listener(given.progress, total=STEPS)
    listener.step(0, "Lire les besoins et les offres")
    needs, offers = sides_of(pole=given.pole, on=given.today)
    offers = supposed(offers, told.get("changes", []), like=offers[0] if offers else None)
    kinds = _kinds()
    needs = _counted(needs, told.get("kind", ""), kinds, told.get("reach_km"))
    offers = _counted(offers, told.get("kind", ""), kinds, told.get("reach_km"))
    if not needs or not offers:
        raise UserMistake(
            "Il faut au moins un besoin et une offre dont la quantité est dite. Complétez-en, puis recommencez."
        )
    listener.step(1, "Chercher qui peut servir qui")
    encoder = bridge.encoder_named(given.encoder, given.vector_folder)
    problem = bridge.build_problem(
        needs=needs,
        offers=offers,
        catalogue=catalogue_table(),
        set_aside=set_aside_pairs(pole=given.pole),
        encoder=encoder,
        today=given.today,
    )
    listener.step(2, "Répartir")
    asked = SharingAsked(told.get("fairness", "none"), bool(told.get("months")), LONGEST_SECONDS)
    outcome = share_out(
        problem=problem,
        labels=_labels(given, needs, offers),
        asked=asked,
        seed=given.seed,
        listener=listener,
    )
    listener.step(STEPS - 1, "Enregistrer")
    return replace(outcome, encoder_build=encoder.build)


def _kinds() -> dict[str, str]:
    return dict(ResourceType.objects.values_list("code", "kind"))


def _counted(
    rows: Sequence[IntentRow], kind: str, kinds: dict[str, str], reach_km: int | None
) -> list[IntentRow]:
    """Keep those of the family asked whose quantity is known; a distance asked holds where nothing is said."""
    return [
        replace(one, reach_km=one.reach_km if one.reach_km is not None else reach_km)
        for one in rows
        if one.quantity is not None and one.unit and (not kind or kinds.get(one.type_code or "") == kind)
    ]


def _labels(given: StudyInput, needs: Sequence[IntentRow], offers: Sequence[IntentRow]) -> Labels:
    keys = [int(one.key) for one in (*needs, *offers) if one.key.isdigit()]
    intents = (
        Intent.objects.filter(pk__in=keys)
        .select_related(
            "municipality__intermunicipal_body", "site__municipality__intermunicipal_body", "resource_type"
        )
        .annotate(backers=Count("supports"))
    )
    return Labels(
        place={str(one.pk): _place(one) for one in intents},
        kind={str(one.pk): one.resource_type.label if one.resource_type else "" for one in intents},
        backers={str(one.pk): one.backers for one in intents},
    )


def _place(intent: Intent) -> str:
    """The commune; of an anonymous intent, its intermunicipal body only."""
    town = place_of(intent)
    if town is None:
        return ""
    if intent.visibility != Visibility.ANONYMOUS:
        return town.name
    return town.intermunicipal_body.name if town.intermunicipal_body else ""
