"""Who may do what with an intent: one readable table, walked role by role."""

import pytest

from maillage.core.errors import Refused
from maillage.domain.actors.models import Pole
from maillage.domain.actors.viewer import Role, Viewer
from maillage.domain.exchanges import policies
from maillage.domain.exchanges.models import Intent
from tests.factories.actors import make_organisation, make_pole, make_viewer
from tests.factories.exchanges import make_need

pytestmark = pytest.mark.django_db

# The verbs each looker may use on a members' need of somebody else, in each state.
OTHERS = {
    "visitor": {"open": "", "covered": "", "withdrawn": ""},
    "network": {"open": "", "covered": "", "withdrawn": ""},
    "board": {"open": "see", "covered": "see", "withdrawn": "see"},
    "member": {"open": "see support", "covered": "see support", "withdrawn": "see"},
    "authority_agent": {"open": "see support", "covered": "see support", "withdrawn": "see"},
    "author": {
        "open": "see edit confirm withdraw cover duplicate evidence",
        "covered": "see edit confirm withdraw reopen duplicate evidence",
        "withdrawn": "see reopen duplicate evidence",
    },
    "facilitator": {
        "open": "see edit confirm withdraw cover duplicate evidence support",
        "covered": "see edit confirm withdraw reopen duplicate evidence support",
        "withdrawn": "see reopen duplicate evidence",
    },
    "administrator": {
        "open": "see edit confirm withdraw cover duplicate evidence support",
        "covered": "see edit confirm withdraw reopen duplicate evidence support",
        "withdrawn": "see reopen duplicate evidence",
    },
}
PAIRS = {
    "see": (policies.check_user_can_see_intent, policies.user_can_see_intent),
    "edit": (policies.check_user_can_edit_intent, policies.user_can_edit_intent),
    "confirm": (policies.check_user_can_confirm_intent, policies.user_can_confirm_intent),
    "withdraw": (policies.check_user_can_withdraw_intent, policies.user_can_withdraw_intent),
    "reopen": (policies.check_user_can_reopen_intent, policies.user_can_reopen_intent),
    "cover": (policies.check_user_can_cover_intent, policies.user_can_cover_intent),
    "duplicate": (policies.check_user_can_duplicate_intent, policies.user_can_duplicate_intent),
    "evidence": (policies.check_user_can_add_evidence, policies.user_can_add_evidence),
    "support": (policies.check_user_can_support_intent, policies.user_can_support_intent),
}


def looker(who: str, pole: Pole, intent: Intent) -> Viewer:
    if who == "author":
        return make_viewer(Role.MEMBER, pole, intent.author)
    return make_viewer(Role(who), pole)


@pytest.mark.parametrize("state", ["open", "covered", "withdrawn"])
@pytest.mark.parametrize("who", OTHERS)
def test_policies__follow_the_table(who: str, state: str) -> None:
    pole = make_pole()
    intent = make_need(pole=pole, state=state)
    viewer = looker(who, pole, intent)
    allowed = OTHERS[who][state].split()
    for verb, (check, may) in PAIRS.items():
        assert may(viewer, intent) is (verb in allowed), verb
        if verb not in allowed:
            with pytest.raises(Refused) as refused:
                check(viewer, intent)
            assert refused.value.message.endswith(".")
    told = policies.refusals(viewer, intent)
    assert sorted(verb for verb, reason in told.items() if not reason) == sorted(set(allowed) - {"see"})


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.ADMINISTRATOR, Role.MEMBER])
def test_policies__stop_at_the_border_of_the_pole(role: Role) -> None:
    intent, viewer = make_need(), make_viewer(role)
    assert not any(may(viewer, intent) for _, may in PAIRS.values())


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.VISITOR, False),
        (Role.NETWORK, False),
        (Role.BOARD, False),
        (Role.MEMBER, True),
        (Role.AUTHORITY_AGENT, True),
        (Role.FACILITATOR, True),
        (Role.ADMINISTRATOR, True),
    ],
)
def test_note__is_for_the_pole(role: Role, may: bool) -> None:
    pole = make_pole()
    assert policies.user_can_note_intent(make_viewer(role, pole), pole.pk) is may


def test_note__of_a_member_is_for_its_own_structures() -> None:
    pole, mine, other = make_pole(), make_organisation(), make_organisation()
    viewer = make_viewer(Role.MEMBER, pole, mine)
    assert policies.user_can_note_intent(viewer, pole.pk, author_id=mine.pk)
    with pytest.raises(Refused, match="que vous représentez"):
        policies.check_user_can_note_intent(viewer, pole.pk, author_id=other.pk)


def test_note__by_a_network_is_refused_even_for_its_own_structure() -> None:
    pole, mine = make_pole(), make_organisation()
    viewer = make_viewer(Role.NETWORK, pole, mine)
    assert not policies.user_can_note_intent(viewer, pole.pk, author_id=mine.pk)
    assert not policies.user_can_edit_intent(viewer, make_need(pole=pole, author=mine))


def test_support__of_a_member_is_in_the_name_of_its_structures() -> None:
    pole, mine = make_pole(), make_organisation()
    intent, viewer = make_need(pole=pole), make_viewer(Role.MEMBER, pole, mine)
    assert policies.user_can_support_intent(viewer, intent, organisation_id=mine.pk)
    assert not policies.user_can_support_intent(viewer, intent, organisation_id=make_organisation().pk)


def test_author__of_an_anonymous_need_is_for_the_team() -> None:
    pole = make_pole()
    intent = make_need(pole=pole, visibility="anonymous")
    assert policies.user_can_see_author(make_viewer(Role.FACILITATOR, pole), intent)
    with pytest.raises(Refused, match="ne pas dire son nom"):
        policies.check_user_can_see_author(make_viewer(Role.MEMBER, pole), intent)
