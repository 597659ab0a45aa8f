"""Writes the invented projects, once: a working group with its meetings, a project with its trial."""

from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from maillage.domain.actors.models import Person
from maillage.domain.ledger.models import Process
from maillage.domain.projects import operations
from maillage.domain.projects.drafts import IndicatorDraft, MeetingDraft, ProjectDraft, TaskDraft, TrialDraft
from maillage.domain.projects.models import Meeting, Project
from maillage.domain.projects.times import moment_here
from maillage.importers.demonstration.loaded import Loaded

_FILE = Path(__file__).with_name("data") / "projects.yaml"


def load_projects(loaded: Loaded) -> None:
    """Write the sheet of each project of the ledger, unless it has one."""
    content = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    names = {row.key: row.name for row in loaded.rows.ledger.processes}
    for row in content["groups"]:
        process = Process.objects.filter(pole=loaded.pole, name=names[row["process"]]).first()
        if process is not None and not Project.objects.filter(pk=process.pk).exists():
            _Writing(loaded).project(process, row)


class _Writing:
    """One writing: the people by key, the counts."""

    def __init__(self, loaded: Loaded) -> None:
        self.loaded = loaded
        self.people = {row.key: row for row in loaded.rows.people}

    def project(self, process: Process, row: dict[str, Any]) -> None:
        """Write a sheet and everything under it."""
        loaded = self.loaded
        project = operations.adopt_process(
            process=process,
            data=ProjectDraft(
                name=process.name,
                kind=row["kind"],
                lead=process.lead,
                summary=row["summary"],
                description=row["description"],
                visibility=row["visibility"],
            ),
            at=loaded.moment((loaded.today - process.since).days),
            by=loaded.facilitator,
        )
        loaded.created["projects"] += 1
        for party in row["parties"]:
            operations.add_party(
                project=project,
                organisation=loaded.organisations[party["by"]],
                role=party["role"],
                words=party["words"],
                since=loaded.day(party["days"]),
            )
        for task in row["tasks"]:
            self._task(task, project=project)
        for meeting in row.get("meetings", ()):
            self._meeting(project, meeting)
        if "trial" in row:
            self._trial(project, row["trial"])

    def _person(self, key: str) -> Person:
        return Person.objects.get(email=self.people[key].email)

    def _task(
        self, row: dict[str, Any], *, project: Project | None = None, meeting: Meeting | None = None
    ) -> None:
        made = operations.add_task(
            data=TaskDraft(
                title=row["title"], owner=self._person(row["owner"]), due_on=self.loaded.day(row["days"])
            ),
            project=project,
            meeting=meeting,
            at=self.loaded.now,
            by=self.loaded.facilitator,
        )
        if row.get("done"):
            operations.move_task(task=made, verb="finish", at=self.loaded.now)

    def _at(self, row: dict[str, Any]) -> datetime:
        day: date = self.loaded.day(row["days"])
        return moment_here(day, time(row["hour"]))

    def _meeting(self, project: Project, row: dict[str, Any]) -> None:
        loaded = self.loaded
        meeting = operations.call_meeting(
            data=MeetingDraft(
                pole=loaded.pole,
                project=project,
                title=row["title"],
                place=row["place"],
                starts_at=self._at(row) if "days" in row else None,
            ),
            at=loaded.now,
            by=loaded.facilitator,
        )
        for item in row.get("agenda", ()):
            operations.add_agenda_item(meeting=meeting, title=item["title"], minutes_long=item["minutes"])
        dates = [
            operations.propose_date(meeting=meeting, starts_at=self._at(one), at=loaded.now)
            for one in row.get("dates", ())
        ]
        marks = {}
        for one in row["people"]:
            invitee = operations.add_invitee(meeting=meeting, person=self._person(one["person"]))
            if "presence" in one:
                marks[invitee.pk] = one["presence"]
            if "answers" in one:
                said = {date.pk: choice for date, choice in zip(dates, one["answers"], strict=True)}
                operations.answer_poll(invitee=invitee, choices=said, at=loaded.now)
        if marks:
            operations.note_attendance(meeting=meeting, marks=marks, on=loaded.today)
        self._minutes(meeting, row)

    def _minutes(self, meeting: Meeting, row: dict[str, Any]) -> None:
        for action in row.get("actions", ()):
            self._task(action, meeting=meeting)
        if "minutes" not in row:
            return
        by, at = self.loaded.facilitator, self.loaded.now
        written = operations.save_draft(meeting=meeting, text=row["minutes"], version=0)
        if row["published"]:
            written = operations.publish_minutes(meeting=written, at=at, by=by)
            operations.add_to_minutes(meeting=written, text=row["addendum"], at=at, by=by)

    def _trial(self, project: Project, row: dict[str, Any]) -> None:
        loaded = self.loaded
        trial = operations.start_trial(
            project=project,
            data=TrialDraft(
                question=row["question"],
                method=row["method"],
                starts_on=loaded.day(row["days"]),
                ends_on=loaded.day(row["until_days"]),
            ),
            on=loaded.day(row["days"]),
            at=loaded.moment(row["days"]),
            by=loaded.facilitator,
        )
        for one in row["indicators"]:
            indicator = operations.add_indicator(
                trial=trial, data=IndicatorDraft(label=one["label"], unit=one["unit"], wished=one["wished"])
            )
            for measure in one["measures"]:
                operations.add_measure(
                    indicator=indicator,
                    moment=measure["moment"],
                    quantity=Decimal(measure["quantity"]),
                    measured_on=loaded.day(measure["days"]),
                    source=measure["source"],
                    at=loaded.now,
                    by=loaded.facilitator,
                )
