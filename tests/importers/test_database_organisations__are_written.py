"""A table of organisations enters a pole: created, recognised, updated, told."""

import pytest

from maillage.domain.actors.enums import ActorFamily
from maillage.domain.actors.models import DuplicateDismissal, Membership, Organisation, Site
from maillage.importers.database import answer_questions, apply_batch, check_batch
from tests.factories import NOW, TODAY
from tests.factories.actors import make_organisation, make_site
from tests.factories.sirens import next_siren, siret_of
from tests.importers.batches import checked, imported, make_pole_here, report_of_batch

pytestmark = pytest.mark.django_db
HEADERS = ("Référence", "Nom", "Ville", "Famille", "Courriel", "SIRET", "Membre depuis")


def test_organisations__enter_with_site_reference_and_membership() -> None:
    pole, siret = make_pole_here(), siret_of(next_siren())
    imported(
        pole, "organisations", HEADERS, ("A1", "Ci&el", "Bourges", "ESS", "a@exemple.fr", siret, "15/01/2025")
    )
    made = Organisation.objects.get(name="Ci&el")
    assert (made.siren, made.email, made.source_id) == (siret[:9], "a@exemple.fr", "A1")
    assert made.sites.get().municipality_id == "18033"
    assert Membership.objects.get(organisation=made).since.isoformat() == "2025-01-15"
    assert pole in made.known_in.all()


def test_organisations__imported_again_change_nothing() -> None:
    pole, siret = make_pole_here(), siret_of(next_siren())
    rows = [
        ("A1", "Ci&el", "Bourges", "ESS", "a@exemple.fr", siret, "15/01/2025"),
        ("", "La Ressourcerie", "Amilly (45)", "ESS", "", "", ""),
        ("A3", "Atelier sans lieu", "", "entreprise", "", "", ""),
        ("", "La Ressourcerie", "Amilly (45)", "ESS", "", "", ""),
    ]
    first = imported(pole, "organisations", HEADERS, *rows)
    again = imported(pole, "organisations", HEADERS, *rows)
    assert (first.created, first.faulty) == (3, 0)
    assert (again.created, again.updated, again.unchanged) == (0, 0, 4)


def test_organisations__a_corrected_line_updates_its_sheet_by_its_reference() -> None:
    pole = make_pole_here()
    imported(pole, "organisations", HEADERS, ("A1", "La Resourcerie", "Bourges", "ESS", "", "", ""))
    report = imported(
        pole,
        "organisations",
        HEADERS,
        ("A1", "La Ressourcerie", "Amilly (45)", "ESS", "b@exemple.fr", "", ""),
    )
    assert {one[0] for one in report.changed[0].changes} == {"Nom", "Adresse électronique", "Commune"}
    made = Organisation.objects.get(source_id="A1")
    assert (made.name, made.sites.get().municipality_id) == ("La Ressourcerie", "45004")


def test_organisations__an_empty_cell_erases_nothing() -> None:
    pole = make_pole_here()
    imported(pole, "organisations", HEADERS, ("A1", "Ci&el", "Bourges", "ESS", "a@exemple.fr", "", ""))
    imported(pole, "organisations", HEADERS, ("A1", "Ci&el", "", "", "", "", ""))
    assert Organisation.objects.get(name="Ci&el").email == "a@exemple.fr"


def test_organisations__of_the_same_siren_are_one_whatever_their_name() -> None:
    pole, siren = make_pole_here(), next_siren()
    known = make_organisation("Ancien nom", siren=siren)
    report = imported(
        pole, "organisations", HEADERS, ("", "Nouveau nom", "Bourges", "ESS", "", siret_of(siren), "")
    )
    assert (report.created, report.updated) == (0, 1)
    known.refresh_from_db()
    assert known.name == "Nouveau nom"
    assert pole in known.known_in.all()


def test_organisations__two_sites_of_one_siren_make_one_sheet() -> None:
    pole, siren = make_pole_here(), next_siren()
    rows = [
        ("", "Réseau d’Essai", "Bourges", "ESS", "", siret_of(siren, 1), ""),
        ("", "Réseau d’Essai nord", "Amilly (45)", "ESS", "", siret_of(siren, 2), ""),
    ]
    first = imported(pole, "organisations", HEADERS, *rows)
    again = imported(pole, "organisations", HEADERS, *rows)
    assert (first.created, first.updated, again.unchanged) == (1, 1, 2)
    assert Site.objects.filter(organisation__siren=siren).count() == 2


def test_organisations__of_the_same_name_and_commune_are_taken_for_one_and_it_is_asked() -> None:
    pole = make_pole_here()
    known = make_organisation("Épicerie d’Essai")
    make_site(known, municipality=pole.territory.municipalities.get(code="18033"))
    batch, report = checked(
        pole, "organisations", HEADERS, ("", "EPICERIE D'ESSAI", "Bourges", "ESS", "", "", "")
    )
    assert report.questions[0].chosen == known.pk
    batch = answer_questions(batch=batch, same={report.questions[0].key: 0})
    report = report_of_batch(check_batch(batch=batch, on=TODAY))
    assert (report.created, report.questions[0].chosen) == (1, 0)
    apply_batch(batch=batch, by=None, on=TODAY, at=NOW)
    assert DuplicateDismissal.objects.filter(first=known).exists()


def test_organisations__of_a_near_name_are_two_unless_somebody_says_they_are_one() -> None:
    pole = make_pole_here()
    known = make_organisation("La Ressourcerie du Berry")
    make_site(known, municipality=pole.territory.municipalities.get(code="18033"))
    batch, report = checked(
        pole, "organisations", HEADERS, ("", "Ressourcerie du Berry", "Bourges", "ESS", "", "", "")
    )
    assert (report.created, report.questions[0].chosen) == (1, 0)
    batch = answer_questions(batch=batch, same={report.questions[0].key: known.pk})
    apply_batch(batch=check_batch(batch=batch, on=TODAY), by=None, on=TODAY, at=NOW)
    known.refresh_from_db()
    assert known.name == "Ressourcerie du Berry"
    assert Organisation.objects.filter(name__contains="Ressourcerie").count() == 1


def test_organisations__a_reference_used_by_another_list_is_not_the_same() -> None:
    pole = make_pole_here()
    imported(pole, "organisations", HEADERS, ("1", "Boulangerie coopérative", "Bourges", "ESS", "", "", ""))
    rows = [("1", "Garage solidaire", "Amilly (45)", "ESS", "", "", "")]
    assert imported(pole, "organisations", HEADERS, *rows).created == 1
    assert imported(pole, "organisations", HEADERS, *rows).unchanged == 1


def test_organisations__without_family_take_it_from_their_form_and_say_so() -> None:
    pole = make_pole_here()
    report = imported(
        pole,
        "organisations",
        ("Nom", "Forme juridique", "Commune"),
        ("Mairie d’Essai", "Commune", "Bourges"),
        ("Garage d’Essai", "SARL", "Bourges"),
    )
    families = dict(Organisation.objects.values_list("name", "family"))
    assert families == {"Mairie d’Essai": ActorFamily.AUTHORITY, "Garage d’Essai": ActorFamily.BUSINESS}
    assert all("d’après la forme juridique" in fault.sentence for fault in report.faults)


def test_organisations__a_point_of_the_commune_is_not_written_as_a_point_of_the_site() -> None:
    pole = make_pole_here()
    imported(pole, "organisations", HEADERS, ("", "Ci&el", "Bourges", "ESS", "", "", ""))
    assert Site.objects.get(organisation__name="Ci&el").latitude is None
