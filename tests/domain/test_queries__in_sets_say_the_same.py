"""What is read in sets, by the indexes, is what one finds by looking at every row: worlds drawn at random."""

from datetime import timedelta
from decimal import Decimal
from random import Random

import pytest
from django.utils.timezone import localdate

from maillage.domain.actors.models import Organisation, Pole
from maillage.domain.actors.viewer import Role
from maillage.domain.days.queries import coverage_by_month, funnel_of, three_numbers
from maillage.domain.days.queries.coverage import MONTHS
from maillage.domain.exchanges.models import Intent, StateChange
from maillage.domain.exchanges.queries import intents_list
from maillage.domain.exchanges.queries.filters import IntentFilters
from maillage.domain.ledger.models import Agreement, EconomicEvent
from maillage.domain.ledger.operations import correct_event
from maillage.domain.ledger.queries.events import events_of_organisation
from maillage.domain.matching.board import AT_FIRST, Group, desk
from maillage.domain.matching.models import Decision, MatchingRun, Proposal
from maillage.domain.synergies.models import Synergy
from tests.factories import NOW, TODAY
from tests.factories.actors import make_organisation, make_pole, make_viewer
from tests.factories.catalogue import make_resource_type
from tests.factories.exchanges import make_intent, make_need, make_offer
from tests.factories.ledger import make_agreement, make_commitment, make_event, make_event_of, start
from tests.factories.synergies import make_synergy

pytestmark = [pytest.mark.django_db, pytest.mark.parametrize("seed", range(4))]
NEW_YEAR = TODAY.replace(month=1, day=1)


@pytest.fixture
def pole() -> Pole:
    return make_pole()


# ---------- the desk ----------


def _drawn_run(pole: Pole, draw: Random) -> MatchingRun:
    needs = [make_need(pole=pole, state=draw.choice(["open", "open", "covered"])) for _ in range(14)]
    offers = [make_offer(pole=pole) for _ in range(6)]
    run, older = (
        MatchingRun.objects.create(pole=pole, status="done", input_digest="x", asked_at=at, finished_at=at)
        for at in (NOW, NOW - timedelta(days=1))
    )
    for need in needs:
        for offer in draw.sample(offers, draw.randrange(4)):
            Proposal.objects.create(
                run=draw.choice([run, run, older]),
                need=need,
                offer=offer,
                rank_for_need=draw.choice([None, 1, 2]),
                rank_for_offer=1,
                score=500,
                verdict=draw.choice(["very_good", "good", "to_discuss"]),
            )
            if draw.random() < 0.5:
                kind, reason = draw.choice([("accepted", ""), ("set_aside", "price")])
                Decision.objects.create(pole=pole, need=need, offer=offer, kind=kind, reason=reason, at=NOW)
    return run


def _slow_line(run: MatchingRun, need: Intent) -> tuple[str, int, int]:
    decided = {one.offer_id: one.kind for one in Decision.objects.filter(need=need)}
    waiting = [
        one
        for one in Proposal.objects.filter(run=run, need=need)
        if one.rank_for_need is not None and one.offer_id not in decided
    ]
    kept = sum(kind == "accepted" for kind in decided.values())
    if any(one.verdict != "to_discuss" for one in waiting):
        group = Group.TO_DECIDE
    else:
        group = Group.FRAGILE if waiting else Group.FOLLOWED if kept else Group.UNANSWERED
    return group, len(waiting), kept


@pytest.mark.parametrize("at_most", [AT_FIRST, 2])
def test_desk__groups_counts_and_cuts_as_if_each_need_were_looked_at(
    pole: Pole, seed: int, at_most: int
) -> None:
    run = _drawn_run(pole, Random(seed))
    expected: dict[str, list[tuple[int, int, int]]] = {group: [] for group in Group}
    for need in Intent.objects.filter(pole=pole, kind="need", state="open").order_by("-confirmed_on", "-pk"):
        group, waiting, kept = _slow_line(run, need)
        expected[group].append((need.pk, waiting, kept))
    found = desk(pole=pole, kind="need", at_most=at_most)
    for group in Group:
        lines = getattr(found, group.value)
        assert [(one.intent.pk, one.waiting, one.kept) for one in lines] == expected[group][:at_most]
        assert lines.total == (len(expected[group]) if lines.lines else 0)


