"""Rows of the French administrative division, and of the table of communes that INSEE publishes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RegionRow:
    """A région (or an overseas collectivity, which the source codes as one)."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class DepartmentRow:
    """A département, or an overseas collectivity."""

    code: str
    name: str
    region: str


@dataclass(frozen=True, slots=True)
class IntermunicipalBodyRow:
    """An EPCI with its own taxes: SIREN, name, kind (CC, CA, CU, METRO, MET69) and its communes' codes."""

    siren: str
    name: str
    kind: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MunicipalityRow:
    """A commune; what a source does not say is None (or empty). ``siren`` is that of the commune as a legal
    person.
    """

    code: str
    name: str
    department: str
    region: str
    epci: str | None = None
    population: int | None = None
    postcodes: tuple[str, ...] = ()
    latitude: float | None = None
    longitude: float | None = None
    siren: str | None = None
    former_codes: tuple[str, ...] = ()
    former_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Division:
    """Everything about one year of the administrative division."""

    regions: tuple[RegionRow, ...]
    departments: tuple[DepartmentRow, ...]
    intermunicipal_bodies: tuple[IntermunicipalBodyRow, ...]
    municipalities: tuple[MunicipalityRow, ...]


# Columns of INSEE's « code officiel géographique », file v_commune_AAAA.csv.
INSEE_COLUMNS = ("TYPECOM", "COM", "REG", "DEP", "LIBELLE")
