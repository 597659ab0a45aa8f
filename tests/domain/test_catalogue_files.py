"""The catalogue's files: rich enough, and every fault of a bad file said in a sentence."""

import shutil
from pathlib import Path

import pytest

from maillage.core.french import fold
from maillage.domain.catalogue import files
from maillage.domain.catalogue.faults import CatalogueFault
from maillage.domain.catalogue.files import CatalogueFiles, read_catalogue

DATA = Path(files.__file__).with_name("data")

GOOD = """
branch: essai
types:
  - code: pommes
    kind: material
    label: Pommes
    definition: Fruits du pommier.
    parent: null
    dimension: mass
    unit: kg
    synonyms: [pomme à couteau]
  - code: pressage
    kind: service
    label: Pressage
    definition: Pressage de fruits en jus.
    parent: null
    dimension: volume
    unit: l
    synonyms: []
"""
LINKS = """
links:
  - offer: pressage
    need: pommes
    relation: handles
    condition: Les pommes sont mûres et sans moisissure.
    closeness: 0.8
"""
COMMITMENTS = "authorisations:\n  - {code: essai, label: Une autorisation, source: Un texte de loi}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "VERSION").write_text("2026.11\n", encoding="utf-8")
    (tmp_path / "essai.yaml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "links-essai.yaml").write_text(LINKS, encoding="utf-8")
    (tmp_path / "authorisations.yaml").write_text(COMMITMENTS, encoding="utf-8")
    return tmp_path


def faults_of(folder: Path) -> str:
    with pytest.raises(CatalogueFault) as caught:
        read_catalogue(folder)
    return str(caught.value)


def spoil(folder: Path, old: str, new: str, *, name: str = "essai.yaml") -> str:
    path = folder / name
    before = path.read_text(encoding="utf-8")
    assert old in before
    path.write_text(before.replace(old, new, 1), encoding="utf-8")
    return faults_of(folder)


def test_catalogue__holds_enough_types_synonyms_and_links() -> None:
    catalogue = read_catalogue()
    assert len(catalogue.types) >= 400
    assert len({(row.code, fold(word)) for row in catalogue.types for word in row.synonyms}) >= 1500
    assert len(catalogue.links) >= 120


def test_catalogue__covers_the_eight_kinds() -> None:
    assert {row.kind for row in read_catalogue().types} == {
        "skill", "service", "premises", "equipment", "material", "labour", "money", "knowledge"
    }  # fmt: skip


def test_catalogue__gives_each_link_its_condition() -> None:
    assert all(len(link.condition) >= 12 and link.condition.endswith(".") for link in read_catalogue().links)


def test_catalogue__keeps_the_file_order_and_is_read_once() -> None:
    assert read_catalogue() is read_catalogue()
    assert [row.file for row in read_catalogue().types] == sorted(row.file for row in read_catalogue().types)


def test_catalogue__derives_hazard_from_the_star() -> None:
    by_waste_code = {row.waste_code: row.hazardous for row in read_catalogue().types}
    assert by_waste_code["20 01 08"] is False
    assert all(hazardous is str(code).endswith("*") for code, hazardous in by_waste_code.items())


def test_catalogue__asks_for_an_authorisation_to_collect_hazardous_waste() -> None:
    assert "dechets-dangereux" in read_catalogue().by_code["collecte-dechets-dangereux"].requires


def test_catalogue__names_the_source_of_each_authorisation() -> None:
    assert all(len(row.source) > 10 for row in read_catalogue().authorisations)


def test_catalogue__gives_the_ancestors_nearest_first() -> None:
    assert read_catalogue().ancestors("accueil-micro-creche") == (
        "accueil-creche", "accueil-jeune-enfant", "accueil-enfants"
    )  # fmt: skip


def test_catalogue__keeps_its_files_short() -> None:
    assert all(len(path.read_text(encoding="utf-8").splitlines()) <= 400 for path in DATA.glob("*.yaml"))


def test_catalogue__reads_a_small_good_folder(folder: Path) -> None:
    catalogue = read_catalogue(folder)
    assert isinstance(catalogue, CatalogueFiles)
    assert catalogue.version == "2026.11"
    assert catalogue.by_code["pommes"].synonyms == ("pomme à couteau",)
    assert catalogue.links[0].through is None


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("code: pommes", "code: Pommes vertes", "s’écrit en minuscules sans accent"),
        ("kind: material", "kind: fruit", "« kind » vaut « fruit » ; choisissez parmi : skill, service"),
        ("    label: Pommes\n", "", "essai.yaml, pommes : Il manque « label »."),
        ("Fruits du pommier.", "fruits du pommier", "une majuscule au début, un point à la fin"),
        ("unit: kg", "unit: kg\n    hazardous: true", "n’a pas de champ « hazardous »"),
        ("unit: kg", 'unit: kg\n    waste_code: "200108"', "trois paires de chiffres"),
        ("unit: kg", "unit: caisse", "L’unité « caisse » n’existe pas"),
        ("unit: kg", "unit: m2", "L’unité « m2 » mesure une surface, pas une masse."),
        ("parent: null", "parent: fruits", "Son parent « fruits » n’existe pas."),
        ("parent: null", "parent: pressage", "d’une autre nature (service, pas material)"),
        ("parent: null", "parent: pommes", "tournent en rond : pommes > pommes"),
        ("code: pressage", "code: pommes", "Ce code est déjà pris par « pommes » (essai.yaml)."),
        ("label: Pressage", "label: pommes", "Ce libellé est déjà pris par « pommes »"),
        ("[pomme à couteau]", "[pomme, Pommé]", "répète le libellé ou un autre synonyme"),
        ("[pomme à couteau]", "[pomme, pomme]", "répète deux fois la même chose"),
        ("[pomme à couteau]", '["--"]', "ni lettre ni chiffre"),
        ("[pomme à couteau]", "pomme", "« synonyms » n’a pas la forme attendue"),
        ("unit: kg", "unit: kg\n    requires: [permis]", "L’autorisation « permis » n’est pas dans"),
        ("unit: kg", "unit: kg\n    unit: t", "« unit » est écrit deux fois"),
        ("branch: essai", "branch: autre", "La branche doit s’appeler comme le fichier"),
        ("branch: essai", "branch: [essai", "Le fichier ne se lit pas à la ligne"),
    ],
)
def test_catalogue__says_what_is_wrong_with_a_type(folder: Path, old: str, new: str, sentence: str) -> None:
    assert sentence in spoil(folder, old, new)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("offer: pressage", "offer: poires", "Le type « poires » n’existe pas."),
        ("need: pommes", "need: pressage", "Un lien relie deux types différents."),
        ("relation: handles", "relation: handles\n    through: pommes", "« pommes » n’est pas un service"),
        (
            "relation: handles",
            "relation: mange",
            "choisissez parmi : substitutes, becomes, handles, includes",
        ),
        ("    condition: Les pommes sont mûres et sans moisissure.\n", "", "Il manque « condition »."),
        ("closeness: 0.8", "closeness: 1.5", "donnez un nombre entre 0,1 et 0,95"),
        ("links:", "links:\n  - 12", "entrée n° 1"),
    ],
)
def test_catalogue__says_what_is_wrong_with_a_link(folder: Path, old: str, new: str, sentence: str) -> None:
    assert sentence in spoil(folder, old, new, name="links-essai.yaml")


