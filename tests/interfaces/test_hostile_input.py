"""Whatever is typed in the real forms ends in a clear sentence, kept where it can be, and never half-written."""

import io
import json
from html import unescape
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.html import escape

from maillage.domain.actors.models import Organisation, Site
from maillage.domain.exchanges.models import Intent
from maillage.importers.models import ImportBatch
from tests.factories.actors import make_membership, make_organisation
from tests.factories.exchanges import make_need
from tests.interfaces.access import World, make_world

pytestmark = pytest.mark.django_db
LISTS = "/p/ici/besoins-et-offres/"
NOTE = f"{LISTS}noter/"
NEW = "/p/ici/structures/nouvelle/"
IMPORT = "/p/ici/importer/"
FORMULA = "=cmd|' /C calc'!A0"
SCRIPT = "<script>alert('ici')</script>"
EMOJI = "Des 🥕 et des 🧑🏽‍🌾 pour la cantine 🇫🇷"
ARABIC = "نحتاج إلى شاحنة يوم الثلاثاء"
TURNED = "Un camion \u202ele mardi\u202c"
HEBREW = "צריכים משאית ביום שלישי"
KEPT_AS_TYPED = [
    FORMULA,
    SCRIPT,
    EMOJI,
    ARABIC,
    TURNED,
    HEBREW,
    "Ci&el & fils",
    "100 % « vrai »; d'ici",
    "\u200bvide",
]
HUGE = "9" * 400


@pytest.fixture
def world(settings: Any, tmp_path: Any) -> World:
    settings.MEDIA_ROOT, settings.VECTOR_CACHE = tmp_path / "files", tmp_path
    return make_world()


@pytest.fixture
def team(world: World) -> Client:
    client = Client(enforce_csrf_checks=False)
    account = world.accounts["facilitator"]
    assert account is not None
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _author(world: World) -> Organisation:
    return Organisation.objects.get(pk=world.keys["actors"])


def _note(team: Client, world: World, **fields: Any) -> Any:
    return team.post(NOTE, {"author": str(_author(world).pk), "words": "Un camion", **fields})


def _shown(answer: Any) -> str:
    """The page as its reader sees it, entities read."""
    text: str = answer.content.decode()
    assert "VARIABLE-INCONNUE" not in text
    return unescape(text).replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize("words", KEPT_AS_TYPED)
def test_capture__keeps_any_words_and_escapes_them(words: str, team: Client, world: World) -> None:
    answer = _note(team, world, words=words)
    assert answer.status_code == 302
    made = Intent.objects.latest("pk")
    assert words.strip() in {made.title, made.words}
    page = team.get(answer.headers["Location"]).content.decode()
    assert "<script>alert" not in page
    assert "&amp;amp;" not in page


def test_capture__drops_the_zero_character_and_keeps_the_rest(team: Client, world: World) -> None:
    assert _note(team, world, words="Un ca\x00mion\x00").status_code == 302
    assert Intent.objects.latest("pk").title == "Un camion"


def test_capture__says_that_twenty_thousand_signs_are_enough(team: Client, world: World) -> None:
    before = Intent.objects.count()
    answer = _note(team, world, words="a" * 20_500, title="Un long récit")
    assert answer.status_code == 422
    assert "Ce texte est trop long : 20500 caractères, 20000 au plus." in _shown(answer)
    assert "a" * 20_500 in answer.content.decode()
    assert Intent.objects.count() == before


@pytest.mark.parametrize("address", [NOTE, f"{NOTE}en-ecrivant/", NEW, "/compte/login/"])
def test_ten_megabytes__in_a_field_are_refused_with_a_page(address: str, team: Client, world: World) -> None:
    counts = Intent.objects.count(), Organisation.objects.count()
    client = Client() if "login" in address else team
    answer = client.post(address, {"words": "é" * 5_000_000, "name": "x", "login": "a@exemple.fr"})
    assert answer.status_code == 413
    assert "Rien n’a été enregistré." in _shown(answer)
    assert (Intent.objects.count(), Organisation.objects.count()) == counts


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("quantity", HUGE, "n’est pas un nombre"),
        ("quantity", "-3 t", "une quantité est plus grande que zéro"),
        ("quantity", "douze camions pleins", "douze camions pleins"),
        ("quantity", "1e309 kg", "1e309"),
        ("unit", "brouettes", "brouettes"),
        ("reach_km", HUGE, "n’est pas un nombre"),
        ("price", "beaucoup", "beaucoup"),
        ("people_concerned", "٣", "« ٣ » n’est pas un nombre"),
        ("people_concerned", HUGE, "n’est pas un nombre"),
        ("available_from", "31/02/2027", "31/02/2027"),
        ("available_until", "45/13/99999", "45/13/99999"),
        ("municipality_text", SCRIPT, "Aucune commune ne s’écrit"),
        ("hours", "25 h à 99 h", "un créneau commence et finit le même jour"),
        ("title", "t" * 300, "300 caractères, 200 au plus"),
        ("qualities", ",".join("q" * 90 for _ in range(3)), "80 au plus"),
    ],
)
def test_capture__names_the_field_that_does_not_hold_and_keeps_what_was_typed(
    field: str, typed: str, sentence: str, team: Client, world: World
) -> None:
    before = Intent.objects.count()
    fields = {"quantity": "3", field: typed} if field == "unit" else {field: typed}
    answer = _note(team, world, **fields)
    assert answer.status_code == 422
    assert sentence in _shown(answer)
    assert typed in unescape(answer.content.decode())
    assert Intent.objects.count() == before


