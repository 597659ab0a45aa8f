"""Pages that belong to no room: static pages, errors, the way around, the communes one types."""

import json
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.test import Client, RequestFactory
from pytest_django import Settings
from pytest_django.asserts import assertContains, assertNotContains

from maillage.domain.actors.viewer import Role
from maillage.interfaces.web.assets import ICONS, MissingIcon, build_assets
from maillage.interfaces.web.context import page
from maillage.interfaces.web.pages import errors
from tests.factories.actors import make_account, make_pole, make_viewer
from tests.factories.places import make_municipality, make_territory

pytestmark = pytest.mark.django_db

STATIC_PAGES = ["/accessibilite/", "/donnees/", "/mentions-legales/", "/contact/"]


@pytest.fixture(autouse=True)
def plain_static(settings: Settings) -> None:
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


@pytest.mark.parametrize("path", STATIC_PAGES)
def test_static_pages__open_to_anybody_with_one_title(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert response.content.count(b"<h1") == 1


def test_accessibility__says_that_nobody_audited_the_site(client: Client) -> None:
    assertContains(client.get("/accessibilite/"), "n’a pas encore été audité")


def test_legal__says_what_the_settings_do_not_say(client: Client, settings: Settings) -> None:
    settings.LEGAL_NOTICE = {"publisher": "", "director": "", "host": "Hébergeur d’essai"}
    response = client.get("/mentions-legales/")
    assertContains(response, "Non renseigné")
    assertContains(response, "Hébergeur d’essai")


def test_contact__gives_the_address_of_the_pole(client: Client) -> None:
    pole = make_pole(slug="essai")
    pole.contact_email = "equipe@essai.example"
    pole.save()
    assertContains(client.get("/contact/?pole=essai"), "mailto:equipe@essai.example")


def test_contact__survives_an_unknown_pole(client: Client) -> None:
    assertContains(client.get("/contact/?pole=inconnu"), "Chaque pôle répond pour lui")


def test_health__answers_when_the_database_does(client: Client) -> None:
    assert client.get("/sante/").json() == {"status": "ok"}


def test_style__is_closed_outside_development(client: Client, settings: Settings) -> None:
    settings.DEBUG = False
    assert client.get("/style/").status_code == 404


def test_style__shows_every_component_in_development(client: Client, settings: Settings) -> None:
    settings.DEBUG = True
    assertContains(client.get("/style/"), 'role="img" aria-label="8\u00a0t sur 12"')


def test_not_found__says_what_to_do(client: Client) -> None:
    assertContains(client.get("/rien/"), "Cherchez depuis l’accueil", status_code=404)


def test_forbidden__shows_the_reason_of_the_policy() -> None:
    request = RequestFactory().get("/")
    response = errors.forbidden(request, PermissionDenied("Seule l’équipe importe des fichiers."))
    assert response.status_code == 403
    assert "Seule l’équipe importe des fichiers." in response.content.decode()


def test_bad_request__says_when_what_was_sent_is_too_big() -> None:
    response = errors.bad_request(RequestFactory().get("/"), RequestDataTooBig())
    assert response.status_code == 413
    assert "trop gros" in response.content.decode()


def test_server_error__needs_neither_session_nor_database() -> None:
    response = errors.server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "Ce n’est pas vous." in response.content.decode()


def test_home__lists_the_poles(client: Client) -> None:
    make_pole("Berry d’essai", "berry")
    assertContains(client.get("/"), "Berry d’essai")


def test_home__leads_somebody_of_one_pole_straight_to_it(client: Client) -> None:
    pole = make_pole(slug="berry")
    client.force_login(
        make_account(Role.FACILITATOR, pole), backend="django.contrib.auth.backends.ModelBackend"
    )
    response = client.get("/")
    assert (response.status_code, response["Location"]) == (302, "/p/berry/journee/")


def test_pole_home__shows_figures_and_a_map_with_its_list(client: Client) -> None:
    make_pole("Berry d’essai", "berry")
    response = client.get("/p/berry/")
    assertContains(response, "Où nous en sommes")
    assertContains(response, 'data-map-url="/p/berry/carte.json"')
    assertContains(response, "Voir les structures en liste")


def test_pole_map__names_its_ground(client: Client) -> None:
    make_pole(slug="berry")
    assert client.get("/p/berry/carte.json").json()["ground_url"] == "/p/berry/fond-de-carte.json"


def test_ground__says_when_it_is_schematic(client: Client) -> None:
    make_pole(slug="berry", territory=make_territory())
    assert client.get("/p/berry/fond-de-carte.json").json()["schematic"] is True


@pytest.mark.parametrize(("role", "sees_desk"), [(Role.VISITOR, False), (Role.FACILITATOR, True)])
def test_navigation__shows_the_desk_to_the_team_only(role: Role, sees_desk: bool) -> None:
    pole = make_pole(slug="berry")
    request = RequestFactory().get("/p/berry/ce-qui-manque/")
    request.pole, request.viewer = pole, make_viewer(role, pole)  # type: ignore[attr-defined]  # our own attributes
    shown = page(request)
    entries = [*shown["nav"], *shown["nav_more"]]
    assert ("Rapprochements" in [entry.label for entry in entries]) is sees_desk
    assert [entry.label for entry in entries if entry.is_current] == ["Ce qui manque"]


def test_navigation__tolerates_a_request_without_viewer() -> None:
    assert page(RequestFactory().get("/"))["nav"] == []


def test_communes__are_found_without_accents(client: Client) -> None:
    make_municipality("Méry-ès-Bois", "18149", department="18")
    assert client.get("/communes/?q=mery").json()["results"][0]["value"] == "18149"


def test_communes__say_nothing_to_one_letter(client: Client) -> None:
    assert client.get("/communes/?q=m").json() == {"results": []}


def test_pages__carry_no_script_inside_the_page(client: Client) -> None:
    assertNotContains(client.get("/accessibilite/"), "<script>")


def test_assets__draw_every_icon_and_give_the_same_bytes(tmp_path: Path, settings: Settings) -> None:
    modules = Path(settings.NODE_MODULES)
    first = build_assets(modules, tmp_path / "one").read_bytes()
    assert first == build_assets(modules, tmp_path / "two").read_bytes()
    assert all(f'<symbol id="{name}"'.encode() in first for name in ICONS)


def test_assets__say_which_icon_is_missing(tmp_path: Path) -> None:
    with pytest.raises(MissingIcon, match="arrow-left"):
        build_assets(tmp_path, tmp_path / "out")


def test_htmx__is_told_to_evaluate_nothing(client: Client) -> None:
    html = client.get("/accessibilite/").content.decode()
    config = html.split('name="htmx-config" content=\'')[1].split("'")[0]
    assert json.loads(config)["allowEval"] is False
