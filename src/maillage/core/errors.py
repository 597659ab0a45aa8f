"""The errors a person may meet, apart from the bugs.

``UserMistake`` is what somebody can mend: its text is French, says what to do, and is shown as it is.
``Refused`` is what somebody may not do: its text is the reason, shown beside the disabled button.
"""

from collections.abc import Mapping


class MaillageError(Exception):
    """Root of every error that Maillage raises on purpose."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class UserMistake(MaillageError):
    """Something the person can mend; ``field`` names the form field or the column it belongs to."""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class UserMistakes(MaillageError):
    """Several mistakes at once, by field."""

    def __init__(self, by_field: Mapping[str, str]) -> None:
        super().__init__(" ".join(by_field.values()))
        self.by_field = dict(by_field)


class Refused(MaillageError):
    """The person may not do this; the message is the reason, in French."""


class Stopped(MaillageError):
    """The person asked a long work to stop; nothing of it is kept."""

    def __init__(self) -> None:
        super().__init__("Arrêté à votre demande. Rien n’a été enregistré.")
