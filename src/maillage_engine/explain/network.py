"""The network's measures in French: what each one is, where it comes from, and sentences about it."""

from dataclasses import dataclass

from maillage_engine.explain.french_numbers import NBSP, counted_fr, list_fr, number_fr
from maillage_engine.methods.network.problem import NetworkProblem
from maillage_engine.methods.network.result import Meeting, NetworkResult, SinglePoint

MOST_NAMES = 5


@dataclass(frozen=True, slots=True)
class Definition:
    """One measure: its name, what it is in plain words, and where it comes from."""

    label: str
    definition: str
    source: str


DEFINITIONS: dict[str, Definition] = {
    "density": Definition(
        "Densité",
        "Part des paires d’acteurs qui sont liées ce jour-là, parmi toutes les paires possibles.",
        "Wasserman et Faust, Social Network Analysis, Cambridge University Press, 1994, chapitre 4.",
    ),
    "components": Definition(
        "Groupes",
        "Ensembles d’acteurs que des liens relient de proche en proche ; entre deux groupes, aucun lien.",
        "Wasserman et Faust, 1994, chapitre 4.",
    ),
    "brokers": Definition(
        "Intermédiaires",
        "Part des paires d’autres acteurs dont le plus court chemin passe par celui-ci "
        "(partagée quand il y a plusieurs plus courts chemins).",
        "Freeman, « A set of measures of centrality based on betweenness », Sociometry 40, 1977 ; "
        "calcul de Brandes, 2001.",
    ),
    "single_points": Definition(
        "Points de fragilité",
        "Acteurs dont le départ couperait leur groupe en plusieurs morceaux (points d’articulation).",
        "Hopcroft et Tarjan, Communications of the ACM 16, 1973.",
    ),
    "core": Definition(
        "Noyau et périphérie",
        "Noyau : les acteurs qui restent quand on retire, encore et encore, ceux qui ont moins de k liens, pour le "
        "plus grand k possible. Périphérie : ceux qui n’ont qu’un lien, ou qui tiennent par une chaîne de liens "
        "simples.",
        "Seidman, « Network structure and minimum degree », Social Networks 5, 1983.",
    ),
    "quarters": Definition(
        "Trimestre après trimestre",
        "L’état du réseau le dernier jour de chaque trimestre ; un lien est nouveau quand ses deux acteurs n’en "
        "avaient jamais eu.",
        "Définition de Maillage.",
    ),
    "lasting_projects": Definition(
        "Projets à plusieurs qui durent",
        "Projets qui réunissent au moins trois acteurs et qui ont duré la durée demandée (un an sans autre choix).",
        "Définition de Maillage.",
    ),
    "reach": Definition(
        "Portée de l’animateur",
        "Ce qui tient à l’animateur du pôle : qui il joint, et ce que devient le réseau sans lui.",
        "Définition de Maillage, sur les composantes du graphe privé de ce sommet.",
    ),
    "meetings": Definition(
        "Rencontres à provoquer",
        "Paires qui ne sont pas liées : chaque relation commune compte 1 / ln(nombre de ses liens), l’animateur à "
        "part ; chaque besoin de l’un que l’autre offre compte 1.",
        "Adamic et Adar, « Friends and neighbors on the Web », Social Networks 25, 2003.",
    ),
}


def names_fr(problem: NetworkProblem, rows: tuple[int, ...]) -> str:
    """Return the first names, and how many more there are."""
    names = [problem.actors[row] for row in rows[:MOST_NAMES]]
    more = len(rows) - len(names)
    return list_fr([*names, *([f"{more} autres" if more > 1 else "1 autre"] if more else [])])


def meeting_fr(problem: NetworkProblem, one: Meeting) -> str:
    """Say why two actors should meet."""
    reasons = []
    if one.common:
        reasons.append(f"ils connaissent tous deux {names_fr(problem, one.common)}")
    if one.complements:
        reasons.append(f"l’un cherche ce que l’autre propose ({', '.join(one.complements)})")
    pair = f"{problem.actors[one.one]} et {problem.actors[one.other]}"
    return f"{pair}{NBSP}: {' ; '.join(reasons)}."


def single_point_fr(problem: NetworkProblem, one: SinglePoint) -> str:
    """Say what an actor holds together."""
    verb = "acteur serait coupé" if one.cut_off < 2 else "acteurs seraient coupés"
    return f"Sans {problem.actors[one.actor]}, {one.cut_off} {verb} du reste de leur groupe."


def summary_fr(problem: NetworkProblem, result: NetworkResult) -> list[str]:
    """Return the network in a few sentences."""
    groups, alone = len(result.components), len(result.isolated)
    lines = [
        f"{counted_fr(result.actors, 'acteur', 'acteurs')}, {counted_fr(result.links, 'lien', 'liens')} "
        f"aujourd’hui{NBSP}: "
        f"{number_fr(100 * result.density)}{NBSP}% des paires possibles."
    ]
    shape = counted_fr(groups, "groupe", "groupes")
    lines.append(f"{shape}, {counted_fr(alone, 'acteur', 'acteurs')} sans lien aujourd’hui.")
    if result.brokers:
        lines.append(
            f"Les intermédiaires{NBSP}: {names_fr(problem, tuple(one.actor for one in result.brokers))}."
        )
    if result.single_points:
        lines.append(single_point_fr(problem, result.single_points[0]))
    reach = result.reach
    if reach is not None:
        lines.append(
            f"L’animateur joint {counted_fr(reach.direct, 'acteur', 'acteurs')} directement, {reach.reached} de proche "
            f"en proche. Sans lui, le réseau ferait {counted_fr(reach.components_without, 'groupe', 'groupes')} et "
            f"{counted_fr(len(reach.alone), 'acteur resterait', 'acteurs resteraient')} sans aucun lien."
        )
    return lines
