"""Trials on screen: measured, compared, decided."""

import pytest

from maillage.domain.projects.models import Trial
from tests.factories.projects import make_indicator, make_measure, make_trial
from tests.interfaces.projects_world import Workshop, make_workshop, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> Workshop:
    return make_workshop()


def test_trial__goes_from_its_question_to_its_decision(shop: Workshop) -> None:
    shop.send(f"{shop.project.pk}/essais/nouveau/", "lead", question="Suffit-il ?", starts_on="2026-01-01")
    trial = Trial.objects.get()
    rest = f"essais/{trial.pk}/gestes/"
    shop.send(rest, geste="chose", label="Déchets", unit="kilos", wished="less")
    indicator = trial.indicators.get()
    assert indicator.unit == "kg"
    for moment, quantity, day in (("before", "1 200,5", "2026-01-02"), ("after", "600", "2026-06-01")):
        typed = {"moment": moment, "quantity": quantity, "measured_on": day, "source": "Pesée"}
        shop.send(rest, geste="mesure", indicator_pk=indicator.pk, **typed)
    assert "de moins" in shop.read(f"essais/{trial.pk}/", "member")
    shop.send(rest, geste="decision", verb="go", deciders="Le comité", reason="Deux fois moins.")
    assert "Deux fois moins." in shop.read(f"{shop.project.pk}/", "member")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"quantity": "beaucoup"}, "Écrivez un nombre"),
        ({"quantity": ""}, "Écrivez combien"),
        ({"source": ""}, "Dites d’où vient ce chiffre."),
        ({"measured_on": "2999-01-01"}, "pas encore venue"),
        ({"moment": "jamais"}, "Choisissez dans la liste."),
    ],
)
def test_measure__says_what_to_mend_and_keeps_the_rest(
    shop: Workshop, typed: dict[str, str], said: str
) -> None:
    indicator = make_indicator(make_trial(shop.project))
    given = {"moment": "before", "quantity": "12", "measured_on": "2026-01-02", "source": "Relevé"} | typed
    answer = shop.send(
        f"essais/{indicator.trial_id}/gestes/", geste="mesure", indicator_pk=indicator.pk, **given
    )
    assert answer.status_code == 422
    assert said in page(answer)
    kept = [name for name in ("12", "Relevé") if name in given.values()]
    assert all(f'value="{name}"' in page(answer) for name in kept)


def test_unit__that_is_none_is_said(shop: Workshop) -> None:
    trial = make_trial(shop.project)
    answer = shop.send(
        f"essais/{trial.pk}/gestes/", geste="chose", label="Joie", unit="sourires", wished="more"
    )
    assert answer.status_code == 422
    assert "n’est pas connue" in page(answer)


def test_decision__is_the_leads_and_says_why_not_to_others(shop: Workshop) -> None:
    indicator = make_indicator(make_trial(shop.project))
    make_measure(indicator, 3, "after")
    rest = f"essais/{indicator.trial_id}/"
    assert "Seules l’animation du pôle et la structure qui porte le projet" in shop.read(rest, "member")
    typed = {"geste": "decision", "verb": "stop", "deciders": "Le comité", "reason": "Non."}
    assert shop.send(rest + "gestes/", "member", **typed).status_code == 403
    assert shop.send(rest + "gestes/", "lead", **typed).status_code == 302
