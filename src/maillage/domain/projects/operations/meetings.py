"""Meetings: called, changed, held, cancelled; their agenda; who is asked and who came."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate

from maillage.core.errors import UserMistake
from maillage.domain.actors.constraints import tidy
from maillage.domain.actors.models import Account, Organisation, Person
from maillage.domain.ledger.enums import ProcessStage
from maillage.domain.projects.constraints import friendly_refusals
from maillage.domain.projects.drafts import MeetingDraft
from maillage.domain.projects.enums import Attendance, Coming, MeetingKind, MeetingState
from maillage.domain.projects.models import AgendaItem, Invitee, Meeting
from maillage.domain.projects.seats import Seat
from maillage.domain.projects.states import MEETING_TRANSITIONS
from maillage.domain.projects.words import long_text, short, title_of

SHORTEST, LONGEST = 5, 1440
_WEB_ADDRESS = URLValidator(schemes=["https", "http"])


def call_meeting(*, data: MeetingDraft, at: datetime, by: Account | None) -> Meeting:
    """Call a meeting: planned when it has a date, else its date is to be found."""
    project = data.project
    if project is not None and project.process.pole_id != data.pole.pk:
        raise UserMistake("Ce projet est celui d’un autre pôle.", field="project")
    if project is not None and project.process.stage == ProcessStage.STOPPED:
        raise UserMistake("Ce projet est arrêté. Reprenez-le d’abord.")
    state = MeetingState.POLLING if data.starts_at is None else MeetingState.PLANNED
    return Meeting.objects.create(
        pole=data.pole,
        project=project,
        state=state,
        starts_at=data.starts_at,
        created_at=at,
        created_by=by,
        **_checked(data),
    )


def update_meeting(*, meeting: Meeting, data: MeetingDraft) -> Meeting:
    """Change a meeting that is not over; a new date or place makes a new version of the invitation."""
    said = _checked(data)
    with transaction.atomic():
        kept = _locked(meeting)
        if kept.state in {MeetingState.HELD, MeetingState.CANCELLED}:
            raise UserMistake("Cette réunion est passée ou annulée : elle ne change plus.")
        told = (kept.starts_at, kept.place, kept.visio_url, kept.minutes_long)
        if kept.state == MeetingState.PLANNED:
            if data.starts_at is None:
                raise UserMistake("Donnez la date et l’heure.", field="day")
            kept.starts_at = data.starts_at
        for field, value in said.items():
            setattr(kept, field, value)
        if told != (kept.starts_at, kept.place, kept.visio_url, kept.minutes_long):
            kept.sequence += 1
        kept.save()
    return kept


def _checked(data: MeetingDraft) -> dict[str, object]:
    if data.kind not in MeetingKind.values:
        raise UserMistake("Choisissez la nature de la réunion.", field="kind")
    if not SHORTEST <= data.minutes_long <= LONGEST:
        raise UserMistake("Une réunion dure de 5 minutes à 24 heures.", field="minutes_long")
    visio = tidy(data.visio_url)
    if visio:
        try:
            _WEB_ADDRESS(visio)
        except ValidationError as error:
            raise UserMistake(
                "Collez l’adresse entière, qui commence par https://.", field="visio_url"
            ) from error
    return {
        "title": title_of(data.title, ask="Donnez un titre à la réunion."),
        "kind": data.kind,
        "minutes_long": data.minutes_long,
        "place": short(data.place, field="place", longest=200),
        "visio_url": short(visio, field="visio_url", longest=500),
        "words": long_text(data.words, field="words"),
    }


def _locked(meeting: Meeting) -> Meeting:
    return Meeting.objects.select_for_update().get(pk=meeting.pk)


def hold_meeting(*, meeting: Meeting, at: datetime) -> Meeting:
    """Say that a meeting took place; it has begun."""
    with transaction.atomic():
        kept = _moved(meeting, "hold")
        if kept.starts_at is not None and kept.starts_at > at:
            raise UserMistake("Cette réunion n’a pas commencé.")
        kept.save(update_fields=["state"])
    return kept


def cancel_meeting(*, meeting: Meeting) -> Meeting:
    """Cancel a meeting that is not over; the calendars are told by a new version."""
    with transaction.atomic():
        kept = _moved(meeting, "cancel")
        kept.sequence += 1
        kept.save(update_fields=["state", "sequence"])
    return kept


def _moved(meeting: Meeting, verb: str) -> Meeting:
    kept, move = _locked(meeting), MEETING_TRANSITIONS[verb]
    if kept.state not in move.starts:
        raise UserMistake(f"Cette réunion est « {MeetingState(kept.state).label.lower()} ».")
    kept.state = move.ends
    return kept


# ---------- agenda ----------


def add_agenda_item(*, meeting: Meeting, title: str, minutes_long: int | None = None) -> AgendaItem:
    """Add a line to the agenda."""
    said = title_of(title, ask="Écrivez le sujet.")
    if minutes_long is not None and not 1 <= minutes_long <= LONGEST:
        raise UserMistake("Un sujet dure de 1 minute à 24 heures.", field="agenda_minutes")
    last = meeting.agenda.aggregate(last=Max("rank"))["last"] or 0
    return AgendaItem.objects.create(meeting=meeting, title=said, minutes_long=minutes_long, rank=last + 1)


def remove_agenda_item(*, item: AgendaItem) -> None:
    """Take a line out of the agenda."""
    item.delete()


def shift_agenda_item(*, item: AgendaItem, earlier: bool) -> None:
    """Put a line of the agenda before its neighbour, or after."""
    with transaction.atomic():
        rows = AgendaItem.objects.select_for_update().filter(meeting=item.meeting_id)
        ordered = list(rows.order_by("rank", "pk"))
        place = next((at for at, row in enumerate(ordered) if row.pk == item.pk), None)
        other = -1 if place is None else place - 1 if earlier else place + 1
        if place is None or not 0 <= other < len(ordered):
            return
        ordered[place], ordered[other] = ordered[other], ordered[place]
        for rank, row in enumerate(ordered, start=1):
            row.rank = rank
        AgendaItem.objects.bulk_update(ordered, ["rank"])


# ---------- who is asked, who came ----------


def add_invitee(
    *,
    meeting: Meeting,
    person: Person | None = None,
    organisation: Organisation | None = None,
    name: str = "",
    email: str = "",
) -> Invitee:
    """Ask somebody: a person of the pole, or anybody by a name and an address."""
    said = tidy(name) or (str(person) if person is not None else "")
    address = tidy(email).lower() or (person.email if person is not None else "")
    if not said:
        raise UserMistake("Dites qui vous invitez.", field="name")
    if address:
        try:
            validate_email(address)
        except ValidationError as error:
            raise UserMistake(
                "Cette adresse est incomplète. Écrivez par exemple nom@exemple.fr.", field="email"
            ) from error
    with friendly_refusals():
        return Invitee.objects.create(
            meeting=meeting,
            person=person,
            organisation=organisation,
            name=short(said, field="name", longest=200),
            email=address,
        )


def add_seats(*, meeting: Meeting, seats: list[Seat]) -> int:
    """Ask several people at once; who is already asked, by name or by address, is not asked twice."""
    with transaction.atomic():
        _locked(meeting)
        people = set(meeting.invitees.exclude(person=None).values_list("person_id", flat=True))
        addresses = {one.lower() for one in meeting.invitees.values_list("email", flat=True) if one}
        fresh = []
        for seat in seats:
            address = seat.email.lower()
            if seat.person_id in people or (address and address in addresses):
                continue
            people.add(seat.person_id)
            addresses.add(address)
            fresh.append(
                Invitee(
                    meeting=meeting,
                    person_id=seat.person_id,
                    organisation_id=seat.organisation_id,
                    name=seat.name,
                    email=address,
                )
            )
        Invitee.objects.bulk_create(fresh)
    return len(fresh)


def remove_invitee(*, invitee: Invitee) -> None:
    """Do not ask somebody any more; who was marked as present stays on the sheet."""
    if invitee.attendance == Attendance.PRESENT:
        raise UserMistake(f"{invitee.name} est noté présent. Changez d’abord sa présence.")
    invitee.delete()


def answer_invitation(*, invitee: Invitee, coming: str, at: datetime) -> Invitee:
    """Keep whether somebody comes; the last answer counts, until the meeting is over."""
    if coming not in {Coming.YES, Coming.NO}:
        raise UserMistake("Choisissez : je viens, ou je ne viens pas.", field="coming")
    with transaction.atomic():
        kept = Invitee.objects.select_for_update().get(pk=invitee.pk)
        if _locked(kept.meeting).state != MeetingState.PLANNED:
            raise UserMistake("Cette réunion n’attend plus de réponse.")
        kept.coming, kept.coming_at = coming, at
        kept.save(update_fields=["coming", "coming_at"])
    return kept


def note_attendance(*, meeting: Meeting, marks: dict[int, str], on: date) -> int:
    """Keep who came, was excused, was absent; published minutes keep the sheet as it was."""
    if any(mark not in Attendance.values for mark in marks.values()):
        raise UserMistake("Choisissez présent, excusé ou absent.")
    with transaction.atomic():
        kept = _locked(meeting)
        if kept.published_at is not None:
            raise UserMistake("Le compte rendu est publié : la feuille de présence ne change plus.")
        if kept.state in {MeetingState.POLLING, MeetingState.CANCELLED} or (
            kept.starts_at is not None and localdate(kept.starts_at) > on
        ):
            raise UserMistake("On note les présences le jour de la réunion, ou après.")
        changed = []
        for row in kept.invitees.select_for_update().filter(pk__in=list(marks)):
            if row.attendance != marks[row.pk]:
                row.attendance = marks[row.pk]
                row.save(update_fields=["attendance"])
                changed.append(row)
    return len(changed)
