"""How many attempts are let pass; counted in the shared cache, with allauth's own measure."""

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse


def too_many(request: HttpRequest, action: str, key: str) -> HttpResponse | None:
    """Count an attempt; return the page that asks to wait when there were too many. Reading a page counts nothing."""
    answer: HttpResponse | None = ratelimit.consume_or_429(request, action=action, key=key)
    return answer
