"""Load the actions from their readable file."""

import csv
from importlib.resources import files

from django.db import transaction

from maillage.core.quantities import Dimension
from maillage.domain.ledger.models import Action


def load_actions() -> int:
    """Write the rows of ``data/actions.csv``, the same ones again change nothing; return how many there are."""
    text = files("maillage.domain.ledger").joinpath("data/actions.csv").read_text(encoding="utf-8")
    rows = [
        Action(
            code=row["code"],
            label=row["label"],
            effect=row["effect"],
            is_use=row["code"] == "use",
            dimensions=[Dimension(code).value for code in row["dimensions"].split("|") if code],
        )
        for row in csv.DictReader(text.splitlines())
    ]
    with transaction.atomic():
        Action.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["code"],
            update_fields=["label", "effect", "is_use", "dimensions"],
        )
    return len(rows)
