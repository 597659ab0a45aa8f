"""``maillage import`` checks, asks, writes everything or nothing, and a second time changes nothing."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from maillage.domain.actors.models import Organisation, Pole
from maillage.domain.exchanges.models import Intent
from maillage.domain.places.models import Municipality, Outline
from maillage.importers.models import BatchState, ImportBatch
from maillage.interfaces.cli import import_command
from maillage.interfaces.cli.entrance import Entrance
from maillage.interfaces.cli.exit_codes import ExitCode
from maillage.interfaces.cli.main import run
from tests.importers.batches import make_pole_here
from tests.importers.places import install
from tests.interfaces.cli_case import Ran, flat

pytestmark = pytest.mark.django_db
LIST = (
    "Référence;Nom;Commune;Famille\nA1;Ci&el;Bourges;ESS\nA2;Tiers;Bourges;ESS\nA3;Nulle part;Atlantide;ESS\n"
)


class ImportLine:
    """Runs ``maillage import`` in this process, on the test's database."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capsys = capsys
        self._entrance = Entrance(
            open_database=lambda: None,
            erase_database=lambda: False,
            uses_embedded_database=lambda: True,
            home=folder / "home",
            node_modules=install(folder / "node_modules"),
            project_root=folder,
        )

    def __call__(self, *words: str | Path) -> Ran:
        """Run one command."""
        code = run(self._entrance, ["import", *(str(word) for word in words)])
        said = self._capsys.readouterr()
        return Ran(code, flat(said.out), flat(said.err))

    def file(self, text: str, name: str = "liste.csv") -> Path:
        """Write a file of the test."""
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> ImportLine:
    return ImportLine(tmp_path, capsys)


@pytest.fixture
def pole() -> Pole:
    return make_pole_here()


def test_import__writes_the_right_lines_and_tells_the_others(line: ImportLine, pole: Pole) -> None:
    ran = line("structures", line.file(LIST), "--pole", pole.slug, "--oui")
    assert ran.code == ExitCode.OK
    assert "3 lignes lues : 2 à créer, 0 à changer, 0 déjà là, 1 à corriger." in ran.out
    assert "C’est enregistré : 2 lignes." in ran.out
    assert "Atlantide" in ran.err
    assert set(Organisation.objects.values_list("name", flat=True)) >= {"Ci&el", "Tiers"}


def test_import__only_checks_when_asked(line: ImportLine, pole: Pole) -> None:
    ran = line("structures", line.file(LIST), "--pole", pole.slug, "--simuler")
    assert "Vérification seule : rien n’est enregistré." in ran.out
    assert not Organisation.objects.filter(name="Ci&el").exists()
    assert ImportBatch.objects.get().state == BatchState.CANCELLED


def test_import__changes_nothing_the_second_time(line: ImportLine, pole: Pole) -> None:
    for _ in range(2):
        ran = line("structures", line.file(LIST), "--pole", pole.slug, "--oui")
    assert "0 à créer, 0 à changer, 2 déjà là" in ran.out
    assert "Il n’y a rien à enregistrer." in ran.out


@pytest.mark.parametrize(("answer", "written"), [("oui\n", True), ("non\n", False), ("\n", False)])
def test_import__asks_before_it_writes(tmp_path: Path, pole: Pole, answer: str, written: bool) -> None:
    entrance = Entrance(
        open_database=lambda: None,
        erase_database=lambda: False,
        uses_embedded_database=lambda: True,
        home=tmp_path,
        node_modules=tmp_path,
        project_root=tmp_path,
    )
    path = tmp_path / "l.csv"
    path.write_text(LIST, encoding="utf-8")
    words = ["structures", str(path), "--pole", pole.slug]
    CliRunner().invoke(import_command.command, words, input=answer, obj=entrance)
    assert Organisation.objects.filter(name="Ci&el").exists() is written


def test_import__brings_needs_and_offers(line: ImportLine, pole: Pole) -> None:
    needs = line.file("Intitulé;Structure;Commune\nComposter nos épluchures;Cantine & Cie;Bourges\n", "b.csv")
    offers = line.file("Intitulé;Structure;Commune\nPrêt de barnum;Loiret en fête;Bourges\n", "o.csv")
    assert line("besoins", needs, "--pole", pole.slug, "--oui").code == ExitCode.OK
    assert line("offres", offers, "--pole", pole.slug, "--oui").code == ExitCode.OK
    assert set(Intent.objects.values_list("title", flat=True)) == {
        "Composter nos épluchures",
        "Prêt de barnum",
    }


