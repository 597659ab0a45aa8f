"""A run reads the pole's open intents, finds pairs, says why, and keeps what it needs to be replayed."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from maillage.core.errors import UserMistake
from maillage.domain.actors.models import Pole
from maillage.domain.actors.viewer import Role
from maillage.domain.exchanges.models import Intent
from maillage.domain.matching import bridge
from maillage.domain.matching.board import desk
from maillage.domain.matching.enums import DecisionKind, RunStatus, SetAsideReason
from maillage.domain.matching.live import Draft, first_leads
from maillage.domain.matching.models import Decision, MatchingRun
from maillage.domain.matching.operations import (
    accept_lead,
    ask_run,
    carry_out_run,
    set_lead_aside,
    take_back,
)
from maillage.domain.matching.queries import last_run, leads, why_not
from maillage.domain.matching.rows import catalogue_table, sides_of
from maillage.domain.matching.unanswered import MissingList
from tests.factories.actors import make_membership, make_organisation, make_pole, make_viewer
from tests.factories.catalogue import make_resource_type
from tests.factories.exchanges import make_need, make_offer
from tests.factories.places import make_municipality

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


@pytest.fixture
def pole() -> Pole:
    return make_pole()


@pytest.fixture
def compost(pole: Pole) -> tuple[Intent, Intent, Intent]:
    """A need of composting, an offer near, an offer too far."""
    kind = make_resource_type("compostage", "Compostage", dimension="mass", unit="t")
    here = make_municipality("Vierzon", latitude=47.22, longitude=2.07)
    near = make_municipality("Mehun-sur-Yèvre", latitude=47.14, longitude=2.22)
    far = make_municipality("Sancerre", latitude=47.33, longitude=2.83)
    common = {"pole": pole, "resource_type": kind, "unit": "t", "period": "year", "confirmed_on": TODAY}
    need = make_need(
        title="Composter des épluchures", quantity=Decimal(12), reach_km=30, municipality=here, **common
    )
    offer = make_offer(title="Plateforme de compostage", quantity=Decimal(8), municipality=near, **common)
    lost = make_offer(title="Compost du Sancerrois", quantity=Decimal(50), municipality=far, **common)
    return need, offer, lost


def _run(pole: Pole, folder: Path) -> MatchingRun:
    run = ask_run(pole=pole, asked_by=None, at=NOW)
    return carry_out_run(run=run, today=TODAY, clock=lambda: NOW, encoder="lexical", vector_folder=folder)


@pytest.fixture
def run(pole: Pole, compost: tuple[Intent, Intent, Intent], tmp_path: Path) -> Iterator[MatchingRun]:
    bridge.encoder_named.cache_clear()
    yield _run(pole, tmp_path)
    bridge.encoder_named.cache_clear()


def test_run__keeps_the_pair_that_fits_and_says_why(
    run: MatchingRun, compost: tuple[Intent, Intent, Intent]
) -> None:
    need, offer, _ = compost
    (lead,) = leads(viewer=make_viewer(Role.FACILITATOR, need.pole), intent=need)
    assert lead.view.pk == offer.pk
    assert lead.covered == 67
    assert [name for name, _, _ in lead.facts] == ["Nature", "Quantité", "Calendrier", "Distance"]
    assert lead.facts[3][2].endswith("km")


def test_run__says_by_which_rule_the_far_one_is_refused(
    run: MatchingRun, compost: tuple[Intent, Intent, Intent]
) -> None:
    need, _, lost = compost
    (refused,) = why_not(viewer=make_viewer(Role.FACILITATOR, need.pole), intent=need)
    assert refused.view.pk == lost.pk
    assert refused.refused.code == "distance"
    assert "30" in refused.refused.sentences[0]


def test_run__is_done_certified_and_replayable(run: MatchingRun) -> None:
    run.refresh_from_db()
    assert run.status == RunStatus.DONE
    assert run.certificate["needs"]["valid"] is True
    assert run.problem is not None
    replayed = bridge.problem_from(bytes(run.problem))
    assert replayed.digest() == run.input_digest
    assert len(bridge.solve(problem=replayed, k=10, seed=0).pairs) == run.proposals.count()


def test_run__twice_on_the_same_intents_gives_the_same_digest(
    run: MatchingRun, pole: Pole, tmp_path: Path
) -> None:
    assert _run(pole, tmp_path).input_digest == run.input_digest


def test_run__leaves_the_offer_without_need_among_what_nothing_answers(run: MatchingRun, pole: Pole) -> None:
    (line,) = MissingList(
        viewer=make_viewer(Role.FACILITATOR, pole), pole=pole, kind="offer", run=last_run(pole=pole)
    )
    assert line.view.title == "Compost du Sancerrois"
    assert line.code == "distance"


def test_run__that_fails_is_marked_and_stores_nothing(
    pole: Pole, compost: tuple[Intent, Intent, Intent], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_: object) -> None:
        raise ArithmeticError("certificate")

    monkeypatch.setattr(bridge, "solve", fail)
    with pytest.raises(ArithmeticError):
        _run(pole, tmp_path)
    run = MatchingRun.objects.get(pole=pole)
    assert run.status == RunStatus.FAILED
    assert run.proposals.count() == 0


def test_run__of_an_empty_pole_ends_well(pole: Pole, tmp_path: Path) -> None:
    bridge.encoder_named.cache_clear()
    assert _run(pole, tmp_path).status == RunStatus.DONE


def test_desk__puts_each_need_in_its_group(
    run: MatchingRun, pole: Pole, compost: tuple[Intent, Intent, Intent]
) -> None:
    need, offer, _ = compost
    before = desk(pole=pole, kind="need")
    assert [line.intent for line in before.to_decide.lines + before.fragile.lines] == [need]
    accept_lead(pole=pole, need=need, offer=offer, by=None, at=NOW)
    assert [line.intent for line in desk(pole=pole, kind="need").followed] == [need]


def test_desk__asks_few_questions_of_the_database(
    run: MatchingRun, pole: Pole, django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(5):  # type: ignore[operator]  # pytest-django's fixture
        desk(pole=pole, kind="need")


def test_set_aside__needs_a_reason(pole: Pole, compost: tuple[Intent, Intent, Intent]) -> None:
    need, offer, _ = compost
    with pytest.raises(UserMistake, match="raison"):
        set_lead_aside(pole=pole, need=need, offer=offer, reason="", words="", by=None, at=NOW)


def test_set_aside__for_another_reason_wants_words(
    pole: Pole, compost: tuple[Intent, Intent, Intent]
) -> None:
    need, offer, _ = compost
    with pytest.raises(UserMistake, match="quelques mots"):
        set_lead_aside(
            pole=pole, need=need, offer=offer, reason=SetAsideReason.OTHER, words=" ", by=None, at=NOW
        )


def test_set_aside__is_not_proposed_by_the_next_run(
    run: MatchingRun, pole: Pole, compost: tuple[Intent, Intent, Intent], tmp_path: Path
) -> None:
    need, offer, _ = compost
    set_lead_aside(pole=pole, need=need, offer=offer, reason=SetAsideReason.PRICE, words="", by=None, at=NOW)
    assert not _run(pole, tmp_path).proposals.exists()
    take_back(pole=pole, need=need, offer=offer)
    assert _run(pole, tmp_path).proposals.count() == 1


def test_decision__changes_of_mind_keep_one_line(pole: Pole, compost: tuple[Intent, Intent, Intent]) -> None:
    need, offer, _ = compost
    set_lead_aside(pole=pole, need=need, offer=offer, reason=SetAsideReason.PRICE, words="", by=None, at=NOW)
    accept_lead(pole=pole, need=need, offer=offer, by=None, at=NOW)
    assert [one.kind for one in Decision.objects.all()] == [DecisionKind.ACCEPTED]


def test_decision__refuses_a_pair_of_two_needs(pole: Pole, compost: tuple[Intent, Intent, Intent]) -> None:
    need, _, _ = compost
    with pytest.raises(UserMistake, match="offre"):
        accept_lead(pole=pole, need=need, offer=need, by=None, at=NOW)


def test_first_leads__answer_a_draft_while_it_is_typed(
    pole: Pole, compost: tuple[Intent, Intent, Intent], tmp_path: Path
) -> None:
    bridge.encoder_named.cache_clear()
    need, offer, _ = compost
    assert need.municipality is not None
    draft = Draft(
        kind="need",
        text="épluchures à composter",
        type_code="compostage",
        municipality_code=need.municipality.code,
        reach_km=30,
    )
    found = first_leads(pole=pole, draft=draft, on=TODAY, encoder="lexical", vector_folder=tmp_path)
    assert [lead.intent for lead in found] == [offer]


def test_first_leads__of_an_empty_draft_are_none(pole: Pole, tmp_path: Path) -> None:
    draft = Draft(kind="need", text="  ")
    assert first_leads(pole=pole, draft=draft, on=TODAY, encoder="lexical", vector_folder=tmp_path) == []


def test_own_offer__never_answers_own_need(pole: Pole, tmp_path: Path) -> None:
    bridge.encoder_named.cache_clear()
    kind = make_resource_type("salle-essai", "Salle d’essai", dimension="count", unit="u")
    author = make_organisation("La Même")
    make_need(pole=pole, author=author, resource_type=kind, title="Une salle")
    make_offer(pole=pole, author=author, resource_type=kind, title="Une salle")
    assert not _run(pole, tmp_path).proposals.exists()


def test_rows__keep_the_order_of_the_database(pole: Pole, compost: tuple[Intent, Intent, Intent]) -> None:
    need, offer, lost = compost
    needs, offers = sides_of(pole=pole, on=TODAY)
    assert [one.key for one in needs] == [str(need.pk)]
    assert [one.key for one in offers] == sorted([str(offer.pk), str(lost.pk)], key=int)


def test_type_table__is_built_once_for_one_catalogue() -> None:
    make_resource_type("bois-essai", "Bois d’essai")
    assert bridge.type_table(catalogue_table()) is bridge.type_table(catalogue_table())


def test_masked_lead__tells_neither_who_nor_how_far_nor_how_much(
    run: MatchingRun, pole: Pole, compost: tuple[Intent, Intent, Intent]
) -> None:
    need, offer, _ = compost
    Intent.objects.filter(pk=offer.pk).update(visibility="anonymous")
    make_membership(pole, need.author)
    viewer = make_viewer(Role.MEMBER, pole, need.author)
    (lead,) = leads(viewer=viewer, intent=need)
    assert lead.view.is_masked
    assert [name for name, _, _ in lead.facts] == ["Nature"]
    assert lead.covered is None
    assert not any("km" in text for _, text in lead.reasons)


def test_lead_for_facilitators_only__is_not_shown_to_a_member(
    run: MatchingRun, pole: Pole, compost: tuple[Intent, Intent, Intent]
) -> None:
    need, offer, _ = compost
    Intent.objects.filter(pk=offer.pk).update(visibility="facilitators")
    assert leads(viewer=make_viewer(Role.MEMBER, pole, need.author), intent=need) == []
