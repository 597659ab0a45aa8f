"""Understands the commune that a person or a spreadsheet names: one commune, or a sentence that says what to do."""

from django.db.models import Q

from maillage.core.errors import UserMistake
from maillage.domain.places.models import Municipality, Territory
from maillage.domain.places.queries.search import (
    MunicipalityFound,
    found_all,
    municipality_key,
    split_label,
    suggest_municipalities,
)

_MOST_NAMED = 5


class UnknownMunicipality(UserMistake):
    """No commune is written so; ``candidates`` are the nearest spellings."""

    def __init__(self, sentence: str, candidates: tuple[MunicipalityFound, ...]) -> None:
        super().__init__(sentence, field="municipality")
        self.candidates = candidates


class AmbiguousMunicipality(UserMistake):
    """Several communes are written so; ``candidates`` are all of them."""

    def __init__(self, name: str, candidates: tuple[MunicipalityFound, ...]) -> None:
        named = [f"{one.name} ({one.department_code})" for one in candidates[:_MOST_NAMED]]
        more = len(candidates) - len(named)
        listed = ", ".join(named) + (f" et {more} autres" if more > 1 else " et une autre" if more else "")
        super().__init__(
            f"Plusieurs communes s’appellent « {name} » : {listed}. Ajoutez le département ou le code postal.",
            field="municipality",
        )
        self.candidates = candidates


def municipality_named(
    text: str,
    department: str | None = None,
    *,
    postcode: str | None = None,
    near_territory: Territory | None = None,
) -> Municipality:
    """Return the one commune named by ``text``: an INSEE code, a name, or a label such as « Amilly (45) ».

    Homonyms are parted by département, then postcode, then by being alone in the territory. Raises
    ``UnknownMunicipality`` or ``AmbiguousMunicipality``, both with candidates.
    """
    name, said = split_label(text)
    key = municipality_key(name)
    rows = list(_candidates(name, key, department or said, postcode))
    if len(rows) > 1 and near_territory is not None:
        inside = [row for row in rows if near_territory.municipalities.filter(pk=row.pk).exists()]
        rows = inside if len(inside) == 1 else rows
    if not rows:
        suggestion = suggest_municipalities(text=text, near_territory=near_territory)
        raise UnknownMunicipality(suggestion.sentence, suggestion.choices)
    if len(rows) > 1:
        raise AmbiguousMunicipality(name, found_all(rows))
    return rows[0]


def _candidates(name: str, key: str, department: str, postcode: str | None) -> list[Municipality]:
    """Return the communes of that name or code, narrowed by what else is known; hints never widen."""
    if not key:
        return []
    rows = list(
        Municipality.objects.filter(Q(folded=key) | Q(code=name.upper()))
        .select_related("department", "intermunicipal_body")
        .order_by("code")
    )
    if department:
        rows = [row for row in rows if row.department_id == department.upper().zfill(2)]
    if len(rows) > 1 and postcode:
        bearing = set(
            Municipality.objects.filter(
                postcodes__code=postcode, pk__in=[row.pk for row in rows]
            ).values_list("pk", flat=True)
        )
        rows = [row for row in rows if row.pk in bearing] or rows
    return rows
