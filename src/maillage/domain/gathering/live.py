"""What screens are told: the number of a workshop goes through PostgreSQL when the transaction that changed it ends."""

from django.db import connection
from django.db.models import F

from maillage.domain.gathering.models import Workshop

CHANNEL = "maillage_live"


def topic_of(workshop_id: int) -> str:
    """Return the name under which a workshop is told."""
    return f"workshop-{workshop_id}"


def turn_page(workshop_id: int) -> int:
    """Number the next state of a workshop's screens, and tell it once the transaction is kept.

    The row stays locked until then: numbers are given in the order in which changes are seen. Call it in a
    transaction, before writing what bears the number.
    """
    Workshop.objects.filter(pk=workshop_id).update(version=F("version") + 1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, topic_of(workshop_id)])
    return Workshop.objects.values_list("version", flat=True).get(pk=workshop_id)