def test_import__follows_corrected_columns(line: ImportLine, pole: Pole) -> None:
    path = line.file("a;b\nCi&el;Bourges\n")
    ran = line("structures", path, "--pole", pole.slug, "--oui", "--colonnes", "nom=a,commune=b")
    assert ran.code == ExitCode.OK
    assert Organisation.objects.filter(name="Ci&el").exists()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--pole", "nulle-part"), "Aucun pôle n’a l’adresse « nulle-part »."),
        (("--colonnes", "zut=Nom"), "« zut » n’est pas un champ connu."),
        (("--colonnes", "nom=zut"), "Aucune colonne ne s’appelle « zut »."),
    ],
)
def test_import__refuses_with_a_sentence(
    line: ImportLine, pole: Pole, words: tuple[str, str], sentence: str
) -> None:
    where = () if "--pole" in words else ("--pole", pole.slug)
    ran = line("structures", line.file(LIST), *where, *words)
    assert ran.code == ExitCode.FAULTY_INPUT
    assert sentence in ran.err


def test_import__says_that_a_file_does_not_open(line: ImportLine, pole: Pole) -> None:
    ran = line("structures", line.folder / "absent.csv", "--pole", pole.slug)
    assert ran.code == ExitCode.FAULTY_INPUT
    assert "Le fichier « absent.csv » ne s’ouvre pas." in ran.err


def test_import__loads_the_communes(line: ImportLine) -> None:
    assert line("communes").code == ExitCode.OK
    assert Municipality.objects.get(pk="18033").name == "Bourges"
    insee = "TYPECOM,COM,REG,DEP,LIBELLE\nCOM,18033,24,18,Bourges-Neuve\nCOM,18279,24,18,Vierzon\n"
    line("communes", line.file(insee, "v_commune_2026.csv"))
    kept = Municipality.objects.get(pk="18033")
    assert (kept.name, kept.intermunicipal_body_id) == ("Bourges-Neuve", "241800507")


def test_import__loads_outlines(line: ImportLine, pole: Pole) -> None:
    square = [[[2.3, 47.0], [2.5, 47.0], [2.5, 47.1], [2.3, 47.1], [2.3, 47.0]]]
    feature = {
        "type": "Feature",
        "properties": {"code": "18033", "nom": "Bourges"},
        "geometry": {"type": "Polygon", "coordinates": square},
    }
    path = line.file(json.dumps({"type": "FeatureCollection", "features": [feature]}), "c.geojson")
    ran = line("contours", path, "--millesime", "2018")
    assert "Contours créés : 1" in ran.out
    assert Outline.objects.get().vintage == "2018"


def test_import__takes_the_structures_of_a_territory_from_sirene(line: ImportLine, pole: Pole) -> None:
    units = line.file(
        "siren,etatAdministratifUniteLegale,economieSocialeSolidaireUniteLegale,denominationUniteLegale\n"
        "200034528,A,O,LES JARDINS DU VAL\n552100554,A,N,GRANDE SOCIETE\n",
        "u.csv",
    )
    sites = line.file(
        "siren,siret,etatAdministratifEtablissement,codeCommuneEtablissement,codePostalEtablissement\n"
        "200034528,20003452800014,A,18033,18000\n552100554,55210055400013,A,45208,45200\n",
        "e.csv",
    )
    ran = line("sirene", units, sites, "--territoire", "Cher", "--ess", "--pole", pole.slug, "--oui")
    assert ran.code == ExitCode.OK
    assert Organisation.objects.get(siren="200034528").name == "LES JARDINS DU VAL"
    assert not Organisation.objects.filter(siren="552100554").exists()


def test_import__takes_the_results_of_a_saved_search(line: ImportLine, pole: Pole) -> None:
    result = {
        "siren": "200034528",
        "nom_complet": "LES JARDINS DU VAL",
        "etat_administratif": "A",
        "complements": {"est_ess": True},
        "siege": {"siret": "20003452800014", "commune": "18033", "code_postal": "18000"},
    }
    path = line.file(json.dumps({"results": [result]}), "r.json")
    ran = line("recherche-entreprises", path, "--territoire", "Cher", "--pole", pole.slug, "--oui")
    assert ran.code == ExitCode.OK
    assert Organisation.objects.filter(siren="200034528").exists()


def test_import__help_is_french() -> None:
    said = CliRunner().invoke(import_command.command, ["structures", "--help"]).output
    assert "Exemples :" in said
    assert "TEXT" not in said