def test_catalogue__refuses_the_same_link_twice(folder: Path) -> None:
    shutil.copy(folder / "links-essai.yaml", folder / "links-suite.yaml")
    assert "links-suite.yaml, pressage → pommes : Ce lien existe déjà dans links-essai.yaml." in faults_of(
        folder
    )


def test_catalogue__refuses_a_fifth_level(folder: Path) -> None:
    entry = GOOD[GOOD.index("  - code: pommes") : GOOD.index("  - code: pressage")]
    levels = [
        entry.replace("pommes", f"n{level}").replace("Pommes", f"N{level}").replace("null", parent)
        for level, parent in enumerate(["null", "n0", "n1", "n2", "n3"])
    ]
    (folder / "profond.yaml").write_text("branch: profond\ntypes:\n" + "".join(levels), encoding="utf-8")
    assert "profond.yaml, n4 : Il est au niveau 5 ; l’arbre n’a que 4 niveaux." in faults_of(folder)


def test_catalogue__says_that_the_version_lacks(folder: Path) -> None:
    (folder / "VERSION").unlink()
    assert "VERSION : Le fichier manque ou est vide." in faults_of(folder)


def test_catalogue__says_that_a_file_is_not_utf_8(folder: Path) -> None:
    (folder / "essai.yaml").write_bytes(GOOD.encode("cp1252"))
    assert "essai.yaml : Le fichier n’est pas en UTF-8." in faults_of(folder)


def test_catalogue__refuses_the_same_authorisation_twice(folder: Path) -> None:
    line = "  - {code: essai, label: Une autre, source: Un autre texte}\n"
    (folder / "authorisations.yaml").write_text(COMMITMENTS + line, encoding="utf-8")
    assert "authorisations.yaml, essai : Ce code est écrit deux fois." in faults_of(folder)


def test_catalogue__says_all_the_faults_at_once(folder: Path) -> None:
    spoil(folder, "unit: kg", "unit: m2")
    said = spoil(folder, "closeness: 0.8", "closeness: 2", name="links-essai.yaml")
    assert "pas une masse" in said
    assert "entre 0,1 et 0,95" in said
