"""What is still missing before a text can be signed: said all at once, each with the place to mend it."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from maillage.core.errors import UserMistake
from maillage.core.french import NBSP, number
from maillage.core.quantities import Quantity, unit_named
from maillage.domain.agreements.drafting import Drafting
from maillage.domain.agreements.templates import Template
from maillage.domain.agreements.values import amount
from maillage.domain.ledger.models import Commitment


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing to do before signing; ``where`` is terms, parties or promises."""

    where: str
    sentence: str


def missing_of(drafting: Drafting) -> tuple[Missing, ...]:
    """Return everything that keeps the text from being signed."""
    return tuple(_missing(drafting))


def _missing(drafting: Drafting) -> Iterator[Missing]:
    template, count = drafting.template, len(drafting.parties)
    if count < template.least_parties:
        yield Missing("parties", "Un accord se fait à deux au moins. Ajoutez une structure.")
    if template.most_parties is not None and count > template.most_parties:
        yield Missing(
            "parties",
            f"« {template.label} » se fait à {template.most_parties}. Retirez une structure, ou faites deux accords.",
        )
    for field in template.fields:
        if field.required and not drafting.terms.values.get(field.code):
            yield Missing("terms", f"Remplissez « {field.label} ».")
    if template.needs_end and drafting.agreement.ends_on is None:
        yield Missing("terms", "Donnez la date de fin.")
    if template.needs_promise and not drafting.commitments:
        yield Missing("promises", "Notez au moins un engagement : qui donne quoi à qui.")
    if template.forbids_money and any(one.action_id == "pay" for one in drafting.commitments):
        yield Missing("promises", template.forbids_money.sentence)
    paid = paid_of(drafting.commitments)
    ceiling = ceiling_of(template, drafting.terms.values)
    if template.at_cost and ceiling is not None and paid > ceiling:
        yield Missing(
            "promises",
            f"Les paiements promis font {_euros(paid)}, le coût {_euros(ceiling)}. {template.at_cost.sentence}",
        )


def check_price(template: Template, values: dict[str, str]) -> tuple[Decimal | None, Decimal | None]:
    """Return the price and its ceiling; refuse a price above what the law allows."""
    rule = template.at_cost
    if rule is None:
        return None, None
    price, ceiling = amount(values, rule.price), ceiling_of(template, values)
    if price is not None and ceiling is not None and price > ceiling:
        raise UserMistake(
            f"{_euros(price)} facturés pour {_euros(ceiling)} de coût : {rule.sentence}", field=rule.price
        )
    return price, ceiling


def ceiling_of(template: Template, values: dict[str, str]) -> Decimal | None:
    """Return the sum of the costs, once all are known."""
    if template.at_cost is None:
        return None
    costs = [amount(values, code) for code in template.at_cost.costs]
    if any(one is None for one in costs):
        return None
    return sum((one for one in costs if one is not None), Decimal(0))


def check_line(
    template: Template, drafting: Drafting, *, action: str, quantity: Decimal | None, unit: str
) -> None:
    """Refuse a promise that this kind of agreement may not hold."""
    if action != "pay":
        return
    if template.forbids_money:
        raise UserMistake(template.forbids_money.sentence, field="action")
    ceiling = ceiling_of(template, drafting.terms.values)
    if template.at_cost and ceiling is not None and quantity is not None:
        paid = paid_of(drafting.commitments) + _in_euros(quantity, unit)
        if paid > ceiling:
            raise UserMistake(
                f"Les paiements promis feraient {_euros(paid)}, le coût {_euros(ceiling)}. "
                f"{template.at_cost.sentence}",
                field="quantity",
            )


def paid_of(commitments: tuple[Commitment, ...]) -> Decimal:
    """Return the sum of the payments promised, in euros."""
    paid = [one for one in commitments if one.action_id == "pay" and one.quantity is not None]
    return sum((_in_euros(one.quantity or Decimal(0), one.unit) for one in paid), Decimal(0))


def _in_euros(quantity: Decimal, unit: str) -> Decimal:
    return Quantity(quantity, unit_named(unit)).in_base


def _euros(value: Decimal) -> str:
    return f"{number(value)}{NBSP}€"
