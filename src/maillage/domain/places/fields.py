"""Database expressions shared by the rooms: folded names and checked identifiers.

The SQL functions come with the first migration of this room, on which every other room depends.
"""

from django.db import models
from django.db.models import F, Func, TextField
from django.db.models.functions import Cast


class Fold(Func):
    """``maillage_fold``: lower case, no accent, no hyphen; the same as ``maillage.core.french.fold``."""

    function = "maillage_fold"
    output_field = TextField()


class IsLuhn(Func):
    """``maillage_luhn``: the digits pass Luhn's check."""

    function = "maillage_luhn"
    output_field = models.BooleanField()


class IsSiret(Func):
    """``maillage_siret``: fourteen digits, SIREN and SIRET pass Luhn, or La Poste's own rule."""

    function = "maillage_siret"
    output_field = models.BooleanField()


def folded(column: str) -> models.GeneratedField:
    """Return a stored column that holds the folded text of ``column``, for searching."""
    return models.GeneratedField(
        expression=Fold(Cast(F(column), TextField())), output_field=TextField(), db_persist=True
    )