# ---------- the day ----------


def _drawn_facts(pole: Pole, draw: Random) -> list[Organisation]:
    structures = [make_organisation() for _ in range(6)]
    for _ in range(7):
        one, other = draw.sample(structures, 2)
        place = draw.choice([pole, pole, pole, make_pole()])
        on = draw.choice([TODAY, NEW_YEAR, NEW_YEAR - timedelta(days=1)])
        event = make_event(pole=place, provider=one, receiver=other, happened_on=on)
        if draw.random() < 0.3:
            zero = draw.choice([Decimal(0), Decimal(1)])
            correct_event(event=event, quantity=zero, reason="Mal noté", by=None, on=TODAY, at=NOW)
    return structures


def test_three_numbers__count_each_structure_with_a_live_fact_of_the_year(pole: Pole, seed: int) -> None:
    _drawn_facts(pole, Random(seed))
    corrected = set(EconomicEvent.objects.exclude(corrects=None).values_list("corrects", flat=True))
    counted: set[int] = set()
    for fact in EconomicEvent.objects.filter(pole=pole):
        if fact.pk not in corrected and fact.quantity > 0 and NEW_YEAR <= fact.happened_on <= TODAY:
            counted |= {fact.provider_id, fact.receiver_id}
    assert three_numbers(pole=pole, since=NEW_YEAR, on=TODAY)[2].number == len(counted)


def test_facts_of_a_structure__are_those_of_its_absorbed_sheets_too(pole: Pole, seed: int) -> None:
    kept, absorbed, *_ = _drawn_facts(pole, Random(seed))
    Organisation.objects.filter(pk=absorbed.pk).update(merged_into=kept)
    corrected = set(EconomicEvent.objects.exclude(corrects=None).values_list("corrects", flat=True))
    expected = {
        fact.pk
        for fact in EconomicEvent.objects.filter(pole=pole)
        if {fact.provider_id, fact.receiver_id} & {kept.pk, absorbed.pk}
        and fact.quantity > 0
        and fact.pk not in corrected
    }
    found = events_of_organisation(viewer=make_viewer(Role.FACILITATOR, pole), pole=pole, organisation=kept)
    assert sorted(line.pk for line in found) == sorted(expected)


def _drawn_states(pole: Pole, draw: Random) -> None:
    for _ in range(25):
        need = make_need(pole=pole, said_on=TODAY - timedelta(days=draw.randrange(-3, 420)))
        for _ in range(draw.randrange(3)):
            ends = draw.choice(["covered", "withdrawn", "open"])
            at = NOW - timedelta(days=draw.randrange(-3, 420), hours=draw.randrange(24))
            StateChange.objects.create(intent=need, starts="open", ends=ends, at=at)
        Intent.objects.filter(pk=need.pk).update(state=draw.choice(["covered", "withdrawn", "open"]))


def test_coverage__is_that_of_each_need_looked_at_on_each_day(pole: Pole, seed: int) -> None:
    _drawn_states(pole, Random(seed))
    months = coverage_by_month(pole=pole, on=TODAY)
    assert len(months) == MONTHS
    for month in months:
        said = answered = 0
        for need in Intent.objects.filter(pole=pole, kind="need", said_on__lte=month.on):
            days = [localdate(one.at) for one in need.state_changes.all() if one.ends == need.state]
            if need.state != "withdrawn" or (days and max(days) > month.on):
                said += 1
                answered += need.state == "covered" and (not days or max(days) <= month.on)
        assert (month.said, month.answered) == (said, answered)


