"""Who may do what in the ledger, role by role."""

import pytest

from maillage.core.errors import Refused
from maillage.domain.actors.models import Organisation, Pole
from maillage.domain.actors.viewer import Role, Viewer
from maillage.domain.ledger import policies
from maillage.domain.ledger.models import Agreement
from tests.factories.actors import make_organisation, make_pole, make_viewer
from tests.factories.ledger import make_agreement, make_commitment, make_event

pytestmark = pytest.mark.django_db

# What each looker may do with a draft agreement, a promise and a fact between two others, or of its own.
TABLE = {
    "visitor": "",
    "network": "totals",
    "member": "totals",
    "authority_agent": "totals",
    "board": "totals",
    "party": "totals see consent commit fulfil cancel record correct",
    "network_of_party": "totals",
    "facilitator": "totals see consent commit fulfil cancel record correct run change move",
    "administrator": "totals see consent commit fulfil cancel record correct run change move",
}


def looker(who: str, pole: Pole, party: Organisation) -> Viewer:
    if who == "party":
        return make_viewer(Role.MEMBER, pole, party)
    if who == "network_of_party":
        return make_viewer(Role.NETWORK, pole, party)
    return make_viewer(Role(who), pole)


@pytest.mark.parametrize("who", TABLE)
def test_policies__follow_the_table(who: str) -> None:
    pole, one, two = make_pole(), make_organisation(), make_organisation()
    draft = make_agreement(one, two, pole=pole, is_active=False)
    promise = make_commitment(pole=pole, provider=one, receiver=two)
    event = make_event(pole=pole, provider=one, receiver=two)
    viewer, ids = looker(who, pole, one), {one.pk, two.pk}
    may = {
        "totals": policies.user_can_see_totals(viewer, pole.pk),
        "see": policies.user_can_see_agreement(viewer, draft),
        "consent": policies.user_can_consent(viewer, draft, organisation_id=one.pk),
        "commit": policies.user_can_commit(viewer, pole.pk, party_ids=ids),
        "fulfil": policies.user_can_move_commitment(viewer, promise, verb="fulfil"),
        "cancel": policies.user_can_move_commitment(viewer, promise, verb="cancel"),
        "record": policies.user_can_record_event(viewer, pole.pk, party_ids=ids),
        "correct": policies.user_can_correct_event(viewer, event),
        "run": policies.user_can_run_ledger(viewer, pole.pk),
        "change": policies.user_can_change_agreement(viewer, draft),
        "move": policies.user_can_move_agreement(viewer, draft, verb="activate"),
    }
    assert {verb for verb, allowed in may.items() if allowed} == set(TABLE[who].split())


@pytest.mark.parametrize(
    ("role", "sentence"),
    [(Role.VISITOR, "Connectez-vous"), (Role.MEMBER, "Seule l’animation du pôle")],
)
def test_run__gives_its_reason(role: Role, sentence: str) -> None:
    pole = make_pole()
    with pytest.raises(Refused, match=sentence):
        policies.check_user_can_run_ledger(make_viewer(role, pole), pole.pk)


def test_consent__is_for_ones_own_structure() -> None:
    pole, one, two = make_pole(), make_organisation(), make_organisation()
    draft = make_agreement(one, two, pole=pole, is_active=False)
    viewer = make_viewer(Role.MEMBER, pole, one)
    assert not policies.user_can_consent(viewer, draft, organisation_id=two.pk)
    with pytest.raises(Refused, match="n’est pas dans l’accord"):
        policies.check_user_can_consent(viewer, draft, organisation_id=make_organisation().pk)


def test_refusals__say_why_for_each_verb() -> None:
    pole = make_pole()
    active: Agreement = make_agreement(pole=pole)
    told = policies.agreement_refusals(make_viewer(Role.FACILITATOR, pole), active)
    assert told == {
        "change": "Cet accord est en cours. Terminez-le, ou écrivez un avenant.",
        "propose": "Cet accord est en cours. Terminez-le, ou écrivez un avenant.",
        "revise": "Cet accord est en cours. Terminez-le, ou écrivez un avenant.",
        "activate": "Cet accord est en cours. Terminez-le, ou écrivez un avenant.",
        "end": "",
        "cancel": "",
    }
