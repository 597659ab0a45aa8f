"""The offline page of needs met by several: who together, which chain, which role is missing, what was checked."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from maillage.core.french import NBSP, number, plural
from maillage.interfaces.cli.cooperating.outcome import STATUS_FR
from maillage.interfaces.cli.cooperating.territory import Answered
from maillage.interfaces.cli.cooperating.territory_map import territory_map
from maillage.interfaces.cli.report.blocks import (
    Block,
    Certificate,
    Checked,
    Fact,
    Figure,
    Page,
    Prose,
    Reason,
    Reasons,
    Section,
    write_page,
)
from maillage.interfaces.drawing.figure import Drawing
from maillage.interfaces.drawing.sankey import Link, Node, sankey

MOST_NEEDS = 60
CHECKS = {
    "digest": "Le résultat est celui de ces données",
    "allowed": "Chacun peut donner ce qui lui est demandé",
    "lines": "Chaque ligne de la recette est servie, ou dite manquante",
    "given": "Rien n’est pris au-delà de ce que la chaîne donne",
    "offers": "Aucune offre n’est donnée deux fois",
    "needs": "Le besoin est servi",
    "choices": "Les options qui s’excluent ne sont pas prises ensemble",
    "cost": "Coût recompté ligne à ligne",
    "order": "Les réponses vont de la meilleure à la suivante",
    "different": "Les réponses sont vraiment différentes",
    "members": "Chaque membre du groupe peut répondre",
    "hours": "Il y a quelqu’un à chaque heure voulue",
    "amounts": "Les quantités du groupe suffisent",
    "bound": "La borne ne dépasse pas le coût",
}
WORDS = {"offer": "Qui apporte", "need": "Besoin", "missing": "Manque", "flow": "Apport"}


def write_territory(path: Path, *, answered: Answered, day: date) -> None:
    """Write the page of what ``cooperate_files`` has found."""
    answers = answered.content
    needs: Sequence[dict[str, Any]] = answers["needs"]
    shown = needs[:MOST_NEEDS]
    whole = sum(any(not one["missing"] for one in need["chains"]["solutions"]) for need in needs)
    together = sum(bool(need["bundles"]["solutions"]) for need in needs)
    notes = list(answers["notes"])
    if len(needs) > MOST_NEEDS:
        notes.append(
            f"La page montre les {MOST_NEEDS} premiers besoins sur {number(len(needs))} ; --sortie les a tous."
        )
    page = Page(
        f"{number(len(needs))} {plural(len(needs), 'besoin', 'besoins')}, à plusieurs.",
        "Qui peut répondre ensemble, quelles chaînes les recettes permettent, et quel rôle manque. "
        "Rien n’est promis : ce sont des pistes à appeler.",
        facts=(
            Fact(
                number(together),
                plural(
                    together,
                    "besoin servi en s’y mettant à plusieurs",
                    "besoins servis en s’y mettant à plusieurs",
                ),
            ),
            Fact(
                number(whole),
                plural(whole, "besoin a une chaîne complète", "besoins ont une chaîne complète"),
            ),
            Fact(number(answers["recipes"]), "recettes connues"),
        ),
        sections=tuple(_section(need, answered) for need in shown),
        certificate=_certificate(needs),
        day=day,
        notes=tuple(notes),
    )
    write_page(path, page)


def _section(need: dict[str, Any], answered: Answered) -> Section:
    blocks: list[Block] = []
    chains = need["chains"]["solutions"]
    placed = territory_map(need, answered)
    where = [] if placed is None else [Figure(placed)]
    if chains:
        blocks += [Figure(_drawing(need, chains[0])), *where]
        blocks.append(Reasons(tuple(_chain(rank, one) for rank, one in enumerate(chains, start=1))))
        blocks.append(_bundles(need["bundles"]))
    else:
        blocks.append(Prose(tuple(need["chains"]["reason"]) or ("Aucune recette ne mène à ce besoin.",)))
        blocks += [_bundles(need["bundles"]), *where]
    return Section(need["title"] or need["need"], tuple(blocks), intro=f"n°{NBSP}{need['need']}")


def _drawing(need: dict[str, Any], chain: dict[str, Any]) -> Drawing:
    """Who brings what to which recipe; widths are alike, for quantities are in several units."""
    nodes = {"need": Node("need", need["title"] or need["need"], "need")}
    links = []
    for at, run in enumerate(chain["runs"]):
        nodes[f"r{at}"] = Node(f"r{at}", run["label"])
    for flow in chain["flows"]:
        source = f"r{flow['from_run']}" if flow["offer"] is None else f"o{flow['offer']}"
        if flow["offer"] is not None:
            nodes[source] = Node(source, flow["name"], "offer")
        target = "need" if flow["to_run"] is None else f"r{flow['to_run']}"
        links.append(Link(source, target, 1.0, "flow", flow["told"]))
    for at, one in enumerate(chain["missing"]):
        nodes[f"m{at}"] = Node(f"m{at}", one["label"], "missing")
        links.append(Link(f"m{at}", f"r{one['to_run']}", 1.0, "missing", "personne encore"))
    return sankey(list(nodes.values()), links, title="La meilleure chaîne", words=WORDS, measured=False)


def _chain(rank: int, chain: dict[str, Any]) -> Reason:
    missing = [one["label"] for one in chain["missing"]]
    return Reason(
        f"Chaîne {rank} : " + (f"il manque {', '.join(missing)}" if missing else "tous les rôles sont tenus"),
        for_=tuple(line.strip(" –→") for line in chain["told"] if "il manque" not in line),
        checks=(*chain["to_specify"], *chain["conditions"]),
        against=tuple(_sentence(line) for line in chain["told"] if "il manque" in line),
    )


def _sentence(line: str) -> str:
    bare = line.strip(" –")
    return f"{bare[:1].upper()}{bare[1:]}"


def _bundles(bundles: dict[str, Any]) -> Block:
    if not bundles["solutions"]:
        return Prose((f"Sans transformation : {bundles['reason'] or STATUS_FR.get(bundles['status'], '')}",))
    return Reasons(
        tuple(
            Reason(
                f"À plusieurs, sans transformation : réponse {rank}", for_=tuple(map(_member, one["members"]))
            )
            for rank, one in enumerate(bundles["solutions"], start=1)
        )
    )


def _member(member: dict[str, Any]) -> str:
    metres = member["distance_m"]
    away = "distance inconnue" if metres < 0 else f"à {number(metres / 1000, digits=1)}{NBSP}km"
    return f"{member['name']}, {away}"


def _certificate(needs: Sequence[dict[str, Any]]) -> Certificate:
    """One line a kind of check, for all the needs together."""
    passed: dict[str, list[bool]] = {}
    for need in needs:
        for part in (need["bundles"], need["chains"]):
            for check in part["certificate"]["checks"]:
                passed.setdefault(check["name"].partition("#")[0], []).append(check["passed"])
    checks = tuple(
        Checked(
            CHECKS.get(name, name), all(found), f"{number(len(found))} {plural(len(found), 'fois', 'fois')}"
        )
        for name, found in passed.items()
    )
    versions = {need["chains"]["certificate"]["engine_version"] for need in needs}
    return Certificate(checks, facts=(("Moteur", ", ".join(sorted(versions))),))
