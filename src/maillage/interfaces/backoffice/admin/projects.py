"""Projects, tasks, meetings, trials: they change on the site, where their history is kept."""

from django.contrib import admin

from maillage.domain.projects.models import (
    AgendaItem,
    Invitee,
    Meeting,
    MinutesAddendum,
    PollAnswer,
    PollDate,
    Project,
    ProjectFile,
    ProjectParty,
    ProjectTask,
    StageChange,
    Trial,
    TrialIndicator,
    TrialMeasure,
)
from maillage.interfaces.backoffice.admin.base import ReadOnlyRows, ReadOnlyTable


class PartyRows(ReadOnlyRows):
    """Structures of a project."""

    model = ProjectParty


class StageRows(ReadOnlyRows):
    """History of the stage."""

    model = StageChange


@admin.register(Project)
class ProjectTable(ReadOnlyTable):
    """Projects and working groups."""

    list_display = ("process", "kind", "visibility")
    list_filter = ("kind", "visibility")
    list_select_related = ("process",)
    search_fields = ("process__name", "summary")
    inlines = (PartyRows, StageRows)


@admin.register(ProjectParty)
class ProjectPartyTable(ReadOnlyTable):
    """Structures."""

    list_display = ("project", "organisation", "role", "since", "until")
    list_select_related = ("project__process", "organisation")


@admin.register(StageChange)
class StageChangeTable(ReadOnlyTable):
    """Stages."""

    list_display = ("project", "starts", "ends", "on", "by")
    list_select_related = ("project__process", "by")


@admin.register(ProjectTask)
class ProjectTaskTable(ReadOnlyTable):
    """Tasks."""

    list_display = ("title", "owner", "due_on", "state", "project", "meeting")
    list_filter = ("state",)
    list_select_related = ("owner", "project__process", "meeting")
    search_fields = ("title",)


class InviteeRows(ReadOnlyRows):
    """People asked."""

    model = Invitee


class AgendaRows(ReadOnlyRows):
    """Agenda."""

    model = AgendaItem


@admin.register(Meeting)
class MeetingTable(ReadOnlyTable):
    """Meetings; the draft of the minutes stays with those who write it."""

    list_display = ("title", "state", "starts_at", "project", "pole", "published_at")
    list_filter = ("state", "kind", "pole")
    list_select_related = ("project__process", "pole")
    search_fields = ("title",)
    exclude = ("minutes",)
    inlines = (AgendaRows, InviteeRows)


@admin.register(AgendaItem)
class AgendaItemTable(ReadOnlyTable):
    """Agendas."""

    list_display = ("meeting", "title", "minutes_long")
    list_select_related = ("meeting",)


@admin.register(Invitee)
class InviteeTable(ReadOnlyTable):
    """People asked to a meeting."""

    list_display = ("name", "meeting", "coming", "attendance", "invited_at")
    list_select_related = ("meeting",)
    search_fields = ("name",)


@admin.register(PollDate)
class PollDateTable(ReadOnlyTable):
    """Dates proposed."""

    list_display = ("meeting", "starts_at")
    list_select_related = ("meeting",)


@admin.register(PollAnswer)
class PollAnswerTable(ReadOnlyTable):
    """Answers."""

    list_display = ("invitee", "date", "choice", "at")
    list_select_related = ("invitee", "date")


@admin.register(MinutesAddendum)
class MinutesAddendumTable(ReadOnlyTable):
    """What was added to minutes."""

    list_display = ("meeting", "at", "by")
    list_select_related = ("meeting", "by")


@admin.register(Trial)
class TrialTable(ReadOnlyTable):
    """Trials."""

    list_display = ("question", "project", "state", "starts_on", "ends_on")
    list_filter = ("state",)
    list_select_related = ("project__process",)
    search_fields = ("question",)


@admin.register(TrialIndicator)
class TrialIndicatorTable(ReadOnlyTable):
    """What trials measure."""

    list_display = ("label", "unit", "trial")
    list_select_related = ("trial",)


@admin.register(TrialMeasure)
class TrialMeasureTable(ReadOnlyTable):
    """Measures."""

    list_display = ("indicator", "moment", "quantity", "measured_on", "source")
    list_select_related = ("indicator",)


@admin.register(ProjectFile)
class ProjectFileTable(ReadOnlyTable):
    """Files."""

    list_display = ("project", "stored", "words")
    list_select_related = ("project__process", "stored")