def _drawn_year(pole: Pole, draw: Random) -> None:
    for _ in range(9):
        need = make_need(pole=pole, said_on=draw.choice([TODAY, TODAY, NEW_YEAR - timedelta(days=1)]))
        offer = make_offer(pole=pole)
        if draw.random() < 0.4:
            Decision.objects.create(pole=pole, need=need, offer=offer, kind="accepted", at=NOW)
        synergy = make_synergy(need, offer) if draw.random() < 0.5 else None
        if draw.random() < 0.5:
            agreement = make_agreement(
                pole=pole, need=None if synergy and draw.random() < 0.5 else need, is_active=False
            )
            one, other = (party.organisation for party in agreement.parties.all())
            promise = make_commitment(pole=pole, agreement=agreement, provider=one, receiver=other)
            if synergy:
                Synergy.objects.filter(pk=synergy.pk).update(agreement=agreement)
            if draw.random() < 0.7:
                start(agreement)
                if draw.random() < 0.6:
                    make_event_of(promise)


def _slow_steps(pole: Pole, need: Intent) -> tuple[bool, bool, bool, bool, bool]:
    synergies = list(Synergy.objects.filter(pole=pole, lines__intent=need))
    agreements = [
        *Agreement.objects.filter(pole=pole, need=need),
        *(one.agreement for one in synergies if one.agreement is not None),
    ]
    done = any(
        fact.quantity > 0 and not EconomicEvent.objects.filter(corrects=fact).exists()
        for one in agreements
        for fact in EconomicEvent.objects.filter(commitment__agreement=one)
    )
    agreed = done or any(one.state not in {"draft", "cancelled"} for one in agreements)
    talked = agreed or bool(synergies)
    led = talked or Decision.objects.filter(need=need, kind="accepted").exists()
    return True, led, talked, agreed, done


def test_funnel__counts_a_need_at_each_step_it_reached(pole: Pole, seed: int) -> None:
    _drawn_year(pole, Random(seed))
    said = Intent.objects.filter(pole=pole, kind="need", said_on__gte=NEW_YEAR)
    expected = [sum(column) for column in zip(*(_slow_steps(pole, need) for need in said), strict=True)]
    assert [step.count for step in funnel_of(pole=pole, since=NEW_YEAR).steps] == expected


# ---------- words ----------


@pytest.mark.parametrize("text", ["fourgon", "fourgom", "le fourgon", "Ci&el", "zzz"])
def test_search__finds_by_words_near_spelling_author_and_type(pole: Pole, seed: int, text: str) -> None:
    draw = Random(seed)
    kind = make_resource_type(label="Fourgon frigorifique")
    for _ in range(8):
        author = make_organisation(name=draw.choice(["Ci&el", "Garage du Fourgon", "La Ruche"]))
        title = draw.choice(["Prêter un fourgon", "Des fourgons", "Un four", "Composter", "Fourgonnette"])
        make_intent(
            draw.choice(["need", "offer"]),
            pole=pole,
            author=author,
            title=title,
            resource_type=draw.choice([None, kind]),
        )
    rows = intents_list(
        viewer=make_viewer(Role.FACILITATOR, pole), pole=pole, filters=IntentFilters(text=text)
    )
    plain = Intent.objects.raw(
        """
        SELECT i.id FROM exchanges_intent i JOIN actors_organisation o ON o.id = i.author_id
        LEFT JOIN catalogue_resourcetype t ON t.code = i.resource_type_id
        WHERE i.document @@ websearch_to_tsquery('french', %(text)s) OR i.folded LIKE %(part)s
        OR i.folded %%> %(fold)s OR o.folded LIKE %(part)s OR t.folded LIKE %(part)s
        """,
        {"text": text, "fold": text.lower(), "part": f"%{text.lower()}%"},
    )
    assert sorted(one.pk for one in rows) == sorted(one.pk for one in plain)
    whole = [view.pk for view in rows]
    counts = rows.count_by_kind()
    assert [view.pk for view in rows[:3]] + [view.pk for view in rows[3:]] == whole
    needs = rows.of_kind("need", count=counts["need"])
    assert [view.pk for view in needs[:]] == [view.pk for view in rows[:] if view.kind == "need"]
    assert len(needs) == counts["need"]
