"""The families of measures, each registered by its own file."""

import importlib
import pkgutil
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass

import benchmarks

Run = Callable[[Namespace], None]
Options = Callable[[ArgumentParser], None]


@dataclass(frozen=True, slots=True)
class Family:
    """``options`` adds its arguments to a parser; ``needs_data``: one of them is a folder that must be given."""

    name: str
    about: str
    options: Options
    run: Run
    needs_data: bool


FAMILIES: dict[str, Family] = {}
APART = {"__main__", "djangoldp_site", "load_people"}  # what another program runs


def family(name: str, about: str, *, options: Options, needs_data: bool = False) -> Callable[[Run], Run]:
    """Register the decorated function under ``name``; raise ``ValueError`` when the name is taken."""

    def register(run: Run) -> Run:
        if name in FAMILIES:
            raise ValueError(f"two families are named {name}")
        FAMILIES[name] = Family(name, about, options, run, needs_data)
        return run

    return register


def load() -> dict[str, Family]:
    """Import every file of the package, so that each registers its family, and return them by name."""
    for module in pkgutil.iter_modules(benchmarks.__path__):
        if module.name not in APART:
            importlib.import_module(f"benchmarks.{module.name}")
    return dict(sorted(FAMILIES.items()))
