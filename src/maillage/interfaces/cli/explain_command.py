"""``maillage explain``: why one offer suits one need, or which rules refuse it and what would let it pass."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import click

from maillage.core.errors import UserMistake
from maillage.core.french import number
from maillage.interfaces.cli.console import say
from maillage.interfaces.cli.entrance import Entrance
from maillage.interfaces.cli.french_click import speak_french
from maillage.interfaces.cli.matching.answers import CRITERIA_FR, reasons_of, refused_of, verdict_of
from maillage.interfaces.cli.matching.line import WORD_OF_SIDE, Line, ReadFile
from maillage.interfaces.cli.matching.problem import build_problem
from maillage.interfaces.cli.matching.session import (
    Options,
    Reader,
    encoder_named,
    knowledge,
    to_check,
)
from maillage.interfaces.cli.options.day import day_option
from maillage.interfaces.cli.options.reading import (
    SAME_AS_MATCH,
    columns_option,
    encoder_option,
    reach_option,
)
from maillage.interfaces.cli.options.writing import FILE, file_option
from maillage_engine import Problem
from maillage_engine.explain import Explanation, explain
from maillage_engine.files import load_problem
from maillage_engine.scoring.weights import DEFAULT_WEIGHTS

speak_french()

_LINE = re.compile(r"^(?:ligne\s*)?([0-9]+)$", re.IGNORECASE)
HELP = """Dit pourquoi une offre convient à un besoin, ou pourquoi elle ne convient pas, avec les nombres.

Le besoin et l’offre se désignent par leur référence ou par leur ligne dans le fichier. Un problème gardé par
« maillage match --enregistrer » se rejoue sans les fichiers.

\b
Exemples :
  maillage explain besoins.csv offres.csv --besoin B-012 --offre "ligne 7"
  maillage explain --run probleme.json.gz --besoin B-012 --offre O-3
