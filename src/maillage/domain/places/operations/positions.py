"""Gives communes a point on the map; a better source replaces a worse one, never the reverse."""

from collections.abc import Mapping

from django.db import transaction

from maillage.core.errors import UserMistake
from maillage.domain.places.models import Municipality, PositionSource

# From the least to the most trusted.
_TRUST: dict[str, int] = {
    "": 0,
    PositionSource.PACKAGE: 1,
    PositionSource.DEMONSTRATION: 2,
    PositionSource.IMPORT: 3,
    PositionSource.OUTLINE: 4,
}


@transaction.atomic
def set_positions(*, positions: Mapping[str, tuple[float, float]], source: str) -> int:
    """Write (latitude, longitude) by commune code; return how many communes changed.

    Raises ``UserMistake`` when a code is unknown or a point is not on the globe.
    """
    known = {row.code: row for row in Municipality.objects.filter(code__in=positions)}
    unknown = sorted(set(positions) - known.keys())
    if unknown:
        raise UserMistake(
            f"Ces codes ne sont pas des communes connues : {', '.join(unknown[:10])}. "
            "Le code INSEE a cinq signes, par exemple 18033."
        )
    changed = []
    for code, (latitude, longitude) in positions.items():
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
            raise UserMistake(
                f"Le point de la commune {code} ({latitude}, {longitude}) n’est pas sur le globe. La latitude vient "
                "d’abord, puis la longitude."
            )
        row = known[code]
        if _TRUST[row.position_source] > _TRUST[source]:
            continue
        if (row.latitude, row.longitude, row.position_source) != (latitude, longitude, source):
            row.latitude, row.longitude, row.position_source = latitude, longitude, source
            changed.append(row)
    Municipality.objects.bulk_update(changed, ["latitude", "longitude", "position_source"], batch_size=2000)
    return len(changed)
