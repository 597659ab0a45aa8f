"""« Déjà dit, tout près »: what resembles comes first, what does not stays out."""

import pytest

from maillage.domain.actors.models import Pole
from maillage.domain.actors.viewer import Role
from maillage.domain.exchanges.queries import similar_intents
from tests.factories.actors import make_pole, make_viewer
from tests.factories.catalogue import make_resource_type
from tests.factories.exchanges import make_need, make_offer
from tests.factories.places import make_intermunicipal_body, make_municipality

pytestmark = pytest.mark.django_db


@pytest.fixture
def pole() -> Pole:
    return make_pole()


def close(pole: Pole, role: Role = Role.MEMBER, **asked: object) -> list[str]:
    viewer = make_viewer(role, pole)
    return [view.title for view in similar_intents(viewer=viewer, pole=pole, kind="need", **asked)]


def test_similar__finds_the_same_words(pole: Pole) -> None:
    make_need(pole=pole, title="Reprendre 15 écrans et 12 tours")
    make_need(pole=pole, title="Garder des enfants avant 7 h")
    assert close(pole, text="des écrans à reprendre") == ["Reprendre 15 écrans et 12 tours"]


def test_similar__finds_the_same_type_without_the_words(pole: Pole) -> None:
    compost = make_resource_type("compost")
    make_need(pole=pole, title="La cantine jette", resource_type=compost)
    assert close(pole, text="zzz", resource_type=compost) == ["La cantine jette"]


def test_similar__puts_the_nearest_first(pole: Pole) -> None:
    compost, body = make_resource_type("compost"), make_intermunicipal_body()
    here, beside = make_municipality("Ici", body=body), make_municipality("À côté", body=body)
    for name, place in (("loin", make_municipality()), ("à côté", beside), ("ici", here)):
        make_need(pole=pole, title=name, resource_type=compost, municipality=place)
    assert close(pole, resource_type=compost, municipality=here) == ["ici", "à côté", "loin"]


def test_similar__does_not_mix_needs_and_offers(pole: Pole) -> None:
    make_offer(pole=pole, title="Composter les épluchures")
    assert close(pole, text="Composter les épluchures") == []


def test_similar__without_a_word_finds_nothing(pole: Pole) -> None:
    make_need(pole=pole)
    assert close(pole, text="  ") == []


def test_similar__never_compares_hidden_words(pole: Pole) -> None:
    make_need(pole=pole, title="Composter les épluchures", visibility="anonymous")
    assert close(pole, text="Composter les épluchures") == []
    assert close(pole, Role.FACILITATOR, text="Composter les épluchures") == ["Composter les épluchures"]


def test_similar__keeps_to_its_limit(pole: Pole) -> None:
    for _ in range(4):
        make_need(pole=pole, title="Composter les épluchures")
    assert len(close(pole, text="composter les épluchures", limit=3)) == 3
