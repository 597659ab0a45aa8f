"""Duplicates, memberships, mandates, composition: what the team does with the directory."""

from datetime import date
from typing import Any

import pytest

from maillage.domain.actors.enums import MandateRole
from maillage.domain.actors.models import DuplicateDismissal, Mandate, Membership, Organisation, Partner
from maillage.domain.actors.viewer import Role
from maillage.domain.mail.models import Message
from tests.factories.actors import make_mandate, make_organisation, make_site
from tests.factories.exchanges import make_need
from tests.interfaces.actors_world import Town, make_town

pytestmark = pytest.mark.django_db


def _twin(town: Town) -> Organisation:
    twin = make_organisation("Atelier Rebonds", phone="0200000001", short_name="AR")
    make_site(twin, municipality=town.rebond.sites.get().municipality)
    twin.known_in.add(town.pole)
    make_need(pole=town.pole, author=twin)
    return twin


def test_duplicates__are_proposed_then_dismissed() -> None:
    town = make_town()
    twin = _twin(town)
    client = town.client(Role.FACILITATOR)
    assert len(client.get(town.url("doublons/")).context["pairs"]) == 1
    client.post(town.url("doublons/ecarter/"), {"une": town.rebond.pk, "autre": twin.pk})
    assert DuplicateDismissal.objects.count() == 1
    assert "Aucune fiche en double" in client.get(town.url("doublons/")).content.decode()


def test_compare__counts_what_would_move() -> None:
    town = make_town()
    twin = _twin(town)
    asked = town.url(f"doublons/comparer/?une={town.rebond.pk}&autre={twin.pk}&garder={town.rebond.pk}")
    answer = town.client(Role.FACILITATOR).get(asked)
    preview = answer.context["preview"]
    assert {one.label: one.count for one in preview.moved} == {"besoin ou offre": 1, "site": 1}
    assert Organisation.objects.filter(merged_into__isnull=False).count() == 0


def test_merge__keeps_the_chosen_sheet_and_moves_the_rest() -> None:
    town = make_town()
    twin = _twin(town)
    given = {"une": town.rebond.pk, "autre": twin.pk, "garder": twin.pk}
    answer = town.client(Role.FACILITATOR).post(town.url("doublons/comparer/"), given)
    town.rebond.refresh_from_db()
    assert answer.headers["Location"] == town.url(f"{twin.pk}/")
    assert town.rebond.merged_into_id == twin.pk
    assert Membership.objects.filter(organisation=twin).count() == 1


def test_merge__of_two_siren_is_refused_with_the_reason() -> None:
    town = make_town()
    twin = _twin(town)
    Organisation.objects.filter(pk=twin.pk).update(siren="732829320")
    Organisation.objects.filter(pk=town.rebond.pk).update(siren="552100554")
    given = {"une": town.rebond.pk, "autre": twin.pk}
    answer = town.client(Role.FACILITATOR).post(town.url("doublons/comparer/"), given)
    assert answer.status_code == 422
    assert "deux SIREN différents" in answer.content.decode()


def test_compare__asks_for_the_other_sheet() -> None:
    town = make_town()
    answer = town.client(Role.FACILITATOR).get(
        town.url(f"doublons/comparer/?une={town.rebond.pk}&autre_text=Inconnue")
    )
    assert "ne s’appelle « Inconnue »" in answer.content.decode().replace("\u00a0", " ")


@pytest.mark.parametrize("page", ["doublons/", "doublons/comparer/", "mandats/"])
def test_team_pages__are_refused_to_a_member(page: str) -> None:
    town = make_town()
    assert town.client(Role.MEMBER).get(town.url(page)).status_code == 403


def _link(town: Town, organisation: Organisation, **fields: Any) -> Any:
    return town.client(Role.FACILITATOR).post(town.url(f"{organisation.pk}/adhesion/"), fields)


def test_membership__begins_changes_college_and_ends() -> None:
    town = make_town()
    _link(town, town.mill, geste="adherer", since="2026-01-05", college=town.college.pk)
    joined = Membership.objects.get(organisation=town.mill)
    assert (joined.since, joined.college) == (date(2026, 1, 5), town.college)
    _link(town, town.mill, geste="college", numero=joined.pk, since="2026-02-01", college="")
    moved = Membership.objects.get(organisation=town.mill, until=None)
    assert (moved.since, moved.college) == (date(2026, 2, 1), None)
    _link(town, town.mill, geste="quitter", numero=moved.pk, until="2026-03-01")
    assert not Membership.objects.filter(organisation=town.mill, until=None).exists()


def test_membership__that_overlaps_is_a_sentence() -> None:
    town = make_town()
    answer = _link(town, town.rebond, geste="adherer", since="2026-01-05")
    assert answer.status_code == 422
    assert "déjà membre du pôle" in answer.content.decode()


def test_departure__before_the_arrival_keeps_the_date_typed() -> None:
    town = make_town()
    number = Membership.objects.get(organisation=town.rebond).pk
    answer = _link(town, town.rebond, geste="quitter", numero=number, until="2020-01-01")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "2020-01-01" in page


def test_partnership__begins_and_ends() -> None:
    town = make_town()
    _link(town, town.mill, geste="partenaire", partner_since="2026-01-05", kind="funder", note="Don")
    made = Partner.objects.get(organisation=town.mill)
    _link(town, town.mill, geste="fin-partenaire", numero=made.pk, until="2026-05-01")
    made.refresh_from_db()
    assert made.until == date(2026, 5, 1)


def _mandate(town: Town, **fields: Any) -> Any:
    given = {"given_name": "Ada", "role": MandateRole.FACILITATOR, "since": "2026-01-05"} | fields
    return town.client(Role.ADMINISTRATOR).post(town.url("mandats/"), given)


def test_mandate__with_an_email_sends_the_link() -> None:
    town = make_town()
    assert _mandate(town, email="ada@exemple.fr").status_code == 302
    assert Mandate.objects.get(person__email="ada@exemple.fr").role == MandateRole.FACILITATOR
    assert Message.objects.get(key__startswith="invitation:").to == "ada@exemple.fr"


def test_mandate__of_a_representative_needs_its_structure() -> None:
    town = make_town()
    answer = _mandate(town, role=MandateRole.REPRESENTATIVE, family_name="Gardée")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Dites quelle structure" in page
    assert "Gardée" in page


def test_mandate__ends_today() -> None:
    town = make_town()
    held = make_mandate(pole=town.pole, role=MandateRole.FACILITATOR)
    _mandate(town, geste="terminer", numero=held.pk)
    held.refresh_from_db()
    assert held.until is not None


def test_last_administrator__stays() -> None:
    town = make_town()
    last = Mandate.objects.get(pole=town.pole, role=MandateRole.ADMINISTRATOR)
    answer = _mandate(town, geste="terminer", numero=last.pk)
    assert answer.status_code == 422
    assert "plus personne pour l’administrer" in answer.content.decode()


def test_composition__says_what_is_missing() -> None:
    town = make_town()
    page = town.client(Role.FACILITATOR).get(town.url("composition/")).content.decode()
    assert "Il manque une entreprise dont les statuts" in page
    assert "2015-431" in page
    assert town.client().get(town.url("composition/")).status_code == 302


def test_communes__put_those_of_the_pole_first() -> None:
    town = make_town()
    answer = town.client().get(f"/communes/?q=bourges&pole={town.pole.slug}")
    assert answer.json()["results"][0]["label"].startswith("Bourges-d’Essai")