def _new(team: Client, **fields: Any) -> Any:
    given = {"name": "Ci&el d’Essai", "family": "social", "municipality_text": "", **fields}
    return team.post(NEW, given)


@pytest.mark.parametrize("name", KEPT_AS_TYPED)
def test_organisation__bears_any_name_and_its_page_escapes_it(name: str, team: Client, world: World) -> None:
    answer = _new(team, name=name)
    assert answer.status_code == 302
    made = Organisation.objects.latest("pk")
    assert made.name == name.strip()
    page = team.get(answer.headers["Location"]).content.decode()
    assert "<script>alert" not in page


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("siret", "12345678901234", "SIRET"),
        ("siret", "12 345", "SIRET"),
        ("siren", "999000001", "SIREN"),
        ("siren", HUGE, "SIREN"),
        ("siren", SCRIPT, "SIREN"),
        ("rna", "X1", "RNA"),
        ("naf_code", "99.99ZZ", "NAF"),
        ("latitude", "1e400", "degrés"),
        ("latitude", "91", "latitude"),
        ("esus_until", "2027-02-31", "date"),
        ("email", "pas une adresse", "courriel"),
        ("website", "javascript:alert(1)", "adresse"),
        ("phone", "0" * 200, "au plus 30 caractères"),
        ("name", "n" * 400, "au plus 200 caractères"),
        ("legal_form", "republique", "Choisissez dans la liste"),
    ],
)
def test_organisation__names_the_field_that_does_not_hold_and_writes_nothing(
    field: str, typed: str, sentence: str, team: Client, world: World
) -> None:
    before = Organisation.objects.count(), Site.objects.count()
    given = {"municipality_text": "Bourges-d’Essai", "longitude": "2" if field == "latitude" else ""}
    answer = _new(team, **(given | {field: typed}))
    assert answer.status_code == 422
    assert sentence.lower() in _shown(answer).lower()
    assert (Organisation.objects.count(), Site.objects.count()) == before


SEARCHES = [
    f"{LISTS}?texte=",
    f"{LISTS}?type_text=",
    f"{LISTS}?commune_text=",
    f"{LISTS}?structure_text=",
    f"{LISTS}?structure=",
    f"{LISTS}?page=",
    f"{LISTS}carte.json?texte=",
    f"{LISTS}export.csv?texte=",
    f"{LISTS}choix/structures/?q=",
    f"{LISTS}choix/auteurs/?q=",
    f"{LISTS}choix/types/?q=",
    f"{LISTS}choix/communes/?q=",
    "/p/ici/structures/?texte=",
    "/p/ici/structures/?commune_text=",
    "/p/ici/structures/?college=",
    "/p/ici/structures/carte.json?texte=",
    "/p/ici/rapprochements/choix/?q=",
    "/p/ici/rapprochements/?cote=",
    "/p/ici/ce-qui-manque/?cote=",
    "/communes/?q=",
    "/contact/?pole=",
]
QUESTIONS = [
    *KEPT_AS_TYPED,
    "\x00",
    "%",
    "_",
    "\\",
    "'; DROP TABLE x; --",
    "²",
    "٣",
    HUGE,
    "a" * 4_000,
    "&",
    "&&|!:*()",
]


@pytest.mark.parametrize("address", SEARCHES)
def test_search__answers_any_question(address: str, team: Client, world: World) -> None:
    path, _, name = address.rstrip("=").partition("?")
    for question in QUESTIONS:
        answer = team.get(path, {name: question})
        assert answer.status_code == 200, (question, answer.status_code)
        if answer.headers["Content-Type"].startswith("text/html"):
            assert "<script>alert" not in answer.content.decode()


