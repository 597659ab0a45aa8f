"""Find a pole by its address."""

from maillage.domain.actors.models import Pole


def pole_by_slug(*, slug: str) -> Pole | None:
    """Return the pole of an address, with its territory; ``None`` when there is none."""
    return Pole.objects.select_related("territory").filter(slug=slug).first()
