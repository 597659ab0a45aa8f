"""The files are copied into the database, twice without change; what left them is retired, not lost."""

from dataclasses import replace

import pytest

from maillage.domain.catalogue.files import AuthorisationRow, CatalogueFiles, LinkRow, TypeRow, read_catalogue
from maillage.domain.catalogue.models import ResourceType, TypeLink
from maillage.domain.catalogue.operations import load_catalogue

pytestmark = pytest.mark.django_db


def a_type(code: str, parent: str | None = None, **fields: object) -> TypeRow:
    values: dict[str, object] = {
        "kind": "material",
        "label": code.capitalize(),
        "definition": "Un type d’essai.",
        "dimension": "mass",
        "unit": "t",
        "waste_code": None,
        "requires": (),
        "synonyms": (),
        **fields,
    }
    return TypeRow(code=code, parent=parent, file="essai.yaml", **values)  # type: ignore[arg-type] # built from a mapping


def a_link(offer: str, need: str, closeness: float = 0.7) -> LinkRow:
    return LinkRow(offer, need, "substitutes", None, "Si le tri est bon.", closeness, "links-essai.yaml")


def a_catalogue(*types: TypeRow, links: tuple[LinkRow, ...] = (), version: str = "1") -> CatalogueFiles:
    return CatalogueFiles(version, types, links, (AuthorisationRow("dechets-dangereux", "Déchets", "CE"),))


BIO = a_type("biodechets")
PEEL = a_type("epluchures", "biodechets", synonyms=("peaux", "fanes"), requires=("dechets-dangereux",))


def test_load_catalogue__writes_paths_from_the_root() -> None:
    load_catalogue(files=a_catalogue(PEEL, BIO))
    assert ResourceType.objects.get(code="epluchures").path == "/biodechets/epluchures/"


def test_load_catalogue__counts_what_it_wrote() -> None:
    report = load_catalogue(files=a_catalogue(BIO, PEEL, links=(a_link("epluchures", "biodechets"),)))
    assert (report.created, report.synonyms, report.links, report.authorisations) == (2, 3, 1, 1)


def test_load_catalogue__changes_nothing_the_second_time() -> None:
    files = a_catalogue(BIO, PEEL, links=(a_link("epluchures", "biodechets"),))
    load_catalogue(files=files)
    assert load_catalogue(files=files).changed == 0


def test_load_catalogue__leaves_unchanged_rows_their_version() -> None:
    load_catalogue(files=a_catalogue(BIO, PEEL, version="1"))
    load_catalogue(files=a_catalogue(BIO, replace(PEEL, unit="kg"), version="2"))
    assert dict(ResourceType.objects.values_list("code", "version")) == {"biodechets": "1", "epluchures": "2"}


def test_load_catalogue__retires_a_type_that_left_and_takes_it_back() -> None:
    load_catalogue(files=a_catalogue(BIO, PEEL))
    assert load_catalogue(files=a_catalogue(BIO)).retired == 1
    assert ResourceType.objects.get(code="epluchures").retired
    load_catalogue(files=a_catalogue(BIO, PEEL))
    assert not ResourceType.objects.get(code="epluchures").retired


def test_load_catalogue__lets_two_types_exchange_their_labels() -> None:
    load_catalogue(files=a_catalogue(a_type("a", label="Un"), a_type("b", label="Deux")))
    load_catalogue(files=a_catalogue(a_type("a", label="Deux"), a_type("b", label="Un")))
    assert dict(ResourceType.objects.values_list("code", "label")) == {"a": "Deux", "b": "Un"}


def test_load_catalogue__lets_a_new_type_take_the_label_of_a_retired_one() -> None:
    load_catalogue(files=a_catalogue(a_type("ancien", label="Bois")))
    load_catalogue(files=a_catalogue(a_type("bois", label="Bois")))
    assert dict(ResourceType.objects.values_list("code", "label")) == {
        "ancien": "Bois (ancien)",
        "bois": "Bois",
    }


def test_load_catalogue__follows_synonyms_links_and_authorisations() -> None:
    load_catalogue(files=a_catalogue(BIO, PEEL, links=(a_link("epluchures", "biodechets"),)))
    changed = replace(PEEL, synonyms=("peaux", "trognons"), requires=())
    load_catalogue(files=a_catalogue(BIO, changed, links=(a_link("epluchures", "biodechets", 0.5),)))
    row = ResourceType.objects.get(code="epluchures")
    assert list(row.synonyms.values_list("text", flat=True)) == ["peaux", "trognons"]
    assert not row.authorisations.exists()
    assert str(TypeLink.objects.get().closeness) == "0.50"
    assert load_catalogue(files=a_catalogue(BIO, changed)).links == 1
    assert not TypeLink.objects.exists()


def test_load_catalogue__marks_hazard_from_the_star() -> None:
    load_catalogue(
        files=a_catalogue(a_type("piles", waste_code="16 06 02*"), a_type("bois", waste_code="20 01 38"))
    )
    assert dict(ResourceType.objects.values_list("code", "hazardous")) == {"piles": True, "bois": False}


def test_load_catalogue__reads_our_own_files_twice_without_change() -> None:
    assert load_catalogue().types == len(read_catalogue().types)
    assert load_catalogue().changed == 0
