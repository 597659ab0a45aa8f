"""The ``maillage`` command: its sub-commands, and how errors become sentences and exit codes."""

import sys
from collections.abc import Sequence
from importlib import import_module

import click

from maillage.core.errors import MaillageError
from maillage.core.french import NBSP
from maillage.interfaces.cli.console import notes
from maillage.interfaces.cli.entrance import Entrance
from maillage.interfaces.cli.exit_codes import ExitCode
from maillage.interfaces.cli.french_click import speak_french

COMMANDS: dict[str, str] = {
    "match": "Rapproche un fichier de besoins et un fichier d’offres, sans base ni serveur.",
    "explain": "Dit pourquoi une offre convient à un besoin, ou pourquoi elle ne convient pas.",
    "allocate": "Répartit les offres entre les besoins, et dit ce qui manque et pourquoi.",
    "cooperate": "Assemble des unités en une chaîne, au moindre coût, avec les solutions suivantes.",
    "tour": "Prépare des tournées : qui passe où, à quelle heure, avec quoi à bord.",
    "network": "Regarde le réseau des acteurs : qui relie qui, ce qui est fragile, qui devrait se rencontrer.",
    "replay": "Refait un calcul du bureau à partir de son dossier, sans base ni serveur.",
    "evaluate": "Mesure si la bonne étiquette, ou la bonne offre, arrive en tête.",
    "train": "Apprend les types du catalogue.",
    "import": "Importe un tableau dans un pôle, après vérification.",
    "courrier": "Lit le courrier du pôle : chaque message devient un brouillon.",
    "doctor": "Dit ce qui manque sur cette machine et comment l’obtenir.",
    "demo": "Prépare et ouvre le pôle de démonstration.",
    "serve": "Ouvre le site et son exécutant de travaux.",
}


class LazyGroup(click.Group):
    """Loads a command only when it is called: ``--help`` stays instant."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order in which people meet them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import ``maillage.interfaces.cli.<name>_command`` and return its ``command``."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"maillage.interfaces.cli.{cmd_name}_command")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from the table, without importing them."""
        with formatter.section(f"Commandes{NBSP}"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="maillage", message="Maillage %(version)s")
def cli() -> None:
    """Maillage : dire ce qui manque, rapprocher, s’accorder, faire, compter."""


def _told_by_the_engine(error: Exception) -> ExitCode | None:
    """Print an error that the engine raised on purpose, and return its code; ``None`` for any other.

    The engine takes half a second to load: a command that did not need it cannot meet its errors.
    """
    errors = sys.modules.get("maillage_engine.errors")
    if errors is None or not isinstance(error, errors.EngineError):
        return None
    notes.print(error.message, style="red", markup=False)
    missing = isinstance(error, errors.EncoderUnavailable)
    return ExitCode.MISSING_ON_MACHINE if missing else ExitCode.FAULTY_INPUT


def run(entrance: Entrance, words: Sequence[str]) -> int:
    """Run one command and return its exit code; a mistake of the user's becomes its sentence."""
    speak_french()
    try:
        result = cli.main(args=list(words), prog_name="maillage", obj=entrance, standalone_mode=False)
    except click.exceptions.Abort:
        notes.print("Arrêté. Rien n’est enregistré à moitié.")
        return ExitCode.INTERRUPTED
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except MaillageError as error:
        notes.print(error.message, style="red", markup=False)
        return ExitCode.FAULTY_INPUT
    except Exception as error:  # the last door: what the engine says on purpose is told, the rest is a bug
        code = _told_by_the_engine(error)
        if code is None:
            raise
        return code
    return result if isinstance(result, int) else ExitCode.OK
