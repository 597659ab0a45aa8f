"""Reunites two sheets of one organisation, in every room, without losing a line.

Every relation that points to an organisation is found through the models, so a room added later is served too.

- A row moves from the absorbed sheet to the kept one.
- A row that the database refuses beside one of the kept sheet is folded into it: the dates become their union when
  both have dates, empty fields are filled, what pointed to it moves, and its content is written in the record.
- An append-only row moves as well: whom it names does not change, only the number of that sheet.
- The absorbed sheet stays, marked ``merged_into``, so that old links lead to the kept one.
- History tables keep what they said. Two different SIREN, or two sheets that traded together, are refused.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pgtrigger
from django.core.serializers.python import Serializer
from django.db import IntegrityError, models, transaction
from django.db.models import Q

from maillage.core.errors import UserMistake
from maillage.domain.actors.models import Account, DuplicateDismissal, Organisation, OrganisationMerge
from maillage.domain.actors.relations import relations_to

_NOT_FILLED = frozenset({"id", "name", "family", "folded", "merged_into", "is_fictional", "staff_band"})
_UNKNOWN_STAFF = "NN"


@dataclass(slots=True)
class _Record:
    """What the merge did, for ``OrganisationMerge.moved``."""

    moved: Counter[str] = field(default_factory=Counter)
    folded: list[dict[str, Any]] = field(default_factory=list)
    filled: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return {"moved": dict(self.moved), "folded": self.folded, "filled": self.filled}


@transaction.atomic
def merge_organisations(
    *, kept: Organisation, absorbed: Organisation, by: Account | None, at: datetime
) -> OrganisationMerge:
    """Move every row of ``absorbed`` to ``kept``, fill its empty fields, and record what was done."""
    kept, absorbed = _locked(kept.pk, absorbed.pk)
    record = _Record()
    _one_head(kept, absorbed)
    for relation in relations_to(Organisation):
        _move_all(relation.related_model, relation.field, absorbed, kept, record)
    _move_known_in(kept, absorbed, record)
    _move_dismissals(kept, absorbed, record)
    absorbed.merged_into = kept
    absorbed.save(update_fields=["merged_into"])
    _fill(kept, absorbed, record)
    return OrganisationMerge.objects.create(
        kept=kept, absorbed=absorbed, at=at, by=by, moved=record.as_json()
    )


def _locked(kept_id: int, absorbed_id: int) -> tuple[Organisation, Organisation]:
    if kept_id == absorbed_id:
        raise UserMistake("Il faut deux fiches différentes pour les réunir.")
    rows = {
        row.pk: row for row in Organisation.objects.select_for_update().filter(pk__in=[kept_id, absorbed_id])
    }
    kept, absorbed = rows[kept_id], rows[absorbed_id]
    if kept.merged_into_id is not None or absorbed.merged_into_id is not None:
        raise UserMistake("L’une de ces fiches a déjà été réunie à une autre. Rechargez la page.")
    if kept.siren and absorbed.siren and kept.siren != absorbed.siren:
        raise UserMistake(
            f"Ces fiches ont deux SIREN différents ({kept.siren} et {absorbed.siren}) : ce sont deux structures. "
            "Corrigez d’abord celui qui est faux."
        )
    return kept, absorbed


def _one_head(kept: Organisation, absorbed: Organisation) -> None:
    """The kept sheet keeps its head site."""
    if kept.sites.filter(is_head=True).exists():
        absorbed.sites.filter(is_head=True).update(is_head=False)


def _move_all(
    model: type[models.Model],
    key: models.ForeignKey[Any, Any],
    old: models.Model,
    new: models.Model,
    record: _Record,
) -> None:
    """Move every row of ``model`` from ``old`` to ``new``; one by one only when the database refuses the lot."""
    rows = model._base_manager.filter(**{key.name: old})
    with _writable(model):
        try:
            with transaction.atomic():
                record.moved[f"{model._meta.label}.{key.name}"] += rows.update(**{key.name: new})
        except IntegrityError:
            for row in rows.order_by("pk"):
                _move_one(row, key, new, record)


def _writable(model: type[models.Model]) -> AbstractContextManager[None]:
    """Set an append-only trigger aside for the time of a move."""
    protections = [
        f"{model._meta.label}:{trigger.name}"
        for trigger in getattr(model._meta, "triggers", ())
        if isinstance(trigger, pgtrigger.Protect)
    ]
    return pgtrigger.ignore(*protections) if protections else nullcontext()


def _move_one(
    row: models.Model, key: models.ForeignKey[Any, Any], new: models.Model, record: _Record
) -> None:
    try:
        with transaction.atomic():
            type(row)._base_manager.filter(pk=row.pk).update(**{key.name: new})
            record.moved[f"{row._meta.label}.{key.name}"] += 1
    except IntegrityError as error:
        twin = _twin(row, key, new)
        if twin is None:
            raise UserMistake(
                f"Ces deux fiches sont liées entre elles par « {row._meta.verbose_name} » ({row}). Une structure ne "
                "s’engage pas envers elle-même : corrigez d’abord cette ligne, puis réunissez les fiches."
            ) from error
        _fold(row, twin, record)


def _twin(row: models.Model, key: models.ForeignKey[Any, Any], new: models.Model) -> models.Model | None:
    """Return the row of the kept sheet that stands in the way of ``row``: the same in every identifying column."""
    if key.unique:
        return type(row)._base_manager.filter(**{key.name: new}).first()
    for constraint in row._meta.constraints:
        named = _columns(constraint)
        if key.name not in named:
            continue
        same = {name: new if name == key.name else getattr(row, name) for name in named if name not in _SPAN}
        others = type(row)._base_manager.filter(**same).exclude(pk=row.pk)
        if named >= _SPAN:
            others = others.filter(_overlapping(row))
        twin = others.order_by("pk").first()
        if twin is not None:
            return twin
    return None


_SPAN = frozenset({"since", "until"})


def _columns(constraint: models.BaseConstraint) -> frozenset[str]:
    """The columns a uniqueness or an exclusion looks at; a span of dates counts as its two ends."""
    if isinstance(constraint, models.UniqueConstraint):
        return frozenset(constraint.fields)
    expressions = getattr(constraint, "expressions", ())
    return frozenset(name for expression, _ in expressions for name in _names(expression))


def _names(expression: Any) -> Iterator[str]:
    name = getattr(expression, "name", None)
    if isinstance(expression, models.F) and name is not None:
        yield name
    for part in getattr(expression, "source_expressions", None) or ():
        yield from _names(part)


def _overlapping(row: Any) -> Q:
    after = Q(until__isnull=True) | Q(until__gt=row.since)
    return after if row.until is None else after & Q(since__lt=row.until)


def _fold(row: Any, twin: Any, record: _Record) -> None:
    """Put what ``row`` knows into ``twin``, move what points to it, write its content down, and remove it."""
    record.folded.append({"model": row._meta.label, "into": twin.pk, "row": _plain(row), "was": _plain(twin)})
    for relation in relations_to(type(row)):
        _move_all(relation.related_model, relation.field, row, twin, record)
    for many in row._meta.many_to_many:
        getattr(twin, many.name).add(*getattr(row, many.name).all())
    row.delete()
    spans = {"since", "until"} <= {one.name for one in row._meta.concrete_fields}
    if spans:
        twin.since = min(twin.since, row.since)
        twin.until = None if None in (twin.until, row.until) else max(twin.until, row.until)
    for column in row._meta.concrete_fields:
        if column.name not in _SPAN and getattr(twin, column.attname) in (None, ""):
            setattr(twin, column.attname, getattr(row, column.attname))
    if spans:
        _absorb_neighbours(twin, record)
    twin.save()


def _absorb_neighbours(twin: Any, record: _Record) -> None:
    """The wider span may now touch other rows of the kept sheet: fold them in turn."""
    for constraint in twin._meta.constraints:
        named = _columns(constraint)
        if not named >= _SPAN:
            continue
        same = {name: getattr(twin, name) for name in named - _SPAN}
        others = type(twin)._base_manager.filter(_overlapping(twin), **same).exclude(pk=twin.pk)
        neighbour = others.order_by("pk").first()
        if neighbour is not None:
            _fold(neighbour, twin, record)
            return


def _plain(row: models.Model) -> dict[str, Any]:
    """The content of a row as JSON can hold it."""
    columns = Serializer().serialize([row])[0]
    return {"pk": row.pk, **{name: _text(value) for name, value in columns["fields"].items()}}


def _text(value: Any) -> Any:
    return value if value is None or isinstance(value, (bool, int, float, str, list, dict)) else str(value)


def _move_known_in(kept: Organisation, absorbed: Organisation, record: _Record) -> None:
    poles = list(absorbed.known_in.all())
    kept.known_in.add(*poles)
    absorbed.known_in.clear()
    record.moved["actors.Organisation.known_in"] += len(poles)


def _move_dismissals(kept: Organisation, absorbed: Organisation, record: _Record) -> None:
    """« Non, une autre » said of the absorbed sheet holds for the kept one; said between both, it is void."""
    rows = DuplicateDismissal.objects.filter(Q(first=absorbed) | Q(second=absorbed)).order_by("pk")
    for row in rows:
        other = row.second_id if row.first_id == absorbed.pk else row.first_id
        record.folded.append({"model": row._meta.label, "into": None, "row": _plain(row), "was": {}})
        row.delete()
        if other != kept.pk:
            lower, upper = sorted((other, kept.pk))
            DuplicateDismissal.objects.get_or_create(
                first_id=lower, second_id=upper, defaults={"at": row.at, "by_id": row.by_id}
            )


def _fill(kept: Organisation, absorbed: Organisation, record: _Record) -> None:
    """Fill what the kept sheet does not say with what the absorbed one said; a NAF code goes with its version."""
    for column in Organisation._meta.concrete_fields:
        if column.name in _NOT_FILLED or column.name in {"naf_version", "source_id"}:
            continue
        if getattr(kept, column.attname) in (None, "") and getattr(absorbed, column.attname) not in (
            None,
            "",
        ):
            setattr(kept, column.attname, getattr(absorbed, column.attname))
            record.filled.append(column.name)
    if "naf_code" in record.filled:
        kept.naf_version = absorbed.naf_version
    if "source" in record.filled:
        kept.source_id = absorbed.source_id
    if kept.staff_band == _UNKNOWN_STAFF and absorbed.staff_band != _UNKNOWN_STAFF:
        kept.staff_band = absorbed.staff_band
        record.filled.append("staff_band")
    if record.filled:
        kept.save()
