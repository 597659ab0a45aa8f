"""What is written in the room ``days``."""

from maillage.domain.days.operations.calendar import close_calendar, open_calendar
from maillage.domain.days.operations.confirmation import (
    Answered,
    Asked,
    answer_confirmation,
    ask_confirmation,
    lines_to_confirm,
    request_of,
)

__all__ = [
    "Answered",
    "Asked",
    "answer_confirmation",
    "ask_confirmation",
    "close_calendar",
    "lines_to_confirm",
    "open_calendar",
    "request_of",
]
