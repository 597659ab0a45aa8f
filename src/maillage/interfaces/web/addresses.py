"""Addresses of pages, written once: they depend on the routes alone, which stay as they are while a process runs.

A list of fifty lines asks for a hundred; Django looks through the routes for each.
"""

from functools import lru_cache

from django.conf import settings
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.safestring import SafeString

PLAIN = (int, str, SafeString)


def address(name: str, *args: object, current_app: str | None = None) -> str:
    """Return what ``reverse`` returns; raise ``NoReverseMatch`` as it does."""
    if not all(type(one) in PLAIN for one in args):
        return reverse(name, args=args, current_app=current_app)
    return _kept(get_urlconf() or settings.ROOT_URLCONF, get_script_prefix(), current_app, name, *args)


@lru_cache(maxsize=16_384, typed=True)
def _kept(urlconf: str, prefix: str, current_app: str | None, name: str, *args: object) -> str:
    """``prefix`` is read by ``reverse`` itself: it is here so that two prefixes are two addresses."""
    return reverse(name, urlconf=urlconf, args=args, current_app=current_app)
