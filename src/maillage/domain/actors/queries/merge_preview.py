"""What a merge would do, before it is done: the two sheets side by side and the lines that would move."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from maillage.domain.actors.models import Organisation, Site
from maillage.domain.actors.relations import relations_to

_COMPARED = (
    "name",
    "short_name",
    "family",
    "legal_form",
    "siren",
    "rna",
    "ess_ground",
    "inclusion_type",
    "esus_until",
    "naf_code",
    "staff_band",
    "description",
    "website",
    "email",
    "phone",
    "verified_on",
    "source",
)


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """One thing said by each sheet; ``is_filled`` when the kept one says nothing and takes the other's word."""

    label: str
    kept: Any
    absorbed: Any

    @property
    def differs(self) -> bool:
        """Whether both speak and do not agree: the kept sheet's word stays."""
        return bool(self.kept and self.absorbed and self.kept != self.absorbed)

    @property
    def is_filled(self) -> bool:
        """Whether the kept sheet takes the other's word."""
        return bool(self.absorbed and not self.kept)


@dataclass(frozen=True, slots=True)
class MovedLines:
    """How many lines of one kind would change sheet."""

    label: str
    count: int


@dataclass(frozen=True, slots=True)
class MergePreview:
    """Everything to see before deciding."""

    kept: Organisation
    absorbed: Organisation
    lines: tuple[ComparedLine, ...]
    moved: tuple[MovedLines, ...]

    @property
    def total(self) -> int:
        """How many lines would change sheet."""
        return sum(one.count for one in self.moved)


def merge_preview(*, kept: Organisation, absorbed: Organisation) -> MergePreview:
    """Compare two sheets and count what would move from one to the other."""
    counts: Counter[str] = Counter()
    for relation in relations_to(Organisation):
        model: Any = relation.related_model
        number = model._base_manager.filter(**{relation.field.name: absorbed}).count()
        counts[str(model._meta.verbose_name)] += number
    moved = tuple(MovedLines(label, count) for label, count in sorted(counts.items()) if count)
    return MergePreview(kept, absorbed, _lines(kept, absorbed), moved)


def _lines(kept: Organisation, absorbed: Organisation) -> tuple[ComparedLine, ...]:
    found = [
        ComparedLine(
            str(Organisation._meta.get_field(name).verbose_name),  # type: ignore[union-attr]  # plain columns, all named
            _said(kept, name),
            _said(absorbed, name),
        )
        for name in _COMPARED
    ]
    found.append(ComparedLine("sites", _sites(kept), _sites(absorbed)))
    return tuple(line for line in found if line.kept or line.absorbed)


def _said(organisation: Organisation, name: str) -> Any:
    value = getattr(organisation, name)
    if name == "staff_band" and value == "NN":
        return ""
    shown = getattr(organisation, f"get_{name}_display", None)
    return (shown() if shown and value else value) or ""


def _sites(organisation: Organisation) -> str:
    rows = Site.objects.filter(organisation=organisation).select_related("municipality")
    return ", ".join(
        " ".join(
            part for part in (row.municipality.label if row.municipality else "", row.siret or "") if part
        )
        or str(row)
        for row in rows
    )
