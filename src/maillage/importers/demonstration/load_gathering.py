"""Writes a closed workshop, an open campaign and an interview, through the room's own operations."""

from datetime import timedelta
from importlib.resources import files
from typing import Any

import yaml

from maillage.domain.gathering.enums import Consent
from maillage.domain.gathering.models import Campaign, Interview, Workshop
from maillage.domain.gathering.operations import answers, campaigns, interviews, room, workshops
from maillage.domain.gathering.operations.closing import close_workshop
from maillage.importers.demonstration.loaded import Loaded


def load_gathering(loaded: Loaded) -> None:
    """Write what is missing of what was listened to."""
    text = (
        files("maillage.importers.demonstration").joinpath("data/gathering.yaml").read_text(encoding="utf-8")
    )
    rows = yaml.safe_load(text)
    if not Workshop.objects.filter(pole=loaded.pole).exists():
        _workshop(loaded, rows["workshop"])
    if not Campaign.objects.filter(pole=loaded.pole).exists():
        _campaign(loaded, rows["campaign"])
    if not Interview.objects.filter(pole=loaded.pole).exists():
        _interview(loaded, rows["interview"])


def _workshop(loaded: Loaded, row: dict[str, Any]) -> None:
    on, at, by = loaded.day(row["days"]), loaded.moment(row["days"]), loaded.facilitator
    workshop = workshops.prepare_workshop(
        pole=loaded.pole,
        fields=workshops.WorkshopFields(
            title=row["title"],
            question=row["question"],
            held_on=on,
            place=row["place"],
            votes_each=row["votes_each"],
        ),
        by=by,
        on=on,
    )
    workshop = workshops.move_workshop(workshop=workshop, verb="open", at=at)
    seats = {}
    for table in row["tables"]:
        seat = room.take_seat(workshop=workshop, at=at)
        seats[table["table"]] = room.introduce_seat(
            seat=seat,
            table_number=table["table"],
            organisation=table["organisation"],
            name="",
            email="",
            consents=False,
            at=at,
        )
    cards = [
        room.write_card(
            workshop=workshop,
            seat=seats[card["table"]],
            kind=card["kind"],
            title=card["title"],
            people_concerned=card.get("people"),
            on=on,
            at=at,
        )
        for card in row["cards"]
    ]
    workshop = workshops.move_workshop(workshop=workshop, verb="vote", at=at)
    for table, card in row["votes"]:
        room.cast_vote(card=cards[card], seat=seats[table], at=at)
    close_workshop(workshop=workshop, by=by, at=at)
    loaded.created["workshops"] += 1


def _campaign(loaded: Loaded, row: dict[str, Any]) -> None:
    opened = loaded.day(row["opened_days"])
    campaign = campaigns.prepare_campaign(
        pole=loaded.pole,
        fields=campaigns.CampaignFields(
            title=row["title"],
            title_easy=row["title_easy"],
            introduction=row["introduction"],
            introduction_easy=row["introduction_easy"],
            opens_on=opened,
            closes_on=loaded.today + timedelta(days=row["open_for_days"]),
        ),
        by=loaded.facilitator,
        on=opened,
    )
    for question in row["questions"]:
        campaigns.add_question(campaign=campaign, is_required=False, **question)
    for answer in row["answers"]:
        said = {name: value for name, value in answer.items() if name != "days"}
        answers.send_answer(
            campaign=campaign,
            answer=None,
            given=answers.Answering(said=said, consents=True),
            on=loaded.day(answer["days"]),
            at=loaded.moment(answer["days"]),
        )
    loaded.created["campaigns"] += 1


def _interview(loaded: Loaded, row: dict[str, Any]) -> None:
    on = loaded.day(row["days"])
    interview = interviews.write_interview(
        pole=loaded.pole,
        fields=interviews.InterviewFields(
            subject=row["subject"],
            held_on=on,
            place=row["place"],
            notes=row["notes"],
            consent=Consent.UNNAMED,
        ),
        by=loaded.facilitator,
        on=on,
    )
    interviews.draw_from(interview=interview, kind="need", words=row["drawn"])
    loaded.created["interviews"] += 1
