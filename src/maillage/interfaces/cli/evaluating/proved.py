"""Nothing that its own certificate refuses is shown."""

from maillage.core.errors import MaillageError
from maillage_engine.certify.proof import Proof


class NotCertified(MaillageError):
    """A result that does not pass its own check."""


def refuse_unless_valid(proof: Proof) -> None:
    """Raise ``NotCertified`` with each fault."""
    if not proof.valid:
        faults = " ; ".join(f"{one.name} ({one.detail})" for one in proof.faults)
        raise NotCertified(f"Le résultat n’a pas passé sa vérification, rien n’en est montré : {faults}.")
