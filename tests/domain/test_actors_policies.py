"""Who may do what, role by role."""

import pytest

from maillage.core.errors import Refused
from maillage.domain.actors import policies
from maillage.domain.actors.models import Organisation, Pole
from maillage.domain.actors.viewer import Role
from tests.factories.actors import make_organisation, make_pole, make_viewer

pytestmark = pytest.mark.django_db

V, M, B, A, F, N, D = (
    Role.VISITOR,
    Role.MEMBER,
    Role.BOARD,
    Role.AUTHORITY_AGENT,
    Role.FACILITATOR,
    Role.NETWORK,
    Role.ADMINISTRATOR,
)
ON_THE_POLE = {
    "see_people": {M, B, A, F, D},
    "create_organisation": {F, D},
    "merge_organisations": {F, D},
    "manage_memberships": {F, D},
    "manage_mandates": {D},
    "change_pole": {D},
    "see_composition": {M, B, A, F, D, N},
}
ON_ITS_OWN = {"speak_for": {M, A, F, D}, "edit_organisation": {M, A, F, D}}
ON_ANOTHER = {"speak_for": {F, D}, "edit_organisation": {F, D}}


def allowed(
    rule: str, role: Role, pole: Pole, *others: Organisation, own: Organisation | None = None
) -> bool:
    viewer = make_viewer(role, pole, own if role in {M, A} else None)
    can = getattr(policies, f"user_can_{rule}")(viewer, pole, *others)
    check = getattr(policies, f"check_user_can_{rule}")
    if can:
        check(viewer, pole, *others)
    else:
        with pytest.raises(Refused, match=r"\.$"):
            check(viewer, pole, *others)
    return bool(can)


@pytest.mark.parametrize("rule", ON_THE_POLE)
def test_policy__on_the_pole(rule: str) -> None:
    pole = make_pole()
    assert {role for role in Role if allowed(rule, role, pole)} == ON_THE_POLE[rule]


@pytest.mark.parametrize("rule", ON_ITS_OWN)
def test_policy__on_one_s_own_organisation(rule: str) -> None:
    pole, own = make_pole(), make_organisation()
    own.known_in.add(pole)
    assert {role for role in Role if allowed(rule, role, pole, own, own=own)} == ON_ITS_OWN[rule]


@pytest.mark.parametrize("rule", ON_ANOTHER)
def test_policy__on_an_organisation_the_pole_knows(rule: str) -> None:
    pole, other = make_pole(), make_organisation()
    other.known_in.add(pole)
    assert {role for role in Role if allowed(rule, role, pole, other)} == ON_ANOTHER[rule]


@pytest.mark.parametrize("rule", ON_ANOTHER)
def test_policy__nobody_touches_an_organisation_the_pole_does_not_know(rule: str) -> None:
    pole, stranger = make_pole(), make_organisation()
    assert {role for role in Role if allowed(rule, role, pole, stranger)} == set()


@pytest.mark.parametrize("rule", ON_ITS_OWN)
def test_policy__nobody_touches_a_sheet_reunited_with_another(rule: str) -> None:
    pole, own = make_pole(), make_organisation(merged_into=make_organisation())
    own.known_in.add(pole)
    assert {role for role in Role if allowed(rule, role, pole, own, own=own)} == set()


@pytest.mark.parametrize("rule", ON_THE_POLE)
def test_policy__a_role_in_one_pole_gives_nothing_in_another(rule: str) -> None:
    pole, elsewhere = make_pole(), make_pole()
    assert not any(getattr(policies, f"user_can_{rule}")(make_viewer(role, elsewhere), pole) for role in Role)
