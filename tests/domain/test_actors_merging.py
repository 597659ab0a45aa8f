"""Two sheets of one organisation are reunited without losing a line, in every room."""

from datetime import date

import pytest

from maillage.core.errors import UserMistake
from maillage.domain.actors.models import Account, DuplicateDismissal, Mandate, Membership, Organisation, Site
from maillage.domain.actors.operations import dismiss_duplicate, merge_organisations
from maillage.domain.exchanges.models import Intent, Support
from maillage.domain.ledger.models import Action, EconomicEvent
from tests.factories import NOW, TODAY
from tests.factories.actors import (
    make_mandate,
    make_membership,
    make_organisation,
    make_person,
    make_pole,
    make_site,
)
from tests.factories.catalogue import make_resource_type
from tests.factories.sirens import next_siren

pytestmark = pytest.mark.django_db


def merge(kept: Organisation, absorbed: Organisation, by: Account | None = None) -> dict[str, object]:
    moved: dict[str, object] = merge_organisations(kept=kept, absorbed=absorbed, by=by, at=NOW).moved
    return moved


def an_intent(author: Organisation) -> Intent:
    return Intent.objects.create(
        kind="need", pole=make_pole(), author=author, title="Un besoin", said_on=TODAY, confirmed_on=TODAY
    )


def an_event(provider: Organisation, receiver: Organisation) -> EconomicEvent:
    action, _ = Action.objects.get_or_create(code="transfer", defaults={"label": "Céder", "effect": "none"})
    return EconomicEvent.objects.create(
        pole=make_pole(),
        action=action,
        provider=provider,
        receiver=receiver,
        resource_type=make_resource_type(),
        quantity=3,
        unit="t",
        happened_on=TODAY,
        recorded_at=NOW,
    )


def test_merge__moves_what_points_to_the_absorbed_sheet_in_every_room() -> None:
    kept, absorbed = make_organisation(), make_organisation()
    intent, site = an_intent(absorbed), make_site(absorbed)
    merge(kept, absorbed)
    assert Intent.objects.get(pk=intent.pk).author == kept
    assert Site.objects.get(pk=site.pk).organisation == kept


def test_merge__moves_append_only_facts_and_protects_them_again() -> None:
    kept, absorbed = make_organisation(), make_organisation()
    event = an_event(absorbed, make_organisation())
    merge(kept, absorbed)
    assert EconomicEvent.objects.get(pk=event.pk).provider == kept
    with pytest.raises(Exception, match="Cannot update"):
        EconomicEvent.objects.update(quantity=4)


def test_merge__refuses_two_sheets_that_traded_together() -> None:
    kept, absorbed = make_organisation(), make_organisation()
    an_event(absorbed, kept)
    with pytest.raises(UserMistake, match="envers elle-même"):
        merge(kept, absorbed)
    assert Organisation.objects.get(pk=absorbed.pk).merged_into is None


def test_merge__gives_overlapping_memberships_the_union_of_their_dates() -> None:
    pole, kept, absorbed = make_pole(), make_organisation(), make_organisation()
    make_membership(pole, kept, since=date(2025, 1, 1), until=date(2026, 1, 1))
    make_membership(pole, absorbed, since=date(2024, 1, 1), until=date(2025, 6, 1))
    moved = merge(kept, absorbed)
    row = Membership.objects.get()
    assert (row.organisation, row.since, row.until) == (kept, date(2024, 1, 1), date(2026, 1, 1))
    assert moved["folded"][0]["row"]["since"] == "2024-01-01"  # type: ignore[index] # JSON


def test_merge__folds_every_membership_that_the_union_reaches() -> None:
    pole, kept, absorbed = make_pole(), make_organisation(), make_organisation()
    make_membership(pole, kept, since=date(2020, 1, 1), until=date(2021, 1, 1))
    make_membership(pole, kept, since=date(2022, 1, 1), until=date(2023, 1, 1))
    make_membership(pole, absorbed, since=date(2020, 6, 1), until=None)
    merge(kept, absorbed)
    row = Membership.objects.get()
    assert (row.since, row.until) == (date(2020, 1, 1), None)


