"""``maillage courrier``: the mail of the pole becomes drafts to read."""

from pathlib import Path

import click

from maillage.core.errors import UserMistake
from maillage.core.french import NBSP, plural
from maillage.interfaces.cli.console import out
from maillage.interfaces.cli.entrance import Entrance

HELP = """Lit le courrier du pôle : chaque message devient un brouillon à relire.

La boîte est celle des réglages MAILLAGE_INBOX_… ou le dossier maildir donné. Elle n’est que lue : rien n’y est
effacé, déplacé ni marqué. Un message déjà lu ici ne l’est pas deux fois ; les réponses automatiques, les listes et les
avis de non-distribution sont laissés. À lancer toutes les dix minutes, par cron par exemple.

\b
Exemples :
  maillage courrier
  maillage courrier --pole berry-gatinais --maildir ~/Maildir
"""


@click.command(
    "courrier", help=HELP, short_help="Lit le courrier du pôle : chaque message devient un brouillon."
)
@click.option("--pole", "slug", default="", help="Pôle des messages dont l’adresse n’en nomme aucun.")
@click.option("--maildir", type=click.Path(path_type=Path), help="Dossier maildir, au lieu des réglages.")
@click.pass_obj
def command(entrance: Entrance, slug: str, maildir: Path | None) -> None:
    """Read the mail once."""
    entrance.open_database()
    from maillage.interfaces.cli.database_ready import check_ready  # noqa: PLC0415 - Django is set up by now
    from maillage.interfaces.jobs.inbox import read_inbox  # noqa: PLC0415 - Django is set up by now

    check_ready()
    tally = read_inbox(slug=slug, maildir=maildir)
    drafts = f"{tally.drafts}{NBSP}{plural(tally.drafts, 'brouillon nouveau', 'brouillons nouveaux')}"
    out.print(f"{drafts}, {tally.known} déjà lus, {tally.ignored} laissés de côté.")
    for reason, count in sorted(tally.reasons.items()):
        out.print(f"  laissés, {reason} : {count}")
    if tally.lost:
        raise UserMistake(
            f"{tally.lost}{NBSP}{plural(tally.lost, 'message ne nomme', 'messages ne nomment')} aucun pôle. "
            "Donnez --pole, ou MAILLAGE_INBOX_POLE."
        )
