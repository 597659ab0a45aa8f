"""What runs on a day: ``until`` is the first day without it."""

from datetime import date

from django.db.models import Q


def runs_on(on: date) -> Q:
    """Return the condition of what runs on a day."""
    return Q(since__lte=on) & (Q(until__isnull=True) | Q(until__gt=on))
