"""Who may change a territory and import outlines."""

import pytest

from maillage.core.errors import Refused
from maillage.domain.actors.viewer import Role
from maillage.domain.places import policies
from tests.factories.actors import make_pole, make_viewer

pytestmark = pytest.mark.django_db
RUN_THE_POLE = {Role.FACILITATOR, Role.ADMINISTRATOR}


@pytest.mark.parametrize("role", list(Role))
def test_territory__is_changed_by_those_who_run_the_pole(role: Role) -> None:
    pole = make_pole()
    viewer = make_viewer(role, pole)
    assert policies.user_can_change_territory(viewer, pole_id=pole.pk) is (role in RUN_THE_POLE)
    assert policies.user_can_import_outlines(viewer, pole_id=pole.pk) is (role in RUN_THE_POLE)


def test_territory__refusal_says_why() -> None:
    pole = make_pole()
    with pytest.raises(Refused, match="animation"):
        policies.check_user_can_change_territory(make_viewer(), pole_id=pole.pk)
    with pytest.raises(Refused, match="contours"):
        policies.check_user_can_import_outlines(make_viewer(), pole_id=pole.pk)
