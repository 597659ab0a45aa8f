"""``maillage replay``: a study done again from its record, without the database."""

import time
from pathlib import Path

import click

from maillage.core.errors import UserMistake
from maillage.core.french import number
from maillage.interfaces.cli.certified import NotCertified
from maillage.interfaces.cli.console import remark, say, say_written
from maillage.interfaces.cli.french_click import speak_french
from maillage.interfaces.cli.json_file import write_json
from maillage.interfaces.cli.options.writing import FILE, spare, table_option
from maillage_engine.files.study import study_from
from maillage_engine.studies import carry_out

speak_french()

LARGEST = 200_000_000
HELP = """Refait un calcul du bureau à partir de son dossier, sans base ni serveur, et vérifie son certificat.

DOSSIER est le fichier .json.gz que propose la page d’un calcul.

\b
Exemples :
  maillage replay calcul-12.json.gz
  maillage replay calcul-12.json.gz --sortie r.json
"""


@click.command("replay", help=HELP, short_help="Refait un calcul à partir de son dossier.")
@click.argument("dossier", type=FILE)
@table_option(".json", is_for="Résultat en .json.")
def command(dossier: Path, table: Path | None) -> None:
    """Replay a study."""
    begun = time.monotonic()
    spare((dossier,), (table,))
    if not dossier.is_file():
        raise UserMistake(f"Le fichier « {dossier.name} » n’existe pas.")
    if dossier.stat().st_size > LARGEST:
        raise UserMistake(f"Le fichier « {dossier.name} » est trop gros pour être le dossier d’un calcul.")
    study = study_from(dossier.read_bytes(), name=dossier.name)
    done = carry_out(study)
    if not done.valid:
        raise NotCertified("Le résultat n’a pas passé sa vérification ; il n’est pas montré.")
    gap = None if done.bound is None else abs(done.objective - done.bound) / max(1.0, abs(done.objective))
    told = {
        "cost": done.objective,
        "bound": done.bound,
        "gap": gap,
        "seconds": round(time.monotonic() - begun, 3),
        "status": getattr(done.result, "status", "done"),
        "certificate": [proof.as_dict() for proof in done.proofs],
        "method": study.method,
        "digest": study.digest,
        "engine_version": study.engine_version,
    }
    if table is not None:
        write_json(table, told)
    say((f"{study.method} : valeur {number(done.objective)}, certificat valable.",))
    remark((f"Empreinte du problème : {study.digest}",))
    say_written(table)
