"""The errors of the engine. Each message is French, names the place, and says what to do."""


class EngineError(Exception):
    """Root of every error that the engine raises on purpose."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class InvalidProblem(EngineError):
    """The arrays do not make a problem: ``attribute`` is the faulty one, ``row`` its first faulty row or None."""

    def __init__(self, attribute: str, message: str, *, row: int | None = None) -> None:
        place = f"« {attribute} »" if row is None else f"« {attribute} », ligne {row}"
        super().__init__(f"{place} : {message}")
        self.attribute = attribute
        self.row = row


class InvalidArgument(EngineError):
    """An argument of a method is out of its range; ``argument`` names it."""

    def __init__(self, argument: str, message: str) -> None:
        super().__init__(f"« {argument} » : {message}")
        self.argument = argument


class InvalidFile(EngineError):
    """A file does not follow the schema: ``line`` counts from 1, heading included; ``column`` is its name."""

    def __init__(
        self, path: str, message: str, *, line: int | None = None, column: str | None = None
    ) -> None:
        place = path
        if line is not None:
            place += f", ligne {line}"
        if column is not None:
            place += f", colonne « {column} »"
        super().__init__(f"{place} : {message}")
        self.path = path
        self.line = line
        self.column = column


class EncoderUnavailable(EngineError):
    """The encoder's package or its model is not usable on this machine."""
