"""What the templates of the room ask of a dictionary and of a form: ``{% load exchanges %}``."""

from collections.abc import Mapping
from typing import Any

from django import forms, template

register = template.Library()


@register.filter
def at(values: Mapping[str, Any], name: str) -> Any:
    """Return the value of a name, or nothing: ``{{ repairs|at:"unit" }}``."""
    return values.get(name, "")


@register.filter
def typed(form: forms.Form, name: str) -> str:
    """Return what was typed in a field: ``{{ form|typed:"other_type_text" }}``."""
    text = getattr(form, "text", None)
    return str(text(name)) if callable(text) else ""