def test_merge__keeps_memberships_that_do_not_overlap_apart() -> None:
    pole, kept, absorbed = make_pole(), make_organisation(), make_organisation()
    make_membership(pole, kept, since=date(2020, 1, 1), until=date(2021, 1, 1))
    make_membership(pole, absorbed, since=date(2022, 1, 1))
    merge(kept, absorbed)
    assert Membership.objects.filter(organisation=kept).count() == 2


def test_merge__folds_the_same_mandate_of_the_same_person() -> None:
    pole, person, kept, absorbed = make_pole(), make_person(), make_organisation(), make_organisation()
    make_mandate(person, pole, organisation=kept, since=date(2025, 1, 1))
    make_mandate(person, pole, organisation=absorbed, since=date(2024, 1, 1))
    merge(kept, absorbed)
    assert Mandate.objects.get().since == date(2024, 1, 1)


def test_merge__folds_two_supports_of_one_need_and_writes_both_down() -> None:
    kept, absorbed = make_organisation(), make_organisation()
    intent = an_intent(make_organisation())
    Support.objects.create(intent=intent, organisation=kept, on=TODAY)
    Support.objects.create(
        intent=intent, organisation=absorbed, on=TODAY, people_concerned=12, note="Nous aussi"
    )
    moved = merge(kept, absorbed)
    row = Support.objects.get()
    assert (row.organisation, row.people_concerned, row.note) == (kept, 12, "Nous aussi")
    assert moved["folded"][0]["model"] == "exchanges.Support"  # type: ignore[index] # JSON


def test_merge__keeps_one_head_site() -> None:
    kept, absorbed = make_organisation(), make_organisation()
    head = make_site(kept)
    make_site(absorbed)
    merge(kept, absorbed)
    assert list(kept.sites.filter(is_head=True)) == [head]
    assert kept.sites.count() == 2


def test_merge__fills_the_empty_fields_and_no_other() -> None:
    siren = next_siren()
    kept = make_organisation("Gardée", phone="02")
    absorbed = make_organisation(
        "Absorbée", phone="03", siren=siren, naf_code="94.99Z", naf_version="NAFRev2", staff_band="11"
    )
    merge(kept, absorbed)
    row = Organisation.objects.get(pk=kept.pk)
    assert (row.name, row.phone, row.siren, row.naf_version, row.staff_band) == (
        "Gardée",
        "02",
        siren,
        "NAFRev2",
        "11",
    )


def test_merge__leaves_the_absorbed_sheet_as_a_sign_post() -> None:
    kept, absorbed, older = make_organisation(), make_organisation(), make_organisation()
    merge(absorbed, older)
    merge(kept, absorbed)
    assert set(Organisation.objects.filter(merged_into=kept)) == {absorbed, older}


def test_merge__moves_the_poles_that_know_it() -> None:
    pole, kept, absorbed = make_pole(), make_organisation(), make_organisation()
    absorbed.known_in.add(pole)
    merge(kept, absorbed)
    assert list(kept.known_in.all()) == [pole]


def test_merge__keeps_what_was_said_different() -> None:
    kept, absorbed, other = make_organisation(), make_organisation(), make_organisation()
    dismiss_duplicate(first=absorbed, second=other, at=NOW, by=None)
    dismiss_duplicate(first=absorbed, second=kept, at=NOW, by=None)
    merge(kept, absorbed)
    row = DuplicateDismissal.objects.get()
    assert {row.first, row.second} == {kept, other}


def test_merge__refuses_two_sirens() -> None:
    with pytest.raises(UserMistake, match="deux SIREN"):
        merge(make_organisation(siren=next_siren()), make_organisation(siren=next_siren()))


def test_merge__refuses_a_sheet_with_itself_or_already_reunited() -> None:
    kept, absorbed = make_organisation(), make_organisation()
    with pytest.raises(UserMistake, match="deux fiches"):
        merge(kept, kept)
    merge(kept, absorbed)
    with pytest.raises(UserMistake, match="déjà"):
        merge(make_organisation(), absorbed)
