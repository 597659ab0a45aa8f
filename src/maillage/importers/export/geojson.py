"""Points for a map (RFC 7946): longitude first; a record without a point keeps its line with a null
geometry.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, BinaryIO


def write_geojson(file: BinaryIO, records: Iterable[Mapping[str, Any]]) -> None:
    """Write a feature a record; ``latitude`` and ``longitude`` become its geometry, the rest its properties."""
    file.write(b'{"type":"FeatureCollection","features":[')
    for index, record in enumerate(records):
        properties = {name: value for name, value in record.items() if name not in {"latitude", "longitude"}}
        latitude, longitude = record.get("latitude"), record.get("longitude")
        geometry = None
        if latitude is not None and longitude is not None:
            geometry = {"type": "Point", "coordinates": [float(longitude), float(latitude)]}
        feature = {"type": "Feature", "geometry": geometry, "properties": properties}
        line = json.dumps(feature, ensure_ascii=False, default=_value, allow_nan=False)
        file.write((",\n" if index else "\n").encode() + line.encode("utf-8", errors="replace"))
    file.write(b"\n]}\n")


def _value(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    return value.value if isinstance(value, Enum) else str(value)
