"""Writes synergies at each moment of their life, through the room's own operations, once."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml

from maillage.domain.synergies.drafts import LineDraft, SynergyDraft
from maillage.domain.synergies.enums import AnswerChannel
from maillage.domain.synergies.models import Synergy
from maillage.domain.synergies.operations import follow_up, note_synergy, propose, record_answer
from maillage.importers.demonstration.loaded import Loaded

_FILE = Path(__file__).with_name("data") / "synergies.yaml"


def load_synergies(loaded: Loaded) -> None:
    """Write the synergies, unless the pole has some."""
    if Synergy.objects.filter(pole=loaded.pole).exists():
        return
    for row in yaml.safe_load(_FILE.read_text(encoding="utf-8"))["synergies"]:
        loaded.synergies[row["key"]] = _write(loaded, row)
        loaded.created["synergies"] += 1


def _write(loaded: Loaded, row: Mapping[str, Any]) -> Synergy:
    by = loaded.facilitator
    synergy = note_synergy(
        pole=loaded.pole,
        draft=SynergyDraft(
            title=row.get("title", ""),
            lines=tuple(LineDraft(loaded.intents[key]) for key in row.get("lines", ())),
            organisations=tuple(loaded.organisations[key] for key in row.get("parties", ())),
            owner=by,
        ),
        by=by,
        at=loaded.moment(row["noted_days"]),
    )
    if "proposed_days" in row:
        at = loaded.moment(row["proposed_days"])
        synergy = propose(synergy=synergy, by=by, at=at, addresses=loaded.addresses)
    for one in row.get("answers", ()):
        synergy = record_answer(
            party=synergy.parties.get(organisation=loaded.organisations[one["by"]]),
            answer=one["answer"],
            channel=AnswerChannel.TEAM,
            by=by,
            at=loaded.moment(one["days"]) + timedelta(minutes=5),
            addresses=loaded.addresses,
            reason=one.get("reason", ""),
            words=one.get("words", ""),
        )
    due_on = loaded.day(row["due_days"]) if "due_days" in row else None
    return follow_up(synergy=synergy, owner=by, next_step=row["next_step"], due_on=due_on)
