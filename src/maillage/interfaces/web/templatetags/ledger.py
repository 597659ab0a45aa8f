"""How far a promise is, for any page: ``{% load ledger %}{% progress one %}``."""

from typing import Any

from django import template

from maillage.domain.ledger.queries import Progress
from maillage.interfaces.web.ledger.words import advance_of, done_word

register = template.Library()
register.filter("done_word", done_word)


@register.inclusion_tag("components/progress.html")
def progress(found: Progress) -> dict[str, Any]:
    """Show a promise's bar, what is done, what remains, whether it is late."""
    return {"advance": advance_of(found)}
