"""Which hours of the week: « mardi matin », « lundi au vendredi 8h-12h », « tous les jours sauf dimanche ».

Conventions: morning 8 to 12, noon 12 to 14, afternoon 13 to 18, evening 18 to 22, night 22 to 6; hours are
whole, so « 8h30-12h » is widened to 8 h-12 h and a remark says so.
"""

import re
from dataclasses import dataclass

from maillage.core.errors import UserMistake
from maillage.core.french import fold
from maillage.core.periods import DAYS, Slot
from maillage.importers.cells.reading import Reading, shown, text_of
from maillage.importers.tabular.table import Cell

_DAYS = {name[:length]: index for index, name in enumerate(DAYS) for length in (2, 3, 4, len(name))} | {
    f"{name}s": index for index, name in enumerate(DAYS)
}
_DAY = r"(?:" + "|".join(sorted(_DAYS, key=len, reverse=True)) + r")"
_GROUPS: dict[str, tuple[int, ...]] = {
    "tous les jours ouvres": (0, 1, 2, 3, 4),
    "tous les jours": (0, 1, 2, 3, 4, 5, 6),
    "chaque jour": (0, 1, 2, 3, 4, 5, 6),
    "toute la semaine": (0, 1, 2, 3, 4, 5, 6),
    "7j 7": (0, 1, 2, 3, 4, 5, 6),
    "7 jours sur 7": (0, 1, 2, 3, 4, 5, 6),
    "en semaine": (0, 1, 2, 3, 4),
    "la semaine": (0, 1, 2, 3, 4),
    "semaine": (0, 1, 2, 3, 4),
    "jours ouvres": (0, 1, 2, 3, 4),
    "jours ouvrables": (0, 1, 2, 3, 4, 5),
    "week end": (5, 6),
    "week ends": (5, 6),
    "weekend": (5, 6),
    "weekends": (5, 6),
}
_MOMENTS: dict[str, tuple[tuple[int, int], ...]] = {
    "apres midi": ((13, 18),),
    "apresmidi": ((13, 18),),
    "matinee": ((8, 12),),
    "matins": ((8, 12),),
    "matin": ((8, 12),),
    "midi": ((12, 14),),
    "soirs": ((18, 22),),
    "soiree": ((18, 22),),
    "soir": ((18, 22),),
    "nuits": ((0, 6), (22, 24)),
    "nuit": ((0, 6), (22, 24)),
    "toute la journee": ((0, 24),),
    "journee": ((8, 18),),
    "24h 24": ((0, 24),),
    "24 h 24": ((0, 24),),
}
_TIME = r"([0-9]{1,2}) ?(?:h|heures?|:) ?([0-9]{2})?"
_TOKEN = re.compile(
    rf"(?P<group>{'|'.join(sorted(_GROUPS, key=len, reverse=True))})\b"
    rf"|(?P<span>(?P<first>{_DAY}) (?:au|a|jusqu au) (?P<last>{_DAY}))\b"
    rf"|(?P<day>{_DAY})\b"
    rf"|(?P<moment>{'|'.join(sorted(_MOMENTS, key=len, reverse=True))})\b"
    rf"|(?P<hours>(?:de |entre )?(?P<h1>[0-9]{{1,2}}) ?(?:h|heures?)? ?(?P<m1>[0-9]{{2}}(?! ?h))?"
    r" (?:a|et) (?P<h2>[0-9]{1,2}) ?(?:h|heures?) ?(?P<m2>[0-9]{2}(?! ?h))?)(?![0-9])"
    r"|(?P<bound>(?P<side>avant|apres|jusqu a|a partir de|des) (?P<h>[0-9]{1,2}) ?(?:h|heures?) "
    "?(?P<m>[0-9]{2})?)(?![0-9])"
    r"|(?P<except>sauf|hors)\b"
    r"|(?P<filler>du|le|les|et|de|des|l|la|au|ou|puis|a|en|uniquement|seulement|horaires|disponible)\b"
)


@dataclass(slots=True)
class _Group:
    """Days said together, the hours said of them, and whether they are left out."""

    days: list[int]
    hours: list[tuple[int, int]]
    excluded: bool = False


