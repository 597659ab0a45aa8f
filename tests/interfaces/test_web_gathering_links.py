"""What was heard and what was noted lead to each other, for the facilitators only."""

import pytest
from django.test import Client

from maillage.domain.actors.viewer import Role
from maillage.domain.gathering.operations import review
from tests.factories import NOW, TODAY
from tests.factories.actors import make_account, make_membership, make_organisation, make_pole
from tests.factories.gathering import make_draft, make_interview

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


def test_need_and_interview__lead_to_each_other_for_the_team_only() -> None:
    pole, author = make_pole("Pôle d’essai", "essai"), make_organisation("Cantine")
    make_membership(pole, author)
    interview = make_interview(pole, notes="Il manque une salle le mardi.")
    draft = make_draft(pole, interview=interview, title="Il manque une salle")
    need = review.accept_draft(
        draft=draft, data=review.plain_intent(draft, author), by=None, on=TODAY, at=NOW
    )
    here, there = f"/p/essai/ecoute/entretiens/{interview.pk}/", f"/p/essai/besoins-et-offres/{need.pk}/"
    team, member = Client(), Client()
    team.force_login(make_account(Role.FACILITATOR, pole), backend=BACKEND)
    member.force_login(make_account(Role.MEMBER, pole, make_organisation()), backend=BACKEND)
    assert there in team.get(here).content.decode()
    assert here in team.get(there).content.decode()
    assert "Entretien avec" not in member.get(there).content.decode()
    assert member.get(here).status_code == 403
