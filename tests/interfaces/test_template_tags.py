"""The words and the signs of the templates."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from maillage.core.quantities import Quantity
from maillage.domain.actors.enums import ActorFamily
from maillage.interfaces.web import signs, wording
from maillage.interfaces.web.typography import french_html

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=timezone.get_fixed_timezone(60))


@pytest.fixture(autouse=True)
def plain_static(settings: Settings) -> None:
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


def shown(source: str, **context: Any) -> str:
    return Template("{% load maillage %}" + source).render(Context(context))


def test_fr__sets_french_spaces_and_escapes() -> None:
    said = shown("{{ text|fr }}", text="L'eau : 12 t <b> & prêt ?")
    assert said == "L’eau\u00a0: 12\u00a0t &lt;b&gt; &amp; prêt\u202f?"


def test_fr__around_html_leaves_tags_and_entities_alone() -> None:
    html = '<a href="/?a=1&amp;b=2" title="l\'eau : ici">C\'est l&#x27;eau : R&amp;D ?</a>'
    assert french_html(html) == (
        '<a href="/?a=1&amp;b=2" title="l\'eau : ici">C’est l’eau\u00a0: R&amp;D\u202f?</a>'
    )


def test_fr__never_changes_what_somebody_typed_in_a_field() -> None:
    html = "<textarea>L'eau : oui ?</textarea>"
    assert french_html(html) == html


@given(st.text(alphabet="ab <>&;:!?'«»1t\n", max_size=60))
def test_fr__never_breaks_the_escaping_of_a_text(text: str) -> None:
    said = shown("{% filter fr %}{{ text }}{% endfilter %}", text=text)
    assert "<" not in said
    assert "&" not in said.replace("&lt;", "").replace("&gt;", "").replace("&amp;", "").replace("&quot;", "")


def test_number__writes_a_decimal_comma_and_parts_thousands() -> None:
    assert shown("{{ n|number }}", n=Decimal("1250.50")) == "1\u00a0250,5"


def test_quantity__reads_a_quantity_or_a_number_and_a_unit() -> None:
    assert wording.quantity(Quantity.of(12, "t")) == wording.quantity(12, "t") == "12\u00a0t"


def test_quantity__says_nothing_of_an_unknown_quantity() -> None:
    assert shown("{{ nothing|quantity:'t' }}", nothing=None) == ""


@pytest.mark.parametrize(
    ("ago", "said"),
    [
        (timedelta(seconds=20), "à l’instant"),
        (timedelta(minutes=1), "il y a 1\u00a0minute"),
        (timedelta(minutes=90), "il y a 1\u00a0heure"),
        (timedelta(days=1), "hier"),
        (timedelta(days=3), "il y a 3\u00a0jours"),
        (timedelta(days=21), "il y a 3\u00a0semaines"),
        (timedelta(days=200), "il y a 6\u00a0mois"),
        (timedelta(days=800), "il y a 2\u00a0ans"),
        (timedelta(days=-1), "demain"),
        (timedelta(days=-4), "dans 4\u00a0jours"),
    ],
)
def test_since__says_how_long_ago_in_words(ago: timedelta, said: str) -> None:
    assert wording.since(NOON - ago, NOON) == said


def test_since__counts_days_when_it_has_no_hour() -> None:
    assert wording.since(date(2026, 11, 24), date(2026, 11, 24)) == "aujourd’hui"


def test_plural__takes_the_singular_for_zero_and_one() -> None:
    assert [wording.plural(n, "besoin,besoins") for n in (0, 1, 2)] == ["besoin", "besoin", "besoins"]


def test_icon__is_hidden_from_screen_readers_and_points_to_the_sprite() -> None:
    assert shown('{% icon "plus" %}') == (
        '<svg class="icon " aria-hidden="true"><use href="/static/maillage/sprite.svg#plus"></use></svg>'
    )


def test_side__is_hidden_when_alone_and_speaks_its_number_otherwise() -> None:
    assert 'aria-hidden="true"' in shown('{% side "need" "Besoin" %}')
    assert '<span class="visually-hidden">Piste </span>3' in shown('{% side "offer" "" 3 "Piste" %}')


def test_state__always_bears_a_word() -> None:
    assert shown('{% state "promised" %}') == '<span class="state promised ">Promis</span>'


def test_state__refuses_a_state_the_language_does_not_have() -> None:
    with pytest.raises(TemplateSyntaxError, match="'lost' is not one of"):
        shown('{% state "lost" %}')


def test_coverage__says_the_same_as_it_draws() -> None:
    html = shown(
        '{% coverage parts "8 t sur 12" %}', parts=[("proposed", 8, "8 t"), ("missing", 4, "4 t à trouver")]
    )
    assert 'role="img" aria-label="8\u00a0t sur 12"' in html
    assert 'class="proposed-fill share-67"' in html
    assert "4\u00a0t à trouver</li>" in html


def test_coverage__leaves_out_the_parts_that_are_empty() -> None:
    assert "missing" not in signs.coverage([("done", 1, "tout"), ("missing", 0, "rien")], "tout")


def test_reasons__read_what_their_sign_means() -> None:
    html = signs.reasons([("against", "Trop loin : 79 km.")])
    assert '<span class="visually-hidden">Contre\u00a0: </span>Trop loin\u00a0: 79\u00a0km.' in html


def test_reasons__escape_the_words_of_people() -> None:
    assert "&lt;script&gt;" in signs.reasons([("for", "<script>")])


def test_accord__says_each_fact_and_whether_it_suits() -> None:
    html = signs.accord([("Quantité", "half", "8 t sur 12")])
    assert "8\u00a0t sur 12" in html
    assert "(convient en partie)" in html


def test_fit__is_words_and_never_a_percentage() -> None:
    assert signs.fit("near").endswith("Bon accord</span>")


@pytest.mark.parametrize("family", list(ActorFamily))
def test_family__has_a_shape_for_every_family(family: ActorFamily) -> None:
    html = signs.family(family.value, True)
    assert f"family-{family.value}" in html
    assert family.label in html


class Sample(forms.Form):
    """One field of each look."""

    words = forms.CharField(label="Quoi ?", help_text="Avec les mots de la personne.")
    place = forms.CharField(label="Où ?", required=False)
    moment = forms.ChoiceField(label="Quand ?", choices=[("once", "Une fois")], widget=forms.RadioSelect)


def test_field__links_its_help_and_its_error_to_the_control() -> None:
    html = shown("{% field form.words %}", form=Sample({}))
    assert 'aria-describedby="id_words_helptext id_words_error"' in html
    assert 'id="id_words_error"' in html
    assert 'aria-invalid="true"' in html


def test_field__shows_radios_as_chips_in_a_named_group() -> None:
    html = shown("{% field form.moment %}", form=Sample())
    assert '<legend class="form-label">Quand\u202f?</legend>' in html
    assert '<label class="chip"' in html


def test_field__proposes_repairs_that_work_without_script() -> None:
    html = shown(
        "{% field form.words repairs=repairs %}", form=Sample({}), repairs=[("45004", "Amilly, Loiret")]
    )
    assert '<button class="chip" type="submit" name="words" value="45004">Amilly, Loiret</button>' in html


def test_combobox__posts_the_choice_and_the_words() -> None:
    html = shown('{% combobox form.place url="/communes/" text="Ami" %}', form=Sample())
    assert 'name="place_text" value="Ami"' in html
    assert 'type="hidden" id="id_place" name="place"' in html


def test_errors_summary__leads_to_each_field() -> None:
    html = shown("{% errors_summary form %}", form=Sample({}))
    assert "2 points à revoir" in html
    assert 'href="#id_words"' in html


def test_mesh_map__brings_its_scripts_once_a_page() -> None:
    html = shown('{% mesh_map "a" "Carte" url="/a" %}{% mesh_map "b" "Carte" url="/b" %}')
    assert html.count("maillage/map.js") == 1


def test_mesh_map__brings_no_script_into_a_fragment() -> None:
    request = RequestFactory().get("/", headers={"HX-Request": "true"})
    assert "<script" not in shown('{% mesh_map "a" "Carte" url="/a" %}', request=request)


def test_mesh_map__cannot_be_broken_out_of_by_a_name() -> None:
    html = shown('{% mesh_map "a" "Carte" data %}', data={"points": [{"name": "</script><b>"}]})
    assert "</script><b>" not in html


def test_with_query__keeps_the_other_filters() -> None:
    request = RequestFactory().get("/", {"famille": "social", "page": "3"})
    assert shown("{% with_query page=4 %}", request=request) == "?famille=social&amp;page=4"
