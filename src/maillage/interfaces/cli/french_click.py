"""Click speaks English; here are its own words in French, put in place of its ``gettext``.

Click asks ``gettext`` in each of its modules under the name ``_`` (and ``ngettext``); a compiled catalogue beside the
code would need the locale of the machine. This table needs nothing, and a sentence that it lacks stays English
rather than wrong.
"""

from collections.abc import Callable
from types import ModuleType

import click
from click import core, decorators, exceptions, formatting, parser, termui, types

from maillage.core.french import number

_WORDS: dict[str, str] = {
    "Usage:": "Usage :",
    "Options": "Options\u00a0",
    "Positional arguments": "Fichiers\u00a0",
    "Commands": "Commandes\u00a0",
    "Show this message and exit.": "Montre cette aide.",
    "Show the version and exit.": "Montre la version.",
    "Error: {message}": "Erreur : {message}",
    "Error": "Erreur",
    "Aborted!": "Arrêté.",
    "Try '{command} {option}' for help.": "Pour l’aide : {command} {option}",
    "Invalid value: {message}": "À corriger : {message}",
    "Invalid value for {param_hint}: {message}": "À corriger, {param_hint} : {message}",
    "Missing argument": "Il manque",
    "Missing option": "Il manque l’option",
    "Missing parameter": "Il manque",
    "Missing {param_type}": "Il manque {param_type}",
    "Missing parameter: {param_name}": "Il manque {param_name}.",
    "No such option {name!r}.": "L’option {name} n’existe pas.",
    "No such command {name!r}.": "La commande « {name} » n’existe pas.",
    "Missing command.": "Dites quelle commande.",
    "Choose from:\n\t{choices}": "Choisissez parmi :\n\t{choices}",
    "Option {name!r} does not take a value.": "L’option {name} n’attend pas de valeur.",
    "Argument {name!r} takes {nargs} values.": "{name} attend {nargs} valeurs.",
    "{value!r} is not a valid {number_type}.": "« {value} » n’est pas un nombre.",
    "{value} is not in the range {range}.": "{value} n’est pas entre les bornes ({range}).",
    "{name} {filename!r} does not exist.": "le fichier {filename} n’existe pas. Vérifiez son nom et son dossier.",
    "{name} {filename!r} is a file.": "{filename} est un fichier ; il faut un dossier.",
    "{name} {filename!r} is a directory.": "{filename} est un dossier ; il faut un fichier.",
    "{name} {filename!r} is not readable.": "{filename} ne peut pas être lu : vérifiez ses droits.",
    "{name} {filename!r} is not writable.": "{filename} ne peut pas être écrit : vérifiez ses droits.",
    "env var: {var}": "variable : {var}",
    "default: {default}": "sans elle : {default}",
    "(dynamic)": "(calculé)",
    "required": "obligatoire",
    "Do you want to continue?": "Continuer ?",
}
_PLURALS: dict[str, tuple[str, str]] = {
    "{value!r} is not {choice}.": (
        "« {value} » n’est pas {choice}.",
        "« {value} » n’est aucun de : {choices}.",
    ),
    "Got unexpected extra argument ({args})": ("Un mot de trop : {args}", "Des mots de trop : {args}"),
    "Takes {nargs} values but 1 was given.": (
        "{nargs} valeurs attendues, 1 donnée.",
        "{nargs} attendues, {len} données.",
    ),
    "Option {name!r} requires an argument.": (
        "L’option {name} attend une valeur.",
        "L’option {name} attend {nargs} valeurs.",
    ),
    "Did you mean {possibility}?": (
        "Vouliez-vous dire {possibility} ?",
        "Vouliez-vous dire l’un de : {possibilities} ?",
    ),
}


def french(message: str) -> str:
    """Return Click's sentence in French, or as it is when the table lacks it."""
    return _WORDS.get(message, message)


def french_plural(singular: str, plural: str, count: int) -> str:
    """Return Click's sentence in French for a count."""
    if singular in _PLURALS:
        return _PLURALS[singular][0 if count == 1 else 1]
    return singular if count == 1 else plural


def speak_french() -> None:
    """Put the table in place; calling it again changes nothing."""
    modules: tuple[ModuleType, ...] = (core, decorators, exceptions, formatting, parser, termui, types)
    for module in modules:
        for name, words in (("_", french), ("ngettext", french_plural)):
            if hasattr(module, name):
                setattr(module, name, words)


def between(low: int, high: int) -> Callable[[click.Context, click.Parameter, float | None], float | None]:
    """Return the check of an option that goes from ``low`` to ``high``, told in a French sentence."""

    def check(_context: click.Context, _option: click.Parameter, value: float | None) -> float | None:
        if value is not None and not low <= value <= high:
            raise click.BadParameter(
                f"{number(value)} est hors des bornes ; écrivez un nombre de {low} à {high}."
            )
        return value

    return check
