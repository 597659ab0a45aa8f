"""An offer added, removed, moved, resized; two sharings side by side, and in words."""

from maillage_engine.explain.allocation import compare_fr, summary_fr, unlock_fr
from maillage_engine.methods.allocate.solve import allocate
from maillage_engine.methods.allocate.unlock import unlocks
from maillage_engine.methods.allocate.what_if import Link, added, compare, moved, removed, resized
from tests.engine.sharings import plain

BASE = plain(
    wanted=[10, 8],
    there=[6, 4],
    pairs=[(0, 0), (1, 1)],
    need_ids=["Cantine", "Crèche"],
    offer_ids=["Plateforme", "Ferme"],
    offer_commune=["Vierzon", "Bourges"],
    offer_family=["Compostage", "Compostage"],
    need_unit=["t", "t"],
    offer_unit=["t", "t"],
)


def _served(problem: object) -> list[float]:
    return allocate(problem).served(problem).ravel().tolist()  # type: ignore[arg-type]  # an AllocationProblem


def test_r13__an_offer_is_added_removed_moved_resized() -> None:
    assert _served(BASE) == [6, 4]
    assert _served(resized(BASE, 0, 9)) == [9, 4]
    assert _served(removed(BASE, 1)) == [6, 0]
    assert _served(moved(BASE, 1, [Link(0)], commune="Vierzon")) == [10, 0]
    assert _served(added(BASE, "Composteur", 3, [Link(0), Link(1)], unit="t")) in (
        [9, 4],
        [6, 7],
        [7, 6],
        [8, 5],
    )


def test_what_if__two_sharings_are_told_side_by_side() -> None:
    after = resized(BASE, 0, 10)
    told = compare((BASE, allocate(BASE)), (after, allocate(after)))
    assert [(one.need, one.before, one.after) for one in told.gaining] == [("Cantine", 6, 10)]
    assert told.losing == ()
    words = [line.replace("\u00a0", " ") for line in compare_fr(told, unit="t")]
    assert words == [
        "4 t de plus : 14 t au lieu de 10 t.",
        "Besoins servis entièrement : 1 au lieu de 0.",
        "Y gagnent : Cantine (+4 t).",
    ]


def test_explain__says_what_would_unlock_and_the_whole() -> None:
    result = allocate(BASE)
    words = {unlock_fr(BASE, one).replace("\u00a0", " ") for one in unlocks(BASE, result)}
    assert words == {
        "4 t de « Compostage » de plus à Vierzon serviraient 1 besoin de plus (4 t).",
        "4 t de « Compostage » de plus à Bourges serviraient 1 besoin de plus (4 t).",
    }
    summary = [line.replace("\u00a0", " ") for line in summary_fr(BASE, result)]
    assert "10 t sur 18 t demandées (56 %)." in summary
