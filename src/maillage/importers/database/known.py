"""The organisations that a line of a file may be: those of the database, and those the file itself brings.

Everything is read once; a line then costs no question to the database.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import ceil

from maillage.core.french import fold
from maillage.domain.actors.likeness import similarity, trigrams
from maillage.domain.actors.models import Organisation, Pole, Site
from maillage.domain.actors.queries import directory_scope
from maillage.domain.actors.queries.duplicates import NEAR_NAME_SAME_PLACE, SAME_NAME_ANYWHERE
from maillage.importers.database.plan import LookAlike
from maillage.importers.municipalities import Gazetteer

_MOST = 4


@dataclass(slots=True, eq=False)
class KnownOrganisation:
    """An organisation of the database, or one that the file will create (``pk`` is None until written)."""

    pk: int | None
    name: str
    siren: str | None
    places: set[str] = field(default_factory=set)
    in_directory: bool = False
    line: int | None = None
    """The first line of the file that speaks for it."""

    @property
    def folded(self) -> str:
        """The name, folded."""
        return fold(self.name)

    @property
    def written(self) -> int:
        """The number of the sheet, once it is written."""
        if self.pk is None:
            raise LookupError(f"{self.name} is not written yet")
        return self.pk

    def may_be(self, siren: str | None) -> bool:
        """Whether a SIREN does not say the contrary: two different ones are two legal persons."""
        return not siren or not self.siren or self.siren == siren


class KnownOrganisations:
    """Finds organisations by reference, SIREN, SIRET, name and commune, near name."""

    def __init__(self) -> None:
        self.by_pk: dict[int, KnownOrganisation] = {}
        self.by_reference: dict[str, KnownOrganisation] = {}
        self.by_siren: dict[str, KnownOrganisation] = {}
        self.by_siret: dict[str, KnownOrganisation] = {}
        self.by_name: dict[str, list[KnownOrganisation]] = defaultdict(list)
        self._by_piece: dict[str, list[KnownOrganisation]] = defaultdict(list)

    @classmethod
    def read(cls, *, pole: Pole, source: str) -> "KnownOrganisations":
        """Read every sheet of the instance, in three questions."""
        found = cls()
        here = set(directory_scope(pole).order_by().values_list("pk", flat=True))
        rows = Organisation.objects.filter(merged_into__isnull=True).order_by("pk")
        for pk, name, siren, origin, reference in rows.values_list(
            "pk", "name", "siren", "source", "source_id"
        ):
            one = KnownOrganisation(pk, name, siren, in_directory=pk in here)
            found.by_pk[pk] = one
            found.add(one, reference=reference if origin == source else "")
        sites = Site.objects.filter(organisation__merged_into__isnull=True).order_by("pk")
        for pk, siret, code in sites.values_list("organisation_id", "siret", "municipality_id"):
            found.place(found.by_pk[pk], siret=siret, code=code)
        return found

    def add(self, one: KnownOrganisation, *, reference: str = "") -> None:
        """Make an organisation findable."""
        if reference:
            self.by_reference[reference] = one
        if one.siren:
            self.by_siren[one.siren] = one
        self.by_name[one.folded].append(one)
        if one.pk is not None:
            for piece in trigrams(one.folded):
                self._by_piece[piece].append(one)

    def place(self, one: KnownOrganisation, *, siret: str | None, code: str | None) -> None:
        """Say that an organisation has a site there."""
        if siret:
            self.by_siret[siret] = one
        if code:
            one.places.add(code)

    def by_number(self, *, siret: str, siren: str) -> KnownOrganisation | None:
        """Return the organisation that bears the number, if any."""
        return self.by_siren.get(siren) or self.by_siret.get(siret)

    def same_name_and_place(self, *, name: str, siren: str, code: str) -> KnownOrganisation | None:
        """Return the organisation of exactly that folded name with a site in that commune."""
        return next(
            (one for one in self.by_name.get(fold(name), ()) if code in one.places and one.may_be(siren)),
            None,
        )

    def look_alikes(self, *, name: str, siren: str, code: str) -> list[tuple[KnownOrganisation, str]]:
        """Return sheets of the database of a near name in the commune, or of nearly the same name anywhere."""
        mine = trigrams(fold(name))
        rarest = sorted(mine, key=lambda piece: (len(self._by_piece.get(piece, ())), piece))
        met: dict[int, KnownOrganisation] = {}
        for piece in rarest[: len(mine) - ceil(NEAR_NAME_SAME_PLACE * len(mine)) + 1]:
            met.update({one.pk or 0: one for one in self._by_piece.get(piece, ())})
        found: list[tuple[float, int, KnownOrganisation, str]] = []
        for pk, one in met.items():
            alike = similarity(trigrams(one.folded), mine)
            if not one.may_be(siren):
                continue
            if code in one.places and alike >= NEAR_NAME_SAME_PLACE:
                found.append((-alike, pk, one, "nom proche, même commune"))
            elif alike >= SAME_NAME_ANYWHERE:
                found.append((-alike, pk, one, "même nom" if alike == 1 else "nom presque identique"))
        return [(one, reason) for _, _, one, reason in sorted(found, key=lambda each: each[:2])[:_MOST]]


def shown_candidates(
    found: Iterable[tuple[KnownOrganisation, str]], gazetteer: Gazetteer
) -> tuple[LookAlike, ...]:
    """Return what the question shows of each look-alike."""
    return tuple(
        LookAlike(
            pk=one.pk or 0,
            name=one.name,
            municipality=", ".join(towns_of(one, gazetteer)[:3]),
            siren=one.siren or "",
            reason=reason,
        )
        for one, reason in found
        if one.pk is not None
    )


def towns_of(one: KnownOrganisation, gazetteer: Gazetteer) -> list[str]:
    """Return the communes of an organisation's sites, homonyms told apart."""
    return sorted({gazetteer.label(gazetteer.by_code(code)) for code in one.places})


def near_enough(one: str, other: str) -> bool:
    """Whether two names may be two spellings of one thing; a reference used twice is told by this."""
    return similarity(trigrams(fold(one)), trigrams(fold(other))) >= 0.3