def weekly(cell: Cell | None) -> Reading[tuple[Slot, ...]]:
    """Return the slots of a week; no slot means any time."""
    text = text_of(cell)
    folded = _prepared(text)
    if not folded:
        raise _refusal(text)
    groups, rounded = _groups(folded, text)
    allowed: set[tuple[int, int]] = set()
    if not any(group.days or group.hours for group in groups if not group.excluded):
        groups.insert(0, _Group([], []))
    for group in groups:
        hours = group.hours or [(0, 24)]
        filled = {
            (one, hour)
            for one in group.days or range(7)
            for start, end in hours
            for hour in range(start, end)
        }
        allowed = allowed - filled if group.excluded else allowed | filled
    if not allowed:
        raise _refusal(text)
    remark = f"Les créneaux se comptent en heures entières : « {shown(text)} » a été élargi."
    return Reading(() if len(allowed) == 168 else _slots(allowed), remark if rounded else "")


def _refusal(text: str) -> UserMistake:
    return UserMistake(
        f"« {shown(text)} » ne se lit pas comme des jours et des heures. Écrivez par exemple mardi matin, ou "
        "lundi au vendredi 8h-12h."
    )


def _prepared(text: str) -> str:
    dashed = re.sub(r"(?<=[0-9hH])\s*[-–—→]\s*(?=[0-9])", " à ", text)
    dashed = re.sub(r"(?<=[0-9]):(?=[0-9]{2})", "h", dashed)
    dashed = re.sub(rf"(?i)\b({_DAY}\w*)\.?\s*[-–—→]\s*(?={_DAY})", r"\1 au ", dashed)
    return fold(dashed)


def _groups(folded: str, text: str) -> tuple[list[_Group], bool]:
    groups = [_Group([], [])]
    rounded, excluding, position = False, False, 0
    while position < len(folded):
        if folded[position] == " ":
            position += 1
            continue
        found = _TOKEN.match(folded, position)
        if not found:
            raise _refusal(text)
        position = found.end()
        days, hours, inexact = _meaning(found, text)
        rounded = rounded or inexact
        if found["except"]:
            excluding = True
            groups.append(_Group([], [], excluded=True))
        if days:
            if groups[-1].hours and (groups[-1].days or groups[-1].excluded):
                groups.append(_Group([], [], excluded=excluding))
            groups[-1].days.extend(days)
        groups[-1].hours.extend(hours)
    return groups, rounded


def _meaning(found: re.Match[str], text: str) -> tuple[list[int], list[tuple[int, int]], bool]:
    if found["group"]:
        return list(_GROUPS[found["group"]]), [], False
    if found["span"]:
        first, last = _DAYS[found["first"]], _DAYS[found["last"]]
        return [(first + step) % 7 for step in range((last - first) % 7 + 1)], [], False
    if found["day"]:
        return [_DAYS[found["day"]]], [], False
    if found["moment"]:
        return [], list(_MOMENTS[found["moment"]]), False
    if found["hours"]:
        start, end = int(found["h1"]), int(found["h2"]) + (int(found["m2"] or 0) > 0)
        inexact = int(found["m1"] or 0) > 0 or int(found["m2"] or 0) > 0
        if not 0 <= start < end <= 24:
            raise UserMistake(
                f"« {shown(text)} » : un créneau commence et finit le même jour, par exemple 8h-12h."
            )
        return [], [(start, end)], inexact
    if found["bound"]:
        hour, minutes = int(found["h"]), int(found["m"] or 0)
        early = found["side"] in {"avant", "jusqu a"}
        slot = (0, hour + (minutes > 0)) if early else (hour, 24)
        if not 0 <= slot[0] < slot[1] <= 24:
            raise _refusal(text)
        return [], [slot], minutes > 0
    return [], [], False


def _slots(allowed: set[tuple[int, int]]) -> tuple[Slot, ...]:
    slots: list[Slot] = []
    for day, hour in sorted(allowed):
        if slots and slots[-1]["day"] == day and slots[-1]["to_hour"] == hour:
            slots[-1]["to_hour"] = hour + 1
        else:
            slots.append(Slot(day=day, from_hour=hour, to_hour=hour + 1))
    return tuple(slots)
