"""Marks of a file that wants something else than to be read."""

from maillage.core.errors import UserMistake

# The harmless string every antivirus knows (EICAR), in two halves so that this file is not one.
_EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-" + b"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
_ZIP_END, _ZIP_HEAD = b"PK\x05\x06", b"PK\x03\x04"
_MARKUP = (b"<script", b"<html", b"<!doctype", b"<svg", b"<?php", b"<iframe", b"<body", b"<object", b"<?xml")


def refuse_known_virus(content: bytes, *, name: str) -> None:
    """Refuse what an antivirus would stop."""
    if _EICAR in content:
        raise UserMistake(
            f"« {name} » porte la signature d’un virus d’essai : il n’a pas été gardé.", field="file"
        )


def refuse_hidden_archive(content: bytes, *, name: str) -> None:
    """Refuse an archive glued behind something else."""
    if _ZIP_END in content[-66_000:] and _ZIP_HEAD in content:
        raise two_in_one(name)


def has_markup(content: bytes) -> bool:
    """Say whether a browser could take this text for a page."""
    low = content.lower()
    return any(mark in low for mark in _MARKUP)


def two_in_one(name: str) -> UserMistake:
    """Return the mistake of a file that is two things at once."""
    return UserMistake(
        f"« {name} » contient deux fichiers en un : il n’a pas été gardé. Enregistrez de nouveau le document "
        "seul, puis recommencez.",
        field="file",
    )
