"""A person of the pole, by number."""

from datetime import date

from maillage.domain.actors.models import Mandate, Person, Pole
from maillage.domain.projects.running import runs_on


def person_of_pole(*, pole: Pole, pk: int, on: date) -> Person | None:
    """Return somebody who has a role in the pole on a day."""
    held = Mandate.objects.filter(runs_on(on), pole=pole).order_by().values("person_id")
    return Person.objects.filter(pk=pk, pk__in=held).first()
