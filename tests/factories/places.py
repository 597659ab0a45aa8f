"""Communes, intermunicipal bodies and territories for the tests."""

from collections.abc import Sequence
from itertools import count

from maillage.domain.places.models import (
    Department,
    IntermunicipalBody,
    Municipality,
    Postcode,
    Region,
    Territory,
)
from tests.factories.sirens import next_siren

_NUMBERS = count(1)
_NAMES = {
    "18": "Cher",
    "45": "Loiret",
    "28": "Eure-et-Loir",
    "89": "Yonne",
    "2A": "Corse-du-Sud",
    "974": "La Réunion",
}


def make_region(code: str = "24", name: str = "Centre-Val de Loire") -> Region:
    return Region.objects.get_or_create(code=code, defaults={"name": name})[0]


def make_department(code: str = "18", name: str | None = None, region: Region | None = None) -> Department:
    return Department.objects.get_or_create(
        code=code,
        defaults={"name": name or _NAMES.get(code, f"Département {code}"), "region": region or make_region()},
    )[0]


def make_intermunicipal_body(
    name: str | None = None, siren: str | None = None, kind: str = "CC"
) -> IntermunicipalBody:
    siren = siren or next_siren()
    return IntermunicipalBody.objects.get_or_create(
        siren=siren, defaults={"name": name or f"CC de l’essai {siren}", "kind": kind}
    )[0]


def _free_code(department: str) -> str:
    """Return a code that no row bears, in the upper half so that it never takes a real one of Cher or Loiret."""
    half = 10 ** (5 - len(department)) // 2
    codes = (f"{department}{half + number % half}" for number in _NUMBERS)
    return next(code for code in codes if not Municipality.objects.filter(code=code).exists())


def make_municipality(
    name: str = "Villeneuve-d’Essai",
    code: str | None = None,
    *,
    department: str | None = None,
    body: IntermunicipalBody | None = None,
    population: int | None = 1000,
    latitude: float | None = 47.08,
    longitude: float | None = 2.4,
    postcodes: Sequence[str] = (),
    has_homonym: bool = False,
) -> Municipality:
    """Make a commune; its département comes from its code when not said, and 18 otherwise."""
    if department is None:
        department = (code[:3] if code.startswith("97") else code[:2]) if code else "18"
    code = code or _free_code(department)
    municipality, _ = Municipality.objects.get_or_create(
        code=code,
        defaults={
            "name": name,
            "department": make_department(department),
            "intermunicipal_body": body,
            "population": population,
            "latitude": latitude,
            "longitude": longitude,
            "has_homonym": has_homonym,
        },
    )
    for postcode in postcodes:
        Postcode.objects.get_or_create(municipality=municipality, code=postcode)
    return Municipality.objects.get(code=code)


def make_territory(
    name: str | None = None, municipalities: Sequence[Municipality] | None = None
) -> Territory:
    number = next(_NUMBERS)
    territory = Territory.objects.create(name=name or f"Territoire {number}", slug=f"territoire-{number}")
    territory.municipalities.set([make_municipality()] if municipalities is None else municipalities)
    return territory
