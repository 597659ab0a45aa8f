"""Nothing that its own certificate refuses is shown, whichever command found it."""

from collections.abc import Sequence

from maillage.core.errors import MaillageError
from maillage_engine.certify.proof import Check


class NotCertified(MaillageError):
    """A result that does not pass the engine's own check: a fault of ours, and nothing of it is shown."""


NOT_SHOWN = "Le résultat n’a pas passé sa vérification, rien n’en est montré : {faults}."


def refuse_faults(faults: Sequence[Check], told: str = NOT_SHOWN) -> None:
    """Raise ``NotCertified`` when there are faults; they take the place of ``{faults}`` in the sentence ``told``."""
    if faults:
        every = " ; ".join(f"{one.name} ({one.detail})" for one in faults)
        raise NotCertified(told.replace("{faults}", every))
