"""What stands in the way of a process network, in French."""

from maillage_engine.explain.french_numbers import list_fr, number_fr
from maillage_engine.methods.cooperate.obstacles import Obstacle

_MOST_NAMES = 6


def obstacle_fr(one: Obstacle) -> str:
    """Return the sentence of an obstacle: what cannot be made, why, and what to do."""
    names = _names(one.names)
    if one.code == "no_maker":
        return (
            f"« {one.product} » ne peut pas être obtenu : aucune unité n’en donne. "
            "Ajoutez une recette qui le produit."
        )
    if one.code == "missing_input":
        return (
            f"« {one.product} » ne peut pas être obtenu : il manque {names}, que personne ne donne et qui ne "
            "s’achète pas. Déclarez-le matière première, ou ajoutez une recette qui le donne."
        )
    if one.code == "makes_raw":
        return (
            f"« {one.product} » ne peut pas être obtenu : {names} donne aussi une matière première. "
            "Déclarez cette matière comme intermédiaire."
        )
    if one.code == "exclusive":
        return (
            f"Aucune solution : il faudrait réunir des unités qui s’excluent, parmi {names}. "
            "Revoyez les exclusions, ou ajoutez une autre façon de faire."
        )
    if one.code == "quantity":
        most, asked = number_fr(one.numbers["most"], 2), number_fr(one.numbers["asked"], 2)
        held = f" ; ce qui limite : {names}" if one.names else ""
        return f"« {one.product} » : au plus {most}, il en faut {asked}{held}."
    return (
        f"Aucune solution : chaque produit pris seul peut être obtenu, mais pas {names} ensemble dans les bornes "
        "données (tailles, surplus admis, minimums, exclusions). Élargissez l’une d’elles."
        if len(one.names) > 1
        else f"{names} peut être obtenu, mais pas dans les bornes données (tailles, surplus admis, minimums, "
        "exclusions). Élargissez l’une d’elles."
    )


def _names(names: tuple[str, ...]) -> str:
    said = [f"« {name} »" for name in names[:_MOST_NAMES]]
    if len(names) > _MOST_NAMES:
        said.append(f"{len(names) - _MOST_NAMES} autres")
    return list_fr(said) if said else ""
