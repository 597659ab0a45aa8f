"""Changing the terms of a draft: title, dates, conditions, what the template asks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from maillage.core.errors import UserMistake
from maillage.domain.actors.models import Organisation
from maillage.domain.agreements.document import clean
from maillage.domain.agreements.faults import check_price
from maillage.domain.agreements.models import AgreementTerms
from maillage.domain.agreements.templates import template_named
from maillage.domain.agreements.values import read_values
from maillage.domain.ledger.models import Agreement
from maillage.domain.ledger.operations import update_agreement


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsDraft:
    """What somebody typed on the page of the terms; ``values`` holds the fields of the template, as typed."""

    title: str
    starts_on: date | None
    ends_on: date | None
    conditions: str
    giver: Organisation | None = None
    values: Mapping[str, str]


def update_terms(*, agreement: Agreement, data: TermsDraft) -> Agreement:
    """Keep the terms of a draft; a price above its legal ceiling is refused, with the law's source."""
    with transaction.atomic():
        kept = update_agreement(
            agreement=agreement,
            title=clean(data.title).replace("\n", " "),
            starts_on=data.starts_on,
            ends_on=data.ends_on,
            conditions=clean(data.conditions),
        )
        terms = AgreementTerms.objects.select_for_update().get(agreement=kept)
        template = template_named(terms.template)
        values = read_values(template, data.values)
        terms.price, terms.ceiling = check_price(template, values)
        terms.values = values
        if template.has_roles and data.giver is not None:
            if not kept.parties.filter(organisation=data.giver).exists():
                raise UserMistake(f"{data.giver.name} n’est pas dans l’accord.", field="giver")
            terms.giver = data.giver
        terms.save()
    return kept
