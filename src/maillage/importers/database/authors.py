"""Who says a need, an offer or a flow: a sheet of the database, or a structure that the file brings."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from maillage.core.errors import UserMistake
from maillage.core.french import NBSP, fold
from maillage.importers.database.known import (
    KnownOrganisation,
    KnownOrganisations,
    shown_candidates,
    towns_of,
)
from maillage.importers.database.plan import Plan, Question
from maillage.importers.municipalities import Gazetteer
from maillage.importers.rows import TypedRow

_SHOWN = 4


@dataclass(slots=True)
class Newcomer:
    """A structure to create: the first line that names it, and the look-alikes it is said to differ from."""

    known: KnownOrganisation
    row: TypedRow
    different_from: tuple[int, ...] = ()


@dataclass(slots=True)
class Authors:
    """Finds the author of each line."""

    known: KnownOrganisations
    gazetteer: Gazetteer
    same: Mapping[str, int]
    newcomers: dict[KnownOrganisation, Newcomer] = field(default_factory=dict)

    def of(self, row: TypedRow, plan: Plan) -> KnownOrganisation:
        """Return the author of a line; raise ``UserMistake`` when the line does not say enough."""
        siren, name = row.text("siren"), " ".join(row.text("organisation").split())
        numbered = self.known.by_number(siret=row.text("siret"), siren=siren)
        if numbered is not None:
            return numbered
        if not name:
            raise UserMistake(
                "La structure n’est pas dite. Ajoutez une colonne Structure, avec son nom ou son SIRET."
            )
        return self._named(row, name) or self._asked(row, name, plan) or self._fresh(row, name)

    def _named(self, row: TypedRow, name: str) -> KnownOrganisation | None:
        siren, code = row.text("siren"), row.text("municipality_code")
        answer = self.same.get(_key(name))
        bearing = [one for one in self.known.by_name.get(fold(name), ()) if one.may_be(siren)]
        if answer == 0:
            bearing = [one for one in bearing if one.pk is None]
        here = [one for one in bearing if code and code in one.places]
        ours = [one for one in bearing if one.in_directory or one.pk is None]
        for found in (here, ours):
            if len(found) == 1:
                return found[0]
            if len(found) > 1:
                raise UserMistake(_several(name, found, self.gazetteer))
        return None

    def _asked(self, row: TypedRow, name: str, plan: Plan) -> KnownOrganisation | None:
        siren, code = row.text("siren"), row.text("municipality_code")
        near = self.known.look_alikes(name=name, siren=siren, code=code)
        answered = self.known.by_pk.get(self.same.get(_key(name), 0))
        chosen = answered if answered is not None and answered.may_be(siren) else None
        if near and all(question.key != _key(name) for question in plan.questions):
            plan.questions.append(
                Question(
                    key=_key(name),
                    line=row.line,
                    name=name,
                    municipality=row.text("municipality"),
                    candidates=shown_candidates(near, self.gazetteer),
                    chosen=(chosen.pk or 0) if chosen else 0,
                )
            )
        return chosen

    def _fresh(self, row: TypedRow, name: str) -> KnownOrganisation:
        siren, code = row.text("siren"), row.text("municipality_code")
        fresh = KnownOrganisation(None, name, siren or None, line=row.line)
        near = self.known.look_alikes(name=name, siren=siren, code=code)
        self.known.add(fresh)
        self.known.place(fresh, siret=row.get("siret"), code=code)
        self.newcomers[fresh] = Newcomer(fresh, row, tuple(one.pk for one, _ in near if one.pk))
        return fresh


def _key(name: str) -> str:
    return f"nom:{fold(name)}"


def _several(name: str, found: list[KnownOrganisation], gazetteer: Gazetteer) -> str:
    towns = sorted({town for one in found for town in towns_of(one, gazetteer)})
    where = f" ({', '.join(towns[:_SHOWN])})" if towns else ""
    return f"Plusieurs structures s’appellent «{NBSP}{name}{NBSP}»{where}. Ajoutez la commune, le SIREN ou le SIRET."
