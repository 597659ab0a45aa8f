"""What the command says to the shell when it ends; ``docs/reference/commandes.md`` is written from this table."""

from enum import IntEnum


class ExitCode(IntEnum):
    """The codes of ``maillage``."""

    OK = 0
    BUG = 1
    USAGE = 2
    FAULTY_INPUT = 3
    MISSING_ON_MACHINE = 4
    INTERRUPTED = 130


MEANINGS: dict[ExitCode, str] = {
    ExitCode.OK: "Tout s’est bien passé.",
    ExitCode.BUG: "Une erreur de notre côté ; le message technique est affiché.",
    ExitCode.USAGE: "La commande ou une option est mal écrite.",
    ExitCode.FAULTY_INPUT: "Un fichier ou une valeur est à corriger ; la phrase dit quoi faire.",
    ExitCode.MISSING_ON_MACHINE: "Il manque quelque chose sur cette machine (voir maillage doctor).",
    ExitCode.INTERRUPTED: "Arrêté par Ctrl-C ; rien n’est enregistré à moitié.",
}
