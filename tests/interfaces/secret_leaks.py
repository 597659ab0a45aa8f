"""What betrays a secret: a word in an answer, an answer that is not the same once what is hidden is otherwise."""

import re
from collections.abc import Iterable

from django.test import Client

from tests.interfaces.crawler import Answer, ask
from tests.interfaces.secret_words import Sought

_SIGNED = re.compile(r":[\w-]{6}:[\w-]{30,}")
_SAID_ONCE = '<div class="page messages"'
# What is drawn anew at each reading: tokens of forms, signed links, keys.
_CHANGES = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|"X-CSRFToken": "[^"]*"|[\w:.-]{24,}')


def leaks(answer: Answer, words: Sought) -> list[str]:
    """Return what an answer tells: what was asked, the word, what it belongs to."""
    return [f"{answer.visit} tells {word!r} of {whose}" for word, whose in words.found_in(answer.text)]


def differences(client: Client, before: Iterable[Answer]) -> list[str]:
    """Return the pages that are not the same once what is hidden is otherwise: they depend on it.

    A signed link speaks for the structure that received it, and a message shows once: neither is compared.
    """
    found = []
    for was in before:
        if was.status == 200 and was.raw and not _SIGNED.search(was.address):
            now = ask(client, was.visit)
            if _SAID_ONCE in was.raw or _SAID_ONCE in now.raw:
                continue
            one, two = _CHANGES.sub("", was.raw), _CHANGES.sub("", now.raw)
            if one != two:
                found.append(f"{was.visit} depends on it: {first_difference(one, two)}")
    return found


def first_difference(was: str, now: str) -> str:
    """Return the first words that differ, and what is around."""
    at = next((i for i, (one, two) in enumerate(zip(was, now, strict=False)) if one != two), 0)
    return f"…{was[max(0, at - 60) : at + 60]}… became …{now[max(0, at - 60) : at + 60]}…"
