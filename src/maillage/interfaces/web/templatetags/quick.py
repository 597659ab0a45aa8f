"""Tags and filters of Django, quicker: every template has them in the place of its own.

What is kept depends on what is given alone: the routes of the process, a day and its format.
"""

import datetime
from functools import lru_cache

from django import template
from django.template import defaultfilters, defaulttags
from django.template.base import Parser, Token
from django.urls import NoReverseMatch
from django.utils.html import conditional_escape
from django.utils.translation import get_language

from maillage.interfaces.web.addresses import address

register = template.Library()


class AddressNode(defaulttags.URLNode):
    """``{% url %}`` with addresses that are written once."""

    def render(self, context: template.Context) -> str:
        """Return the address, or put it in the context under its name."""
        if self.kwargs:
            return str(super().render(context))
        try:
            url = address(
                self.view_name.resolve(context),
                *(arg.resolve(context) for arg in self.args),
                current_app=_namespace(context),
            )
        except NoReverseMatch:
            if self.asvar is None:
                raise
            url = ""
        if self.asvar:
            context[self.asvar] = url
            return ""
        return conditional_escape(url) if context.autoescape else url


def _namespace(context: template.Context) -> str | None:
    """Return the namespace of the page that is shown, as ``{% url %}`` does."""
    request = getattr(context, "request", None)
    if request is not None and hasattr(request, "current_app"):
        named: str | None = request.current_app
        return named
    match = getattr(request, "resolver_match", None)
    return match.namespace if match is not None else None


@register.tag
def url(parser: Parser, token: Token) -> AddressNode:
    """Read ``{% url %}`` as Django does."""
    node = defaulttags.url(parser, token)
    return AddressNode(node.view_name, node.args, node.kwargs, node.asvar)


@register.filter(expects_localtime=True, is_safe=False)
def date(value: datetime.date | str | None, arg: str | None = None) -> str:
    """Write a day; a moment, which depends on where one is, goes to Django's filter."""
    if type(value) is datetime.date:
        return _written(value, arg, get_language())
    return str(defaultfilters.date(value, arg))


@lru_cache(maxsize=4096)
def _written(day: datetime.date, form: str | None, language: str | None) -> str:
    """``language`` is read by Django itself: it is here so that two languages are two texts."""
    return str(defaultfilters.date(day, form))
