"""Minutes: a draft two people cannot lose, frozen once published, sent once."""

from datetime import timedelta

import pytest

from maillage.core.errors import UserMistake
from maillage.domain.actors.viewer import Role
from maillage.domain.mail.models import Message
from maillage.domain.projects import operations
from maillage.domain.projects.models import Meeting
from maillage.domain.projects.queries import meeting_sheet
from tests.factories import NOW
from tests.factories.actors import make_account, make_organisation, make_pole, make_viewer
from tests.factories.projects import make_invitee, make_meeting, make_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting() -> Meeting:
    return make_meeting(make_project(), starts_at=NOW - timedelta(days=1))


def published(meeting: Meeting) -> Meeting:
    operations.save_draft(meeting=meeting, text="On essaie.\nLundi.", version=0)
    return operations.publish_minutes(meeting=meeting, at=NOW, by=None)


def test_draft__of_two_people_at_once_loses_neither(meeting: Meeting) -> None:
    operations.save_draft(meeting=meeting, text="La première.", version=0)
    with pytest.raises(operations.SomebodyElseWrote, match="entre-temps"):
        operations.save_draft(meeting=meeting, text="La seconde.", version=0)
    assert Meeting.objects.get(pk=meeting.pk).minutes == "La première."


def test_draft__sent_twice_is_kept_once(meeting: Meeting) -> None:
    for _ in range(2):
        kept = operations.save_draft(meeting=meeting, text="Pareil.", version=0)
    assert kept.minutes_version == 1


def test_draft__is_seen_by_those_who_write_it_only(meeting: Meeting) -> None:
    operations.save_draft(meeting=meeting, text="Entre nous.", version=0)
    meeting.refresh_from_db()
    team, member = (make_viewer(role, meeting.pole) for role in (Role.FACILITATOR, Role.MEMBER))
    assert meeting_sheet(viewer=team, meeting=meeting).minutes == "Entre nous."
    assert meeting_sheet(viewer=member, meeting=meeting).minutes == ""


def test_minutes__are_not_published_empty_nor_before_the_meeting(meeting: Meeting) -> None:
    with pytest.raises(UserMistake, match="est vide"):
        operations.publish_minutes(meeting=meeting, at=NOW, by=None)
    ahead = make_meeting(make_project(), starts_at=NOW + timedelta(days=1))
    operations.save_draft(meeting=ahead, text="D’avance.", version=0)
    with pytest.raises(UserMistake, match="n’a pas commencé"):
        operations.publish_minutes(meeting=ahead, at=NOW, by=None)


def test_minutes__published_take_an_addendum_and_no_correction(meeting: Meeting) -> None:
    with pytest.raises(UserMistake, match="corrigez-le directement"):
        operations.add_to_minutes(meeting=meeting, text="Ajout.", at=NOW, by=None)
    frozen = published(meeting)
    with pytest.raises(UserMistake, match="Écrivez un complément"):
        operations.save_draft(meeting=frozen, text="Autre.", version=frozen.minutes_version)
    operations.add_to_minutes(meeting=frozen, text="Ajout.", at=NOW, by=None)
    assert frozen.addenda.get().text == "Ajout."


def test_minutes__go_once_to_who_was_asked_and_to_the_structures_of_the_project() -> None:
    pole, lead = make_pole(), make_organisation()
    make_account(Role.MEMBER, pole, lead, email="porteuse@exemple.fr")
    meeting = make_meeting(make_project(pole=pole, lead=lead), starts_at=NOW - timedelta(days=1))
    make_invitee(meeting, name="Une", email="une@exemple.fr")
    frozen = published(meeting)
    for _ in range(2):
        operations.send_minutes(meeting=frozen, at=NOW, address="https://exemple.fr/")
    assert set(Message.objects.values_list("to", flat=True)) == {"une@exemple.fr", "porteuse@exemple.fr"}
    assert Message.objects.count() == 2
