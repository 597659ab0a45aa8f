"""Two files of needs and offers shared out: read as ``maillage match`` reads them."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from maillage.interfaces.cli.allocating.pairs import paired, why_nobody
from maillage.interfaces.cli.allocating.sharing import MOST_UNLOCKS, Shared, Where, share
from maillage.interfaces.cli.console import remark, step
from maillage.interfaces.cli.entrance import Entrance
from maillage.interfaces.cli.matching.session import (
    Options,
    Reader,
    encoder_named,
    faults_told,
    inside,
    knowledge,
    refuse_empty,
    territory_of,
    understood,
)
from maillage_engine.scale.runners import Runner


@dataclass(frozen=True, slots=True)
class Asked:
    """The two files and how to read them."""

    needs: Path
    offers: Path
    territory: tuple[str, ...]
    k: int
    reach_km: float | None
    encoder: str
    columns: tuple[str, ...]
    day: date


def share_files(
    entrance: Entrance,
    asked: Asked,
    *,
    fairness: str | None,
    seconds: float | None,
    most_unlocks: int | None,
    runner: Runner | None = None,
) -> Shared:
    """Read, find the pairs, share out. Raises ``UserMistake``."""
    with step("Lire les communes"):
        known = knowledge(entrance)
    if known.note:
        remark((known.note,))
    area = territory_of(known, asked.territory) if asked.territory else None
    reader = Reader(known, Options(asked.needs, asked.offers, None, asked.columns, asked.reach_km))
    with step("Lire les besoins et les offres"):
        needs, offers = reader.read("needs"), reader.read("offers")
    reader.check(needs, offers)
    if area is not None:
        needs, offers = inside(needs, area), inside(offers, area)
    refuse_empty((needs, offers), where=" à cet endroit", aim="à répartir")
    with step("Comprendre les textes"):
        encoder = encoder_named(asked.encoder, entrance.home)
        matching = understood(known, needs, offers, encoder=encoder, today=asked.day)
    with step("Chercher les paires"):
        found = paired(matching, needs.lines, offers.lines, k=asked.k)
    remarks = (*found.remarks, *faults_told(needs, offers))
    with step("Répartir"):
        shared = share(
            found.problem,
            seconds=seconds,
            fairness=fairness,
            most_unlocks=MOST_UNLOCKS if most_unlocks is None else most_unlocks,
            remarks=remarks,
            runner=runner,
        )
    alone = [line.need for line in shared.report.lines if line.reason == "nobody"]
    return replace(
        shared,
        why=why_nobody(matching, list(dict.fromkeys(alone))),
        reach_km=asked.reach_km,
        where=Where(
            [line.point for line in needs.lines], [line.point for line in offers.lines], known.ground
        ),
    )
