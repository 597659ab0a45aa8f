"""Public registers enter a pole: by territory, by ESS flag, in one transaction; official communes and outlines too."""

import csv
import io
import json
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from maillage.core.errors import UserMistake
from maillage.domain.actors.models import Organisation, Pole, Site
from maillage.domain.places.models import Municipality, Outline
from maillage.importers.database import (
    import_division,
    import_enterprises,
    import_insee_municipalities,
    import_outlines,
    organisations,
    search_lines,
    sirene_lines,
)
from maillage.importers.database.legal_categories import legal_form_of
from maillage.importers.database.report import Report
from maillage.importers.database.running import no_progress
from maillage.importers.dry_run import Outcome
from tests.factories import NOW, TODAY
from tests.factories.places import make_municipality
from tests.factories.sirens import next_siren, siret_of
from tests.importers.batches import make_pole_here
from tests.importers.places import install

pytestmark = pytest.mark.django_db


def _result(siren: str, **changes: Any) -> dict[str, Any]:
    head = {"siret": siret_of(siren), "adresse": "3 RUE DES ECOLES 18000 BOURGES", "commune": "18033"}
    return {
        "siren": siren,
        "nom_raison_sociale": "CI&EL D’ESSAI",
        "nature_juridique": "9220",
        "activite_principale": "94.99Z",
        "tranche_effectif_salarie": "11",
        "etat_administratif": "A",
        "siege": head,
        "complements": {"est_ess": True, "type_siae": ["ACI"]},
    } | changes


def _answer(*results: dict[str, Any]) -> io.BytesIO:
    return io.BytesIO(json.dumps({"results": list(results)}).encode())


def _enter(pole: Pole, lines: Any, *, write: bool = True) -> Report:
    return import_enterprises(
        pole=pole,
        lines=lines,
        source="registre",
        by=None,
        on=TODAY,
        at=NOW,
        write=write,
        progress=no_progress,
    )


def test_search__enters_the_directory_and_again_changes_nothing() -> None:
    pole, siren = make_pole_here(), next_siren()
    first = _enter(
        pole, search_lines(_answer(_result(siren)), municipalities={"18033"}, only_social_economy=True)
    )
    again = _enter(pole, search_lines(_answer(_result(siren))))
    made = Organisation.objects.get(siren=siren)
    assert (first.created, again.created, again.updated) == (1, 0, 0)
    assert (made.family, made.legal_form, made.ess_ground, made.inclusion_type) == (
        "social",
        "association",
        "by_form",
        "ACI",
    )
    assert (made.sites.get().municipality_id, made.staff_band) == ("18033", "11")


def test_search__leaves_closed_enterprises_and_tells_false_numbers() -> None:
    pole = make_pole_here()
    closed = _result(next_siren(), etat_administratif="C")
    report = _enter(pole, search_lines(_answer(closed, _result("123456789"), _result(next_siren()))))
    assert (report.created, report.faulty) == (1, 1)


def test_registers__without_write_say_it_and_write_nothing() -> None:
    report = _enter(make_pole_here(), search_lines(_answer(_result(next_siren()))), write=False)
    assert report.created == 1
    assert not Organisation.objects.exists()


def test_registers__whose_last_line_fails_write_nothing() -> None:
    pole = make_pole_here()
    lines: list[Outcome] = list(search_lines(_answer(_result(next_siren()), _result(next_siren()))))
    real, calls = organisations.create_organisation, []

    def breaks(**given: Any) -> Organisation:
        calls.append(given)
        if len(calls) == 2:
            raise UserMistake("Ceci est refusé.")
        return real(**given)

    with patch.object(organisations, "create_organisation", breaks), pytest.raises(UserMistake):
        _enter(pole, lines)
    assert not Organisation.objects.exists()


def _csv(path: Path, rows: list[dict[str, str]]) -> Path:
    headers = sorted({name for row in rows for name in row})
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, headers)
        writer.writeheader()
        writer.writerows(rows)
    return path


