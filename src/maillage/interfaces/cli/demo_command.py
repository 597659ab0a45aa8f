"""``maillage demo``: an instance with the demonstration pole, ready to be looked at."""

import hashlib
import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from maillage.core.errors import UserMistake
from maillage.core.french import NBSP, number, plural
from maillage.interfaces.cli.console import notes, out, step
from maillage.interfaces.cli.entrance import Entrance
from maillage.interfaces.cli.serve_command import free_port, launch_site, launch_worker, supervised, watch

if TYPE_CHECKING:
    from maillage.importers.demonstration.load import DemonstrationSummary

STAMP = "demonstration.json"


@dataclass(frozen=True, slots=True)
class Prepared:
    """What the preparation leaves to say."""

    summary: "DemonstrationSummary"
    found: list[str]


@click.command(
    "demo",
    help="Prépare et ouvre le pôle de démonstration, ouvertement inventé.\n\n"
    "\b\nExemples :\n  maillage demo\n  maillage demo --reset\n  maillage demo --no-serve",
)
@click.option("--reset", is_flag=True, help="Efface la démonstration et repart de zéro.")
@click.option("--no-serve", is_flag=True, help="Prépare seulement, sans ouvrir le site.")
@click.option(
    "--port", type=click.IntRange(1, 65_535), default=8000, show_default=True, help="Port local souhaité."
)
@click.pass_obj
def command(entrance: Entrance, reset: bool, no_serve: bool, port: int) -> None:
    """Prepare what is not, then serve."""
    notes.print("Maillage, pôle de démonstration")
    if reset:
        _erase(entrance)
    with step("Base de données"):
        entrance.open_database()
    if no_serve:
        _present(prepare(entrance), None)
        return
    port = free_port(port)
    with supervised() as processes:
        if not _stale(entrance):
            processes.append(launch_site(port=port, workers=1))  # it starts while the accounts are renewed
        _present(prepare(entrance), f"http://localhost:{port}")
        if not processes:
            processes.append(launch_site(port=port, workers=1))
        processes.append(launch_worker(port=port))
        watch(processes)


def _erase(entrance: Entrance) -> None:
    """Drop the embedded database and its files; another server's database is not ours to drop."""
    if not entrance.uses_embedded_database():
        raise UserMistake(
            "--reset n’efface que la base embarquée. Avec DATABASE_URL, videz la base vous-même puis relancez."
        )
    with step("Effacer la démonstration"):
        if not entrance.erase_database():
            raise UserMistake(
                "La démonstration tourne encore ailleurs : arrêtez-la (Ctrl-C), puis recommencez."
            )
        (entrance.home / STAMP).unlink(missing_ok=True)
        shutil.rmtree(entrance.home / "files", ignore_errors=True)


def _wanted(entrance: Entrance) -> dict[str, str]:
    """What each step depends on, in their order."""
    return {
        "Migrations": _digest(entrance.project_root / "src", "migrations/*.py"),
        "Communes": _digest(entrance.node_modules / "@etalab", "decoupage-administratif/package.json"),
        "Catalogue": _digest(entrance.project_root / "src/maillage/domain/catalogue/data", "*"),
        "Pôle": _digest(entrance.project_root / "src/maillage/importers/demonstration/data", "*"),
    }


def _stale(entrance: Entrance) -> set[str]:
    """The steps to do: what changed since they were done, and every step after the first of those."""
    stamp = entrance.home / STAMP
    known: dict[str, str] = json.loads(stamp.read_text(encoding="utf-8")) if stamp.exists() else {}
    wanted = _wanted(entrance)
    names = list(wanted)
    first = next((rank for rank, name in enumerate(names) if known.get(name) != wanted[name]), len(names))
    return set(names[first:])


def prepare(entrance: Entrance) -> Prepared:
    """Do each step whose stamp is missing or old; give fresh passwords at each start."""
    from maillage.interfaces.cli import demo_steps  # noqa: PLC0415 - Django is set up by now

    stale = _stale(entrance)
    for name, work in (
        ("Migrations", demo_steps.migrate),
        ("Communes", demo_steps.load_communes),
        ("Catalogue", demo_steps.load_types),
    ):
        if name in stale:
            with step(demo_steps.LABELS[name]) as said:
                said.append(work())
    with step("Pôle de démonstration" if stale else "Comptes de démonstration") as said:
        summary = demo_steps.load_pole() if stale else demo_steps.renew_accounts()
        said.append(f"{len(summary.accounts)}{NBSP}comptes")
    if stale:
        with step("Rapprochements") as said:
            said.append(demo_steps.match())
        wanted = json.dumps(_wanted(entrance), indent=1)
        (entrance.home / STAMP).write_text(wanted, encoding="utf-8")
    return Prepared(summary, demo_steps.findings())


def _digest(folder: Path, pattern: str) -> str:
    total = hashlib.sha256()
    for file in sorted(folder.rglob(pattern)):
        if file.is_file():
            total.update(file.name.encode() + file.read_bytes())
    return total.hexdigest()


def _present(prepared: Prepared, address: str | None) -> None:
    """Print what was found, the accounts, the address."""
    out.print()
    for line in prepared.found:
        out.print(line, markup=False, soft_wrap=True)
    accounts = prepared.summary.accounts
    out.print()
    out.print(
        f"{number(len(accounts))}{NBSP}{plural(len(accounts), 'compte', 'comptes')}, mots de passe de ce jour :"
    )
    for account in accounts:
        who = f"{account.label:<16} {account.name:<20} {account.email:<28}"
        out.print(f"  {who} {account.password}", markup=False, soft_wrap=True)
    if address:
        out.print(f"\nOuvrez {address}  (Ctrl-C pour arrêter)", style="bold")
