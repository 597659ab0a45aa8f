"""``docs/reference/commandes.md``: every command with its help, and the exit codes."""

import click

from maillage.interfaces.cli.exit_codes import MEANINGS
from maillage.interfaces.cli.main import COMMANDS, cli

WIDTH = 100


def page() -> str:
    """Return the page."""
    parts = ["# La commande `maillage`", ""]
    context = click.Context(cli, info_name="maillage")
    for name, summary in COMMANDS.items():
        command = cli.get_command(context, name)
        if command is None:
            raise LookupError(name)
        inner = click.Context(
            command, info_name=f"maillage {name}", max_content_width=WIDTH, terminal_width=WIDTH
        )
        parts += [f"## `maillage {name}`", "", summary, "", "```text", command.get_help(inner), "```", ""]
    parts += ["## Codes de sortie", "", "| code | sens |", "|---|---|"]
    parts += [f"| {code.value} | {meaning} |" for code, meaning in MEANINGS.items()]
    return "\n".join([*parts, ""])