"""


@dataclass(frozen=True, slots=True)
class Pair:
    """One need and one offer of a problem, and how they are named to the person."""

    problem: Problem
    need: int
    offer: int
    need_label: str
    offer_label: str
    checks: Sequence[str] = ()


@click.command("explain", help=HELP, short_help="Dit pourquoi une offre convient à un besoin, ou non.")
@click.argument("besoins", type=FILE, required=False)
@click.argument("offres", type=FILE, required=False)
@click.option(
    "--besoin", "need", required=True, metavar="RÉF|LIGNE", help="Le besoin : sa référence ou sa ligne."
)
@click.option(
    "--offre", "offer", required=True, metavar="RÉF|LIGNE", help="L’offre : sa référence ou sa ligne."
)
@file_option("--run", "record", is_for="Un problème gardé (.json.gz), au lieu des fichiers.")
@reach_option(is_for=SAME_AS_MATCH)
@columns_option(is_for=SAME_AS_MATCH)
@file_option("--correspondance", "kept", is_for=SAME_AS_MATCH)
@encoder_option(is_for="Idem.")
@day_option(is_for="Le jour où l’on se place.")
@click.pass_obj
def command(
    entrance: Entrance,
    besoins: Path | None,
    offres: Path | None,
    need: str,
    offer: str,
    record: Path | None,
    reach_km: float | None,
    columns: tuple[str, ...],
    kept: Path | None,
    encoder: str,
    day: date,
) -> None:
    """Explain one pair."""
    if record is not None:
        if besoins is not None:
            raise UserMistake("Donnez les deux fichiers, ou --run, mais pas les deux.")
        pair = _recorded(record, need, offer)
    elif besoins is None or offres is None:
        raise UserMistake("Donnez le fichier des besoins et celui des offres, ou --run et un problème gardé.")
    else:
        options = Options(besoins, offres, kept, columns, reach_km)
        pair = _read(entrance, options, need, offer, encoder=encoder, day=day)
    say(said(pair))


def said(pair: Pair) -> list[str]:
    """Return the explanation, line by line."""
    found = explain(pair.problem, pair.need, pair.offer)
    start = [f"Besoin : {pair.need_label}", f"Offre : {pair.offer_label}", ""]
    return [
        *start,
        *(_refused(found) if found.refusals else _feasible(found, pair.checks)),
        "",
        *_numbers(found),
    ]


def _feasible(found: Explanation, checks: Sequence[str]) -> list[str]:
    reasons = reasons_of(found, checks)
    lines = [f"Convient : {verdict_of(found.score).lower()}."]
    lines += [f"  ✓ {text}" for text in reasons.pros]
    lines += [f"  ? à vérifier : {text}" for text in reasons.checks]
    return lines + [f"  – {text}" for text in reasons.cons]


def _refused(found: Explanation) -> list[str]:
    refused = refused_of(found)
    lines = ["Ne convient pas."]
    lines += [f"  ✗ {text}" for text in refused.sentences]
    if not refused.relaxations:
        return [*lines, "Rien de ce que l’un ou l’autre peut changer n’y suffirait."]
    if len(refused.relaxations) < len(refused.sentences):
        return [
            *lines,
            "Il resterait un refus que personne ne peut lever ; pour les autres :",
            *_bullets(refused.relaxations),
        ]
    return [*lines, "Ce qui changerait la réponse :", *_bullets(refused.relaxations)]


def _bullets(texts: Sequence[str]) -> list[str]:
    return [f"  → {text}" for text in texts]


def _numbers(found: Explanation) -> list[str]:
    weights = DEFAULT_WEIGHTS.in_order()
    lines = [
        f"  {label} : {found.criteria[code]} sur 1000, poids {weight}"
        for (code, label), weight in zip(CRITERIA_FR.items(), weights, strict=True)
    ]
    metres = int(found.facts["distance_m"])
    if metres >= 0:
        lines.append(f"  Distance : {number(metres / 1000, digits=1)} km")
    return ["Les nombres :", *lines, f"  Total : {found.score} sur 1000"]


def _recorded(record: Path, need: str, offer: str) -> Pair:
    problem = load_problem(record)
    rows = []
    for ids, asked, word in ((problem.needs.ids, need, "besoin"), (problem.offers.ids, offer, "offre")):
        found = _named(ids, asked)
        if found is None:
            raise UserMistake(
                f"« {asked} » ne désigne rien dans « {record.name} » : donnez la référence de --{word}, telle que "
                "le résultat la montre."
            )
        rows.append(found)
    texts = problem.needs.texts[rows[0]], problem.offers.texts[rows[1]]
    return Pair(problem, rows[0], rows[1], *(_cut(text) for text in texts))


def _named(ids: Sequence[str], asked: str) -> int | None:
    number_of_line = _LINE.match(asked.strip())
    names = [asked.strip(), f"ligne {number_of_line.group(1)}" if number_of_line else ""]
    return next((ids.index(name) for name in names if name in ids), None)


def _read(entrance: Entrance, options: Options, need: str, offer: str, *, encoder: str, day: date) -> Pair:
    known = knowledge(entrance)
    reader = Reader(known, options)
    needs, offers = reader.read("needs"), reader.read("offers")
    reader.check(needs, offers)
    one, other = _line(needs, need), _line(offers, offer)
    problem = build_problem(
        [one],
        [other],
        catalogue=known.catalogue,
        encoder=encoder_named(encoder, entrance.home),
        today=day,
        authorisations_said=offers.says_authorisations,
    )
    pair = replace(needs, lines=(one,)), replace(offers, lines=(other,))
    check = to_check(known, *pair)
    return Pair(problem, 0, 0, _label(one), _label(other), check(0, 0) if check else ())


def _line(file: ReadFile, asked: str) -> Line:
    """Return the line of a reference, else of a number of line."""
    for line in file.lines:
        if line.key == asked.strip():
            return line
    found = _LINE.match(asked.strip())
    wanted = int(found.group(1)) if found else None
    for line in file.lines:
        if line.number == wanted:
            return line
    if wanted in file.silent:
        raise UserMistake(
            f"La ligne {wanted} de « {file.filename} » ne dit pas ce qu’elle veut ou propose : ajoutez-y quelques mots."
        )
    word = WORD_OF_SIDE[file.side]
    first = file.lines[0].key if file.lines else "B-012"
    raise UserMistake(
        f"« {asked} » n’est ni une référence ni une ligne de « {file.filename} ». Écrivez par exemple "
        f'--{word} "{first}" ou --{word} "ligne {file.lines[0].number if file.lines else 2}".'
    )


def _label(line: Line) -> str:
    who = ", ".join(part for part in (line.organisation, line.municipality) if part)
    return f"{line.title}{f' ({who})' if who else ''}, n° {line.key}, ligne {line.number}"


def _cut(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 120 else flat[:119].rstrip() + "…"
