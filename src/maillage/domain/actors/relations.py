"""What points to a row, in every room, found through the models so that a room added later is served too."""

from collections.abc import Iterator
from typing import Any

import pghistory.models
from django.db import models

from maillage.domain.actors.models import DuplicateDismissal, OrganisationMerge

# The records of a merge and of « ce ne sont pas les mêmes » are not moved line by line.
UNTOUCHED: tuple[type[models.Model], ...] = (OrganisationMerge, DuplicateDismissal)


def relations_to(model: type[models.Model]) -> Iterator[Any]:
    """Every foreign key of every room that points to ``model``, but for histories and many-to-many tables."""
    for relation in model._meta.get_fields(include_hidden=True):
        if not (
            relation.auto_created and not relation.concrete and (relation.one_to_many or relation.one_to_one)
        ):
            continue
        source: Any = relation.related_model
        if issubclass(source, (pghistory.models.Event, *UNTOUCHED)) or source._meta.auto_created:
            continue
        yield relation
