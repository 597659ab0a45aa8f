"""Creates poles, changes who carries them, what they may say of themselves, and their colleges."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Q

from maillage.core.errors import UserMistake
from maillage.domain.actors.constraints import check_fields, friendly_refusals, tidy, tidy_lines
from maillage.domain.actors.models import College, Organisation, Pole, PoleSponsor, PoleStatus
from maillage.domain.places.models import Territory


@transaction.atomic
def create_pole(
    *,
    name: str,
    slug: str,
    territory: Territory,
    sponsor: Organisation | None = None,
    status: str = "",
    on: date | None = None,
    tagline: str = "",
    description: str = "",
    contact_email: str = "",
    contact_phone: str = "",
    is_demonstration: bool = False,
) -> Pole:
    """Create a pole; its sponsor and its status run from ``on``."""
    values = {
        "name": tidy(name),
        "slug": slug,
        "tagline": tidy(tagline),
        "description": tidy_lines(description),
        "contact_email": tidy(contact_email),
        "contact_phone": tidy(contact_phone),
    }
    check_fields(Pole, values)
    if (sponsor or status) and on is None:
        raise UserMistake("Donnez la date depuis laquelle la structure porte le pôle.", field="on")
    with friendly_refusals():
        pole = Pole.objects.create(territory=territory, is_demonstration=is_demonstration, **values)
    if sponsor is not None and on is not None:
        change_sponsor(pole=pole, organisation=sponsor, on=on)
    if status and on is not None:
        record_status(pole=pole, status=status, on=on)
    return pole


@transaction.atomic
def update_pole(
    *,
    pole: Pole,
    name: str,
    tagline: str,
    description: str,
    contact_email: str,
    contact_phone: str,
    territory: Territory,
) -> Pole:
    """Rewrite what a pole shows of itself; its address never changes, so that links keep working."""
    values = {
        "name": tidy(name),
        "tagline": tidy(tagline),
        "description": tidy_lines(description),
        "contact_email": tidy(contact_email),
        "contact_phone": tidy(contact_phone),
    }
    check_fields(Pole, values)
    for field, value in values.items():
        setattr(pole, field, value)
    pole.territory = territory
    with friendly_refusals():
        pole.save()
    return pole


@transaction.atomic
def change_sponsor(*, pole: Pole, organisation: Organisation, on: date) -> PoleSponsor:
    """Let another organisation carry the pole from ``on``; the one before stops that day."""
    current = pole.sponsors.filter(Q(until__isnull=True) | Q(until__gt=on)).order_by("-since").first()
    if current is not None:
        if current.organisation_id == organisation.pk and current.since <= on:
            return current
        if current.since >= on:
            raise UserMistake(
                f"« {current.organisation} » porte le pôle depuis le {current.since:%d/%m/%Y}. Choisissez une date "
                "plus récente.",
                field="on",
            )
        current.until = on
        current.save(update_fields=["until"])
    organisation.known_in.add(pole)
    with friendly_refusals():
        return PoleSponsor.objects.create(pole=pole, organisation=organisation, since=on)


@transaction.atomic
def record_status(*, pole: Pole, status: str, on: date, source: str = "") -> PoleStatus:
    """Write what the pole is from ``on``, and the source that says so."""
    check_fields(PoleStatus, {"status": status, "source": tidy(source)})
    with friendly_refusals():
        return PoleStatus.objects.create(pole=pole, status=status, since=on, source=tidy(source))


@transaction.atomic
def create_college(*, pole: Pole, name: str, weight: Decimal | None = None, rank: int = 0) -> College:
    """Create a college of the pole."""
    check_fields(College, {"name": tidy(name), "rank": rank})
    with friendly_refusals():
        return College.objects.create(pole=pole, name=tidy(name), weight=weight, rank=rank)