@pytest.mark.parametrize("typed", ["²", "٣", HUGE, "-1", "", "\x00", "1 or 1=1"])
def test_desk__answers_any_number_in_its_address(typed: str, team: Client, world: World) -> None:
    desk = f"/p/ici/rapprochements/{world.keys['matching']}/"
    assert team.get(desk, {"autre": typed, "ecarter": typed}).status_code == 200
    for verb in ("accepter", "mettre-de-cote", "reprendre"):
        assert team.post(f"{desk}{verb}/", {"autre": typed, "raison": typed}).status_code == 404
    assert team.get(f"/p/ici/rapprochements/{HUGE}/").status_code == 404


def test_ampersand__stays_whole_in_addresses_search_and_files(team: Client, world: World) -> None:
    organisation = make_organisation("Ci&el")
    make_membership(world.pole, organisation)
    make_need(pole=world.pole, author=organisation, title="Prêter R&D & <outils>")
    page = team.get(LISTS, {"texte": "R&D"}).content.decode()
    assert "Prêter R&amp;D &amp; &lt;outils&gt;" in page
    assert "texte=R%26D" in page
    assert "Ci&amp;el" in team.get("/p/ici/structures/", {"texte": "ci&el"}).content.decode()
    assert team.get(f"{LISTS}choix/structures/", {"q": "Ci&el"}).json()["results"][0]["label"] == "Ci&el"
    assert "Ci&el" in team.get(f"{LISTS}export.csv").content.decode("utf-8-sig")
    assert "Ci&el" in json.dumps(team.get(f"{LISTS}export.json").json(), ensure_ascii=False)
    assert "Ci&el" in [cell for row in _cells(team.get(f"{LISTS}export.xlsx").content) for cell in row]


def _cells(content: bytes) -> list[list[Any]]:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


@pytest.mark.parametrize("title", [FORMULA, "+33 1 23", "-1+1", "@SOMME(A1)", "\t=1+1", "Bip\x07 bip\x0b"])
def test_export__opens_as_text_whatever_was_typed(title: str, team: Client, world: World) -> None:
    make_need(pole=world.pole, author=_author(world), title=title)
    lines = team.get(f"{LISTS}export.csv").content.decode("utf-8-sig")
    assert f'"{title}' not in lines or not title.lstrip().startswith(("=", "+", "-", "@"))
    content = team.get(f"{LISTS}export.xlsx").content
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert team.get(f"{LISTS}export.json").status_code == 200


def _send(team: Client, name: str, content: bytes, kind: str = "organisations") -> Any:
    return team.post(IMPORT, {"kind": kind, "file": SimpleUploadedFile(name, content)})


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("vide.csv", b""),
        ("octets.xlsx", b"PK\x03\x04" + b"\x00" * 200),
        ("zeros.csv", b"\x00" * 5_000),
        ("image.png", b"\x89PNG\r\n\x1a\n" + b"\xff" * 500),
        (f"{SCRIPT}.csv", b"%PDF-1.4 rien"),
        ("faux.ods", b"<html>"),
    ],
)
def test_import__of_what_is_no_table_ends_in_a_sentence(
    name: str, content: bytes, team: Client, world: World
) -> None:
    before = ImportBatch.objects.filter(state="applied").count(), Organisation.objects.count()
    answer = _send(team, name, content)
    if answer.status_code == 302:
        answer = team.get(answer.headers["Location"])
        assert answer.status_code == 200
    else:
        assert answer.status_code == 400
    assert "<script>alert" not in answer.content.decode()
    assert "fichier" in _shown(answer)
    assert (ImportBatch.objects.filter(state="applied").count(), Organisation.objects.count()) == before


def test_import__of_a_wrong_kind_keeps_nothing(team: Client, world: World) -> None:
    before = ImportBatch.objects.count()
    answer = _send(team, "a.csv", b"Nom\nUne", kind=SCRIPT)
    assert answer.status_code == 400
    assert "Choisissez une des listes." in _shown(answer)
    assert ImportBatch.objects.count() == before


@pytest.mark.parametrize("typed", [*KEPT_AS_TYPED, "\x00", HUGE, "a@b", "' or 1=1 --"])
def test_sign_in__refuses_with_one_sentence_and_keeps_the_address(typed: str, world: World) -> None:
    answer = Client().post("/compte/login/", {"login": typed, "password": typed})
    assert answer.status_code == 200
    shown = _shown(answer)
    assert "à revoir" in shown
    assert "<script>alert" not in answer.content.decode()
    if "\x00" not in typed:
        assert escape(typed) in answer.content.decode()


def test_sign_in__never_leads_to_another_site(world: World) -> None:
    client = Client()
    account = world.accounts["member"]
    assert account is not None
    account.set_password("essai-mot-de-passe-42")
    account.save()
    given = {"login": account.email, "password": "essai-mot-de-passe-42", "next": "https://ailleurs.example/"}
    assert client.post("/compte/login/", given).headers["Location"] == "/"
