"""Bulk changes and the way back: what was changed travels, signed, in the form that undoes it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.core import signing

from maillage.core.errors import UserMistake
from maillage.core.french import NBSP, plural
from maillage.domain.actors.models import Pole
from maillage.domain.exchanges.operations import Standing

_KEY = "exchanges.undo"
_SALT = "maillage.exchanges.undo"
_A_DAY = 86_400
_DONE = {"confirmer": ("confirmé", "confirmés"), "retirer": ("retiré", "retirés")}


@dataclass(frozen=True, slots=True)
class Undo:
    """The offer to undo, as the page shows it."""

    sentence: str
    token: str


def sentence(verb: str, count: int) -> str:
    """Say what was done: « 3 retirés »."""
    one, many = _DONE[verb]
    return f"{count}{NBSP}{plural(count, one, many)}."


def keep(
    session: SessionBase, pole: Pole, *, verb: str, before: Sequence[Standing], after: Sequence[Standing]
) -> None:
    """Remember how to undo, for the next page."""
    said = {"pole": pole.pk, "before": _plain(before), "after": _plain(after)}
    token = signing.dumps(said, salt=_SALT, compress=True)
    session[_KEY] = {"pole": pole.pk, "sentence": sentence(verb, len(after)), "token": token}


def pending(session: SessionBase, pole: Pole) -> Undo | None:
    """Return the offer to undo, once."""
    kept = session.get(_KEY)
    if kept is None or kept["pole"] != pole.pk:
        return None
    del session[_KEY]
    return Undo(kept["sentence"], kept["token"])


def read(token: str, pole: Pole) -> tuple[list[Standing], list[Standing]]:
    """Return what stood before and after; raise ``UserMistake`` when the token is too old or not ours."""
    try:
        said = signing.loads(token, salt=_SALT, max_age=_A_DAY)
    except signing.BadSignature as error:
        raise UserMistake("Il est trop tard pour annuler d’un geste. Changez chaque ligne.") from error
    if said["pole"] != pole.pk:
        raise UserMistake("Ce geste appartient à un autre pôle.")
    return _standings(said["before"]), _standings(said["after"])


def _plain(rows: Sequence[Standing]) -> list[dict[str, Any]]:
    return [asdict(row) | {"confirmed_on": row.confirmed_on.isoformat()} for row in rows]


def _standings(rows: list[dict[str, Any]]) -> list[Standing]:
    return [Standing(row["pk"], row["state"], date.fromisoformat(row["confirmed_on"])) for row in rows]
