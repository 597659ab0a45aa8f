"""Where stops and depots are: each place of the problem, found by commune or by point."""

from dataclasses import dataclass, field

from maillage.core.errors import UserMistake
from maillage.importers.municipalities import Gazetteer
from maillage.importers.rows import TypedRow
from maillage.importers.steps.places import place_step


@dataclass
class Ground:
    """Places in the order in which they were met; the same point is the same place."""

    gazetteer: Gazetteer | None
    points: list[tuple[float, float]] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    _rank: dict[tuple[float, float], int] = field(default_factory=dict)

    def of_row(self, row: TypedRow, name: str) -> int:
        """Return the place of a line; raise ``UserMistake`` with its number when it has none."""
        if self.gazetteer is not None:
            row, faults = place_step(self.gazetteer)(row)
            for fault in faults:
                if fault.blocking:
                    raise UserMistake(f"Ligne {row.line} : {fault.sentence}")
                self.remarks.append(f"Ligne {row.line} : {fault.sentence}")
        latitude, longitude = row.get("latitude"), row.get("longitude")
        if latitude is None or longitude is None:
            hint = "Donnez sa commune, ou sa latitude et sa longitude."
            if self.gazetteer is None:
                hint = "Le référentiel des communes n’est pas installé : donnez latitude et longitude."
            raise UserMistake(f"Ligne {row.line} : on ne sait pas où est « {name} ». {hint}")
        return self._place((float(latitude), float(longitude)), row.text("municipality") or name)

    def named(self, words: str) -> int:
        """Return the place of a commune, or of « 47,08 ; 2,39 »; raise ``UserMistake``."""
        parts = words.replace(";", " ").split()
        if len(parts) == 2 and all(_is_number(part) for part in parts):
            latitude, longitude = (float(part.replace(",", ".")) for part in parts)
            return self._place((latitude, longitude), words)
        if self.gazetteer is None:
            raise UserMistake(
                f"« {words} » ne peut pas être placé : le référentiel des communes n’est pas installé. "
                "Donnez « latitude ; longitude »."
            )
        found = self.gazetteer.find(name=words)
        position = self.gazetteer.position(found)
        if position is None:
            raise UserMistake(
                f"La commune « {found.name} » n’a pas de point connu : donnez « latitude ; longitude »."
            )
        return self._place((position.latitude, position.longitude), found.name)

    def _place(self, point: tuple[float, float], name: str) -> int:
        if point not in self._rank:
            self._rank[point] = len(self.points)
            self.points.append(point)
            self.names.append(name)
        return self._rank[point]


def _is_number(text: str) -> bool:
    try:
        float(text.replace(",", "."))
    except ValueError:
        return False
    return True
