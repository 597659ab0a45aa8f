"""What the pages of accounts ask of the settings: ``{% load accounts %}``."""

from typing import Any

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def identity_providers() -> list[tuple[str, str]]:
    """The identity providers of this instance: their number in addresses, and their name."""
    kept: Any = settings.SOCIALACCOUNT_PROVIDERS
    apps = kept["openid_connect"]["APPS"]
    return [(one["provider_id"], one["name"]) for one in apps]
