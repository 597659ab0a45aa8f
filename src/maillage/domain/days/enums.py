"""The closed lists of the room."""

from enum import StrEnum


class Subject(StrEnum):
    """What a line of a day is about; the door knows its page."""

    SYNERGY = "synergy"
    AGREEMENT = "agreement"
    COMMITMENT = "commitment"
    INTENT = "intent"
    LETTERS = "letters"
    ORGANISATION = "organisation"
    PROJECT = "project"
    MEETING = "meeting"
    TASK = "task"


class Mark(StrEnum):
    """The state of a line, as the badges draw it."""

    DONE = "done"
    PROMISED = "promised"
    PROPOSED = "proposed"
    SOON = "soon"
    LATE = "late"
