"""The same need said by several becomes one, with its voices, its supporters and its ties; and back."""

from datetime import date

import pytest

from maillage.core.errors import UserMistake
from maillage.domain.actors.models import Organisation, Pole
from maillage.domain.actors.viewer import Role
from maillage.domain.exchanges.models import Intent, IntentMerge
from maillage.domain.exchanges.operations import disclose, merge_intents, separate_intents
from maillage.domain.exchanges.queries import (
    IntentFilters,
    intent_merge_preview,
    intents_list,
    likely_twins,
)
from tests.factories import NOW, TODAY
from tests.factories.actors import make_organisation, make_pole, make_viewer
from tests.factories.catalogue import make_resource_type
from tests.factories.exchanges import make_evidence, make_need, make_offer, make_support
from tests.factories.ledger import make_agreement

pytestmark = pytest.mark.django_db


@pytest.fixture
def pole() -> Pole:
    return make_pole()


def gather(kept: Intent, absorbed: Intent) -> IntentMerge:
    return merge_intents(kept=kept, absorbed=absorbed, by=None, on=TODAY, at=NOW)


def supporters(need: Intent) -> set[str]:
    return set(need.supports.values_list("organisation__name", flat=True))


def test_merge__gathers_voices_supporters_and_ties(pole: Pole) -> None:
    kept, other = make_need(pole=pole), make_need(pole=pole, author=make_organisation("La Seconde"))
    make_evidence(other, said_by="Léa", people_concerned=40)
    make_support(other, make_organisation("La Troisième"))
    make_support(other, kept.author)
    agreement = make_agreement(pole=pole, need=other)
    gather(kept, other)
    agreement.refresh_from_db()
    other.refresh_from_db()
    assert supporters(kept) == {"La Seconde", "La Troisième"}
    assert kept.supports.get(organisation__name="La Seconde").people_concerned == 40
    assert kept.evidence.get().said_by == "Léa"
    assert agreement.need == kept
    assert other.state == "withdrawn"
    assert other.state_changes.first().reason == f"Réuni au n° {kept.pk}"  # type: ignore[union-attr]  # just written


def test_merge__keeps_one_support_of_who_shares_both(pole: Pole) -> None:
    kept, other, both = make_need(pole=pole), make_need(pole=pole), make_organisation("Les Deux")
    make_support(kept, both, people_concerned=3)
    make_support(other, both, people_concerned=9)
    gather(kept, other)
    assert kept.supports.get(organisation=both).people_concerned == 3
    assert other.supports.get(organisation=both).people_concerned == 9


def test_merge__shows_what_was_disclosed_to_nobody_more(pole: Pole) -> None:
    kept = make_need(pole=pole, visibility="anonymous")
    other = make_need(pole=pole, visibility="anonymous")
    disclose(intent=other, to=make_organisation(), at=NOW)
    gather(kept, other)
    assert not kept.disclosures.exists()


@pytest.mark.parametrize(
    ("kept", "absorbed"), [("members", "anonymous"), ("public", "members"), ("anonymous", "facilitators")]
)
def test_merge__never_shows_more_than_was_said(pole: Pole, kept: str, absorbed: str) -> None:
    with pytest.raises(UserMistake, match="se montre moins que l’autre"):
        gather(make_need(pole=pole, visibility=kept), make_need(pole=pole, visibility=absorbed))


def test_merge__refuses_what_is_not_two_of_one_kind(pole: Pole) -> None:
    need = make_need(pole=pole)
    for other in (need, make_offer(pole=pole), make_need(), make_need(pole=pole, state="withdrawn")):
        with pytest.raises(UserMistake):
            gather(need, other)


def test_merge__is_done_once(pole: Pole) -> None:
    kept, other = make_need(pole=pole), make_need(pole=pole)
    gather(kept, other)
    with pytest.raises(UserMistake, match="déjà été réuni"):
        gather(kept, other)


def test_separation__gives_back_what_moved(pole: Pole) -> None:
    kept, other = make_need(pole=pole), make_need(pole=pole, author=make_organisation("La Seconde"))
    make_evidence(other, said_by="Léa")
    own = make_support(kept, make_organisation("Déjà là"))
    agreement = make_agreement(pole=pole, need=other)
    separate_intents(merge=gather(kept, other), by=None, at=NOW)
    agreement.refresh_from_db()
    other.refresh_from_db()
    assert (other.state, agreement.need, other.evidence.get().said_by) == ("open", other, "Léa")
    assert list(kept.supports.all()) == [own]
    assert not IntentMerge.objects.exists()


def test_twins__are_those_of_one_type_whose_titles_are_near(pole: Pole) -> None:
    kind = make_resource_type("compost", "Compostage")
    first = make_need(pole=pole, title="Composter nos épluchures", resource_type=kind)
    second = make_need(pole=pole, title="Composter des épluchures de cantine", resource_type=kind)
    make_need(pole=pole, title="Prêter un camion", resource_type=kind)
    make_need(pole=pole, title="Composter nos épluchures")
    make_support(second)
    [pair] = likely_twins(viewer=make_viewer(Role.FACILITATOR, pole), pole=pole)
    assert (pair.kept.pk, pair.absorbed.pk) == (second.pk, first.pk)
    assert likely_twins(viewer=make_viewer(Role.MEMBER, pole), pole=pole) == []


def test_preview__counts_what_would_move_and_says_why_not(pole: Pole) -> None:
    kept, other = make_need(pole=pole), make_need(pole=pole, visibility="anonymous")
    make_evidence(other)
    team = make_viewer(Role.FACILITATOR, pole)
    found = intent_merge_preview(viewer=team, pole=pole, kept=kept.pk, absorbed=other.pk)
    assert found is not None
    assert found.moved == (("preuve", 1),)
    assert "se montre moins" in found.mistake
    assert intent_merge_preview(viewer=team, pole=make_pole(), kept=kept.pk, absorbed=other.pk) is None


def test_list__puts_first_what_most_share_and_ranks_no_outline_by_it(pole: Pole) -> None:
    alone, shared, secret = (
        make_need(pole=pole, confirmed_on=date(2026, 3, 3)),
        make_need(pole=pole, confirmed_on=date(2026, 1, 1)),
        make_need(pole=pole, visibility="anonymous", confirmed_on=date(2025, 1, 1)),
    )
    make_support(shared)
    many: list[Organisation] = [make_organisation() for _ in range(3)]
    for one in many:
        make_support(secret, one, people_concerned=50)
    asked = {"pole": pole, "filters": IntentFilters(by_support=True)}
    seen = [one.pk for one in intents_list(viewer=make_viewer(Role.MEMBER, pole), **asked)]
    assert seen == [shared.pk, alone.pk, secret.pk]
    ran = [one.pk for one in intents_list(viewer=make_viewer(Role.FACILITATOR, pole), **asked)]
    assert ran == [secret.pk, shared.pk, alone.pk]
