"""Meetings: when, where, about what, who comes, which date suits, what was said."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from maillage.domain.actors.models import Account, Organisation, Person, Pole
from maillage.domain.projects.enums import Attendance, Coming, MeetingKind, MeetingState, PollChoice
from maillage.domain.projects.models.project import Project

FROZEN = """
    RAISE EXCEPTION 'published minutes are frozen: write an addendum' USING ERRCODE = '23514';
"""


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(condition=pghistory.AnyChange(exclude=["minutes", "minutes_version"])),
    pghistory.DeleteEvent(),
    exclude=["minutes", "minutes_version"],
)
class Meeting(models.Model):
    """A meeting of a project, or of the whole pole when it names none; times are kept in UTC.

    ``minutes`` are a draft until ``published_at``; then the database refuses that they change.
    """

    pole = models.ForeignKey(Pole, models.CASCADE, related_name="meetings", verbose_name="pôle")
    project = models.ForeignKey(
        Project, models.CASCADE, null=True, blank=True, related_name="meetings", verbose_name="projet"
    )
    kind = models.CharField("nature", max_length=8, choices=MeetingKind.choices, default=MeetingKind.WORK)
    title = models.CharField("titre", max_length=200)
    state = models.CharField("état", max_length=9, choices=MeetingState.choices, default=MeetingState.POLLING)
    starts_at = models.DateTimeField("commence", null=True, blank=True)
    minutes_long = models.PositiveSmallIntegerField("durée (minutes)", default=120)
    place = models.CharField("lieu", max_length=200, blank=True)
    visio_url = models.URLField("lien de visio", max_length=500, blank=True)
    words = models.TextField("mot d’invitation", blank=True)
    sequence = models.PositiveSmallIntegerField("version de l’invitation", default=0)
    minutes = models.TextField("compte rendu", blank=True)
    minutes_version = models.PositiveIntegerField("version du brouillon", default=0)
    published_at = models.DateTimeField("publié le", null=True, blank=True)
    published_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="publié par"
    )
    created_at = models.DateTimeField("créée le")
    created_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="créée par"
    )

    class Meta:
        verbose_name = "réunion"
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="meeting_titled", condition=~Q(title="")),
            models.CheckConstraint(name="meeting_state_known", condition=Q(state__in=MeetingState.values)),
            models.CheckConstraint(
                name="meeting_planned_is_dated",
                condition=~Q(state__in=["planned", "held"]) | Q(starts_at__isnull=False),
            ),
            models.CheckConstraint(name="meeting_lasts", condition=Q(minutes_long__range=(5, 1440))),
            models.CheckConstraint(
                name="meeting_published_was_held",
                condition=Q(published_at__isnull=True) | (Q(state="held") & ~Q(minutes="")),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="minutes_frozen",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.published_at IS NOT NULL AND (OLD.minutes IS DISTINCT FROM NEW.minutes"
                    " OR OLD.published_at IS DISTINCT FROM NEW.published_at"
                    " OR OLD.starts_at IS DISTINCT FROM NEW.starts_at)"
                ),
                func=FROZEN,
            )
        ]

    def __str__(self) -> str:
        return self.title


class AgendaItem(models.Model):
    """A line of the agenda."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda", verbose_name="réunion")
    title = models.CharField("sujet", max_length=200)
    minutes_long = models.PositiveSmallIntegerField("minutes", null=True, blank=True)
    rank = models.PositiveIntegerField("ordre", default=0)

    class Meta:
        verbose_name = "point de l’ordre du jour"
        verbose_name_plural = "points de l’ordre du jour"
        ordering = ["rank", "pk"]
        constraints = [models.CheckConstraint(name="agenda_item_titled", condition=~Q(title=""))]

    def __str__(self) -> str:
        return self.title


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Invitee(models.Model):
    """Somebody asked to a meeting, with or without an account: a name, an address, an answer, a presence."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="invitees", verbose_name="réunion")
    person = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="invitations", verbose_name="personne"
    )
    organisation = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="pour la structure",
    )
    name = models.CharField("nom", max_length=200)
    email = models.EmailField("courriel", blank=True)
    coming = models.CharField("vient", max_length=6, choices=Coming.choices, default=Coming.UNSAID)
    coming_at = models.DateTimeField("répondu le", null=True, blank=True)
    attendance = models.CharField(
        "présence", max_length=7, choices=Attendance.choices, default=Attendance.UNKNOWN
    )
    invited_at = models.DateTimeField("invité le", null=True, blank=True)

    class Meta:
        verbose_name = "personne invitée"
        verbose_name_plural = "personnes invitées"
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(name="invitee_named", condition=~Q(name="")),
            models.CheckConstraint(
                name="invitee_attendance_known", condition=Q(attendance__in=Attendance.values)
            ),
            models.CheckConstraint(name="invitee_coming_known", condition=Q(coming__in=Coming.values)),
            models.UniqueConstraint(
                name="invitee_person_once",
                fields=["meeting", "person"],
                condition=Q(person__isnull=False),
            ),
            models.UniqueConstraint(
                F("meeting"), Lower("email"), name="invitee_email_once", condition=~Q(email="")
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PollDate(models.Model):
    """A date that may suit."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="poll_dates", verbose_name="réunion")
    starts_at = models.DateTimeField("commence")

    class Meta:
        verbose_name = "date proposée"
        verbose_name_plural = "dates proposées"
        ordering = ["starts_at", "pk"]
        constraints = [models.UniqueConstraint(name="poll_date_once", fields=["meeting", "starts_at"])]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"


class PollAnswer(models.Model):
    """What somebody says of a date: one answer a person for each date."""

    date = models.ForeignKey(PollDate, models.CASCADE, related_name="answers", verbose_name="date")
    invitee = models.ForeignKey(Invitee, models.CASCADE, related_name="poll_answers", verbose_name="personne")
    choice = models.CharField("réponse", max_length=5, choices=PollChoice.choices)
    at = models.DateTimeField("répondu le")

    class Meta:
        verbose_name = "réponse au sondage"
        verbose_name_plural = "réponses au sondage"
        ordering = ["date_id", "pk"]
        constraints = [
            models.UniqueConstraint(name="poll_answer_once", fields=["date", "invitee"]),
            models.CheckConstraint(
                name="poll_answer_choice_known", condition=Q(choice__in=PollChoice.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.invitee} : {self.get_choice_display()}"


class MinutesAddendum(models.Model):
    """What is added to published minutes; a row is never changed."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="addenda", verbose_name="réunion")
    text = models.TextField("complément")
    at = models.DateTimeField("ajouté le")
    by = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="par"
    )

    class Meta:
        verbose_name = "complément de compte rendu"
        verbose_name_plural = "compléments de compte rendu"
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(name="addendum_written", condition=~Q(text=""))]
        triggers = [
            pgtrigger.Trigger(
                name="addendum_frozen",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("text"),  # type: ignore[no-untyped-call]  # pgtrigger has no types
                func=FROZEN,
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]