def _unit(siren: str, name: str, social: str) -> dict[str, str]:
    return {
        "siren": siren,
        "etatAdministratifUniteLegale": "A",
        "denominationUniteLegale": name,
        "economieSocialeSolidaireUniteLegale": social,
        "categorieJuridiqueUniteLegale": "5710",
    }


def _establishment(siret: str, commune: str, head: bool) -> dict[str, str]:
    return {
        "siren": siret[:9],
        "siret": siret,
        "etatAdministratifEtablissement": "A",
        "codeCommuneEtablissement": commune,
        "etablissementSiege": "true" if head else "false",
    }


def test_sirene__makes_one_sheet_a_legal_unit_with_the_sites_of_the_territory(tmp_path: Path) -> None:
    pole, social, ordinary = make_pole_here(), next_siren(), next_siren()
    units = _csv(
        tmp_path / "u.csv", [_unit(social, "SCOP D’ESSAI", "O"), _unit(ordinary, "SAS D’ESSAI", "N")]
    )
    sites = _csv(
        tmp_path / "e.csv",
        [
            _establishment(siret_of(social, 2), "45004", head=False),
            _establishment(siret_of(social, 1), "18033", head=True),
            _establishment(siret_of(social, 3), "75056", head=False),
            _establishment(siret_of(ordinary, 1), "18033", head=True),
        ],
    )
    lines = sirene_lines(units, sites, municipalities={"18033", "45004"}, only_social_economy=True)
    report = _enter(pole, lines)
    made = Organisation.objects.get()
    assert (report.created, report.updated, made.siren, made.ess_ground) == (1, 1, social, "declared")
    assert list(made.sites.order_by("-is_head").values_list("municipality_id", flat=True)) == [
        "18033",
        "45004",
    ]
    again = _enter(
        pole, sirene_lines(units, sites, municipalities={"18033", "45004"}, only_social_economy=True)
    )
    assert (again.created, again.updated, Site.objects.count()) == (0, 0, 2)


def test_legal_categories__the_longest_prefix_decides() -> None:
    told = {code: legal_form_of(code) for code in ("5710", "5458", "9223", "9220", "7346", "3120", "")}
    assert list(told.values()) == [
        "company",
        "scop",
        "employers_group",
        "association",
        "intermunicipal",
        "other",
        "",
    ]


def test_division__loads_and_again_changes_nothing(tmp_path: Path) -> None:
    folder = install(tmp_path)
    assert import_division(folder=folder).changed > 10
    assert import_division(folder=folder).changed == 0
    assert Municipality.objects.get(code="18033").intermunicipal_body_id == "241800507"


def test_insee__renames_a_commune_and_keeps_what_it_does_not_say(tmp_path: Path) -> None:
    make_municipality("Ancien nom", "18033", population=64_000, postcodes=["18000"])
    path = tmp_path / "v_commune_2026.csv"
    path.write_text("TYPECOM,COM,REG,DEP,LIBELLE\nCOM,18033,24,18,Bourges\nCOMD,18034,24,18,Autre\n", "utf-8")
    import_insee_municipalities(path=path)
    town = Municipality.objects.get(code="18033")
    assert (town.name, town.population, town.postcodes.get().code) == ("Bourges", 64_000, "18000")
    assert town.latitude is not None


def test_outlines__give_their_commune_its_point() -> None:
    make_municipality("Bourges", "18033")
    ring = [[2, 47], [3, 47], [3, 48], [2, 48], [2, 47]]
    feature = {
        "type": "Feature",
        "properties": {"code": "18033", "nom": "Bourges"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    file = io.BytesIO(json.dumps({"type": "FeatureCollection", "features": [feature]}).encode())
    report = import_outlines(source=file, vintage="2026", origin="Essai")
    town = Municipality.objects.get(code="18033")
    assert (report.created, town.latitude, town.longitude) == (1, 47.5, 2.5)
    assert Outline.objects.get().vintage == "2026"
