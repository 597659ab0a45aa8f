"""One word per thing: no model without its line in the glossary."""

from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]


def _our_models() -> set[str]:
    return {
        model.__name__
        for config in apps.get_app_configs()
        if config.name.startswith("maillage.")
        for model in config.get_models()
        if not model._meta.auto_created and not hasattr(model, "pgh_tracked_model")
    }


def _glossary() -> set[str]:
    lines = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8").splitlines()
    return {line.split("|")[2].strip().strip("`") for line in lines if line.startswith("| ") and "`" in line}


def test_glossary__names_every_model() -> None:
    assert _our_models() - _glossary() == set()


def test_glossary__names_nothing_that_does_not_exist() -> None:
    assert _glossary() - _our_models() == set()
