"""Nobody changes the catalogue on the site."""

import pytest

from maillage.core.errors import Refused
from maillage.domain.actors.viewer import Role
from maillage.domain.catalogue.policies import check_user_can_change_catalogue, user_can_change_catalogue
from tests.factories.actors import make_pole, make_viewer

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", list(Role))
def test_catalogue__is_changed_by_nobody_on_the_site(role: Role) -> None:
    viewer = make_viewer(role, make_pole())
    assert not user_can_change_catalogue(viewer)
    with pytest.raises(Refused, match="fichiers"):
        check_user_can_change_catalogue(viewer)
