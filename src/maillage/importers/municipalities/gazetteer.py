"""Find a commune from what people write, without any database."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from maillage.core import identifiers
from maillage.core.errors import UserMistake
from maillage.core.french import fold
from maillage.importers.municipalities.mapping import read_division
from maillage.importers.municipalities.schema import DepartmentRow, Division, MunicipalityRow

_ENDING = re.compile(r"^(?P<name>.*?)\s*[(\[,/-]\s*(?P<code>2[ABab]|[0-9]{2,5}|2[ABab][0-9]{3})\s*[)\]]?$")
_STARTING = re.compile(r"^(?P<code>[0-9]{5})\s+(?P<name>\D.*)$")
_TRAILING = re.compile(r"^(?P<name>\D+?)\s+(?P<code>[0-9]{5})$")
_CEDEX = re.compile(r"\bcedex\b.*$", re.IGNORECASE)
_DISTRICT = re.compile(r"^(paris|lyon|marseille) (?:[0-9]{1,2}|1er)(?:e|er|eme)?(?: arrondissement)?$")


@dataclass(frozen=True, slots=True)
class Position:
    """A point; ``approximate`` when it is only that of the neighbouring communes."""

    latitude: float
    longitude: float
    approximate: bool


class Gazetteer:
    """The communes, found by INSEE code, postal code or name."""

    def __init__(
        self, municipalities: Sequence[MunicipalityRow], departments: Sequence[DepartmentRow] = ()
    ) -> None:
        self.municipalities = tuple(municipalities)
        self._by_code = {row.code: row for row in municipalities}
        self._former = {former: row for row in municipalities for former in row.former_codes}
        self._by_exact_name: dict[str, list[MunicipalityRow]] = defaultdict(list)
        self._by_former_name: dict[str, list[MunicipalityRow]] = defaultdict(list)
        self._by_name: dict[str, list[MunicipalityRow]] = defaultdict(list)
        self._by_postcode: dict[str, list[MunicipalityRow]] = defaultdict(list)
        for row in municipalities:
            self._by_exact_name[fold(row.name)].append(row)
            self._by_name[_name_key(row.name)].append(row)
            for former in row.former_names:
                self._by_former_name[_name_key(former)].append(row)
            for code in row.postcodes:
                self._by_postcode[code].append(row)
        self._departments = {_name_key(row.name): row.code for row in departments}
        self._means = _means(municipalities)

    @classmethod
    def of(cls, division: Division) -> "Gazetteer":
        """Build from a whole division."""
        return cls(division.municipalities, division.departments)

    def by_code(self, code: str) -> MunicipalityRow:
        """Return the commune of an INSEE code, even without its leading zero; raise ``UserMistake`` if none
        is.
        """
        normal = identifiers.municipality_code(code)
        found = self._by_code.get(normal) or self._former.get(normal)
        if found is None:
            hint = ""
            if normal in self._by_postcode:
                hint = f" C’est un code postal : {_list(self._by_postcode[normal])}."
            raise UserMistake(f"Aucune commune n’a le code INSEE {normal}.{hint}")
        return found

    def by_postcode(self, postcode: str) -> tuple[MunicipalityRow, ...]:
        """Return the communes that share a postal code, none when it is unknown."""
        return tuple(self._by_postcode.get(postcode, ()))

    def named(self, name: str) -> tuple[MunicipalityRow, ...]:
        """Return every present commune of that name, accents, hyphens and « St » forgiven."""
        return tuple(self._by_name.get(_name_key(name), ()))

    def find(
        self, *, code: str = "", name: str = "", postcode: str = "", department: str = ""
    ) -> MunicipalityRow:
        """Return the one commune that these words name; raise ``UserMistake`` with the candidates otherwise.

        A code decides alone. A name is narrowed by the postal code, then by the département.
        """
        if code:
            return self.by_code(code)
        if not name and not postcode:
            raise UserMistake(
                "La commune n’est pas dite : donnez son nom, son code postal ou son code INSEE."
            )
        name, inside = _split(name)
        if inside:
            if len(inside) == 5 and not postcode:
                postcode = inside
            elif len(inside) < 5 and not department:
                department = inside.upper()
        if not name:
            return self._by_postcode_alone(postcode)
        for candidates in (
            self._by_exact_name.get(fold(name), ()),
            self.named(name),
            self._by_former_name.get(_name_key(name), ()),
        ):
            agreeing = self._agreeing(candidates, postcode, department)
            if len(agreeing) == 1:
                return agreeing[0]
            if agreeing:
                raise UserMistake(
                    f"Plusieurs communes s’appellent « {_shown(name)} » : {_list(agreeing)}. Ajoutez le code "
                    "postal ou le département."
                )
        raise self._no_agreement(name, postcode, department)

    def position(self, row: MunicipalityRow) -> Position | None:
        """Return the point of a commune, else the mean of the located communes of its EPCI, else of its
        département.
        """
        if row.latitude is not None and row.longitude is not None:
            return Position(row.latitude, row.longitude, approximate=False)
        for area in (row.epci, row.department):
            if area in self._means:
                return Position(*self._means[area], approximate=True)
        return None

    def label(self, row: MunicipalityRow) -> str:
        """Return the name, with the département when another commune bears the same."""
        return _labelled(row) if len(self._by_exact_name[fold(row.name)]) > 1 else row.name

    def _agreeing(
        self, candidates: Sequence[MunicipalityRow], postcode: str, department: str
    ) -> tuple[MunicipalityRow, ...]:
        """Keep those of the postal code, else of its département (a CEDEX has its own code), and of the
        département.
        """
        kept = tuple(candidates)
        if postcode:
            exact = tuple(row for row in kept if postcode in row.postcodes)
            kept = exact or tuple(row for row in kept if _same_department(postcode, row))
        if department:
            wanted = self._departments.get(_name_key(department), department.zfill(2).upper())
            kept = tuple(row for row in kept if row.department == wanted)
        return kept

    def _by_postcode_alone(self, postcode: str) -> MunicipalityRow:
        found = self.by_postcode(postcode)
        if len(found) == 1:
            return found[0]
        if not found:
            raise UserMistake(
                f"Aucune commune n’a le code postal {postcode}. Vérifiez-le, ou écrivez la commune."
            )
        raise UserMistake(
            f"Plusieurs communes ont le code postal {postcode} : {_list(found)}. Écrivez la commune."
        )

    def _no_agreement(self, name: str, postcode: str, department: str) -> UserMistake:
        shown, same_name, sharing = _shown(name), self.named(name), self.by_postcode(postcode)
        if same_name:
            place = f"le code postal {postcode}" if postcode else f"le département {department}"
            near = f" Avec ce code postal, il y a : {_list(sharing)}." if sharing else ""
            return UserMistake(f"« {shown} » ne va pas avec {place} : on connaît {_list(same_name)}.{near}")
        if sharing:
            return UserMistake(
                f"Aucune commune actuelle ne s’appelle « {shown} ». Avec le code postal {postcode}, il y a : "
                f"{_list(sharing)}."
            )
        return UserMistake(
            f"Aucune commune actuelle ne s’appelle « {shown} ». Vérifiez l’orthographe, ou donnez le code "
            "INSEE ; une commune qui a fusionné porte le nom de la nouvelle."
        )


@cache
def default_gazetteer(folder: Path | None = None) -> Gazetteer:
    """Return the gazetteer of the installed packages, read once."""
    return Gazetteer.of(read_division(folder=folder))


def _name_key(name: str) -> str:
    key = fold(name)
    key = re.sub(r"\bst\b", "saint", key)
    key = re.sub(r"\bste\b", "sainte", key)
    found = _DISTRICT.match(key)
    return found.group(1) if found else re.sub(r"\b(le|la|les|l)\b ?", "", key).strip() or key


def _split(name: str) -> tuple[str, str]:
    """Part « Amilly (45) », « 45200 Amilly » or « Amilly 45200 » into the name and the number."""
    name = _CEDEX.sub("", " ".join(name.split())).strip()
    if name.isascii() and name.isdigit():
        return ("", name.zfill(5)) if len(name) in {4, 5} else (name, "")
    for pattern in (_STARTING, _ENDING, _TRAILING):
        found = pattern.match(name)
        if found and found["name"]:
            return found["name"].strip(), found["code"]
    return name, ""


def _same_department(postcode: str, row: MunicipalityRow) -> bool:
    length = 3 if postcode.startswith(("97", "98")) else 2
    return any(known[:length] == postcode[:length] for known in row.postcodes)


def _shown(name: str) -> str:
    return name if len(name) <= 60 else name[:59] + "…"


def _labelled(row: MunicipalityRow) -> str:
    return f"{row.name} ({row.department})"


def _list(rows: Sequence[MunicipalityRow]) -> str:
    ordered = sorted(rows, key=lambda row: (fold(row.name), row.code))
    names = [_labelled(row) for row in ordered]
    if len(set(names)) < len(names):
        names = [f"{row.name} ({row.code})" for row in ordered]
    return ", ".join(names[:8]) + (f" et {len(names) - 8} autres" if len(names) > 8 else "")


def _means(rows: Sequence[MunicipalityRow]) -> dict[str | None, tuple[float, float]]:
    points: dict[str | None, list[tuple[float, float]]] = defaultdict(list)
    for row in rows:
        if row.latitude is not None and row.longitude is not None:
            for area in (row.epci, row.department):
                if area is not None:
                    points[area].append((row.latitude, row.longitude))
    return {
        area: (sum(one[0] for one in found) / len(found), sum(one[1] for one in found) / len(found))
        for area, found in points.items()
    }
