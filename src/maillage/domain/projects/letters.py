"""The letters of the room, in plain words: which date, the date kept, cancelled, the minutes, a task that waits."""

from datetime import date, timedelta

from maillage.core.french import NBSP
from maillage.domain.mail.letters import Button, Letter
from maillage.domain.projects.enums import MeetingState
from maillage.domain.projects.models import Invitee, Meeting, ProjectTask
from maillage.domain.projects.times import said_day, said_moment

LONGEST_MINUTES = 6_000


def _context(meeting: Meeting) -> str:
    if meeting.project is None:
        return f"au pôle {meeting.pole.name}"
    kind = "du groupe de travail" if meeting.project.kind == "group" else "du projet"
    return f"{kind} « {meeting.project.process.name} »"


def _agenda(meeting: Meeting) -> str:
    lines = [
        f"– {item.title}" + (f" ({item.minutes_long} min)" if item.minutes_long else "")
        for item in meeting.agenda.order_by("rank", "pk")
    ]
    return "Ordre du jour : " + " ".join(lines) if lines else ""


def _where(meeting: Meeting) -> str:
    said = [f"Lieu : {meeting.place}." if meeting.place else ""]
    said.append(f"À distance : {meeting.visio_url}" if meeting.visio_url else "")
    return " ".join(part for part in said if part)


def invitation(meeting: Meeting, invitee: Invitee, address: str) -> Letter:
    """Say what is asked of somebody, as the meeting stands; ``address`` is theirs and needs no account."""
    if meeting.state == MeetingState.POLLING:
        return _which_date(meeting, invitee, address)
    if meeting.state == MeetingState.CANCELLED:
        return _cancelled(meeting, invitee, address)
    assert meeting.starts_at is not None  # noqa: S101 - the database refuses a planned meeting without a date
    paragraphs = (
        f"Vous êtes invité·e à « {meeting.title} », {_context(meeting)}.",
        f"C’est le {said_moment(meeting.starts_at)}.",
        _where(meeting),
        meeting.words,
        _agenda(meeting),
    )
    return Letter(
        subject=f"Réunion : {meeting.title}, {said_moment(meeting.starts_at)}",
        greeting=f"Bonjour {invitee.name},",
        paragraphs=tuple(one for one in paragraphs if one),
        buttons=(
            Button("Je viens", f"{address}?reponse=oui"),
            Button("Je ne viens pas", f"{address}?reponse=non"),
            Button("Mettre dans mon agenda", f"{address}reunion.ics"),
        ),
        closing="Ce lien est le vôtre : il marche sans compte.",
    )


def _which_date(meeting: Meeting, invitee: Invitee, address: str) -> Letter:
    dates = " ; ".join(said_moment(one.starts_at) for one in meeting.poll_dates.order_by("starts_at"))
    paragraphs = (
        f"Nous cherchons une date pour « {meeting.title} », {_context(meeting)}.",
        f"Dates proposées : {dates}." if dates else "",
        _where(meeting),
        meeting.words,
        _agenda(meeting),
    )
    return Letter(
        subject=f"Quelle date pour « {meeting.title} » ?",
        greeting=f"Bonjour {invitee.name},",
        paragraphs=tuple(one for one in paragraphs if one),
        buttons=(Button("Dire quand je peux", address),),
        closing="Ce lien est le vôtre : il marche sans compte.",
    )


def _cancelled(meeting: Meeting, invitee: Invitee, address: str) -> Letter:
    when = f", prévue le {said_moment(meeting.starts_at)}," if meeting.starts_at else ""
    return Letter(
        subject=f"Annulée : {meeting.title}",
        greeting=f"Bonjour {invitee.name},",
        paragraphs=(f"La réunion « {meeting.title} », {_context(meeting)}{when} n’aura pas lieu.",),
        buttons=(Button("L’enlever de mon agenda", f"{address}reunion.ics"),) if meeting.starts_at else (),
    )


def minutes_letter(meeting: Meeting, name: str, address: str) -> Letter:
    """Send the minutes, with what was decided: who does what, by when."""
    text = meeting.minutes
    if len(text) > LONGEST_MINUTES:
        text = text[:LONGEST_MINUTES].rsplit("\n", 1)[0] + "\n[…] La suite est sur le site."
    actions = [
        f"– {task.title} : {task.owner or 'à confier'}"
        + (f", pour le {said_day(task.due_on)}" if task.due_on else "")
        for task in meeting.tasks.select_related("owner").order_by("rank", "pk")
    ]
    when = f" du {said_moment(meeting.starts_at)}" if meeting.starts_at else ""
    return Letter(
        subject=f"Compte rendu : {meeting.title}",
        greeting=f"Bonjour {name},",
        paragraphs=(
            f"Voici le compte rendu de « {meeting.title} »{when}, {_context(meeting)}.",
            *[part for part in text.split("\n") if part.strip()],
            *(["Ce qui est décidé :", *actions] if actions else []),
        ),
        buttons=(Button("Lire sur le site", address),),
    )


def task_letter(tasks: list[ProjectTask], name: str, address: str, on: date) -> Letter:
    """Remind somebody of what is due: late first."""
    late = [task for task in tasks if task.due_on is not None and task.due_on < on]
    soon = [task for task in tasks if task not in late]
    count = len(tasks)
    first = tasks[0].title if count == 1 else f"{count}{NBSP}tâches"
    paragraphs = [f"– {_due(task, on)}" for task in [*late, *soon]]
    return Letter(
        subject=f"À faire : {first}",
        greeting=f"Bonjour {name},",
        paragraphs=("Voici ce qui vous attend.", *paragraphs),
        buttons=(Button("Voir mes tâches", address),),
        closing="Vous pouvez les marquer comme faites d’un geste.",
    )


def _due(task: ProjectTask, on: date) -> str:
    frame = task.project.process.name if task.project else task.meeting.title if task.meeting else ""
    said = f"{task.title} ({frame})" if frame else task.title
    if task.due_on is None:
        return said
    if task.due_on < on:
        return f"{said} : c’était pour le {said_day(task.due_on)}"
    if task.due_on == on:
        return f"{said} : c’est pour aujourd’hui"
    if task.due_on == on + timedelta(days=1):
        return f"{said} : c’est pour demain"
    return f"{said} : pour le {said_day(task.due_on)}"
