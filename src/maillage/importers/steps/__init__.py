"""What is looked at once the cells of a line are read: the line as a whole. One step a subject; the database
adds its own.
"""

from maillage.importers.rows import Step
from maillage.importers.schemas.column import Schema
from maillage.importers.steps import amounts, dates, facts, flows, intents, organisations

STEPS: dict[str, tuple[Step, ...]] = {
    "organisations": (organisations.check_identifiers, organisations.name_the_nameless),
    "needs": (intents.check_identifiers, amounts.join_amount, dates.check_order, intents.title_the_untitled),
    "offers": (intents.check_identifiers, amounts.join_amount, dates.check_order, intents.title_the_untitled),
    "flows": (intents.check_identifiers, flows.check_hazard, amounts.join_amount, dates.check_order),
    "facts": (facts.join_amount,),
}


def steps_of(schema: Schema) -> tuple[Step, ...]:
    """Return the steps of a kind of table, in order."""
    return STEPS[schema.name]
