"""A mistaken change taken back: the columns it moved return to what they were, which is a change like another."""

from typing import Any

from django.db import IntegrityError, models, transaction

from maillage.core.errors import Refused, UserMistake
from maillage.domain.actors.changes.reading import CREATED, DELETED, Change
from maillage.domain.actors.models import Pole
from maillage.domain.actors.viewer import Viewer

_MOVED = (
    "Cela a changé de nouveau depuis : changez-le à la main, ou revenez d’abord sur le dernier changement."
)
_TAKEN = "Ce retour n’est plus possible : une autre ligne tient maintenant la place."


def undo_refusal(*, viewer: Viewer, pole: Pole, change: Change) -> str:
    """Return why this change may not be taken back, or "" when it may."""
    try:
        change.tracked.check_undoes(viewer, pole, change.state)
        _check(change, _row(change))
    except (Refused, UserMistake) as refused:
        return refused.message
    return ""


def undo(*, change: Change) -> None:
    """Take a change back. The row is held meanwhile: a second one who asks at once is told that it moved."""
    try:
        with transaction.atomic():
            row = _row(change, for_update=True)
            _check(change, row)
            if change.verb == DELETED:
                _write_again(change)
                return
            names = _given_back(change)
            for name in names:
                setattr(row, name, getattr(change.was, name))
            row.save(update_fields=_fields(change.tracked.model, names))
    except IntegrityError as error:
        raise (change.tracked.refused_as(error) or UserMistake(_TAKEN)) from error


def _row(change: Change, *, for_update: bool = False) -> Any:
    rows = change.tracked.model._base_manager.filter(pk=change.row)
    return (rows.select_for_update() if for_update else rows).first()


def _given_back(change: Change) -> list[str]:
    return sorted(change.columns - change.tracked.moved_by_state)


def _check(change: Change, row: Any) -> None:
    if change.verb == CREATED or (change.verb != DELETED and change.was is None):
        raise UserMistake("C’est le début de l’histoire : il n’y a rien avant.")
    if change.verb == DELETED:
        if row is not None:
            raise UserMistake("Cette ligne est déjà revenue.")
        return
    if row is None:
        raise UserMistake("Cette ligne a été supprimée depuis.")
    names = _given_back(change)
    if not names:
        raise UserMistake("Ce changement a son propre geste : rouvrir, retirer ou confirmer.")
    if any(getattr(row, name) != getattr(change.state, name) for name in names):
        raise UserMistake(_MOVED)
    _check_still_there(change, names)
    sentence = change.tracked.rests_on_it(row, frozenset(names))
    if sentence:
        raise UserMistake(sentence)


def _check_still_there(change: Change, names: list[str]) -> None:
    """What the row pointed at before must still be."""
    for column in change.tracked.columns():
        if column.attname not in names or not isinstance(column, models.ForeignKey):
            continue
        value, model = getattr(change.was, column.attname), column.related_model
        if value is not None and not model._base_manager.filter(pk=value).exists():
            raise UserMistake(f"« {column.verbose_name} » nommait une ligne qui n’existe plus.")


def _write_again(change: Change) -> None:
    columns = change.tracked.columns()
    values = {one.attname: getattr(change.state, one.attname) for one in columns}
    change.tracked.model._base_manager.create(pk=change.row, **values)


def _fields(model: type[models.Model], names: list[str]) -> list[str]:
    return [one.name for one in model._meta.concrete_fields if one.attname in names]
