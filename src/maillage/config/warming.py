"""What a process of the site reads once, read before somebody waits for it."""

import gc
from pathlib import Path


def warm() -> None:
    """Read the catalogue, its words and the model of types before the first person types: nobody waits for them."""
    from django.conf import settings  # noqa: PLC0415

    from maillage.domain.catalogue.files import read_catalogue  # noqa: PLC0415 - after Django is set up
    from maillage.domain.catalogue.words import propose_types  # noqa: PLC0415
    from maillage.domain.matching.bridges.types import kept_model  # noqa: PLC0415

    propose_types("un vélo", read_catalogue())
    model = kept_model(settings.TYPE_MODEL)
    for classifier in (model.types, model.professions) if model is not None else ():
        if classifier is not None and not classifier.uses_meaning:
            classifier.understand(["un vélo"])
    gc.collect()
    gc.freeze()  # what was read stays for good: the collector need not walk it again between two pages


def read_pages() -> None:
    """Read the addresses with their views, and the templates: the first page of a process finds them."""
    from django.apps import apps  # noqa: PLC0415 - after Django is set up
    from django.template.loader import get_template  # noqa: PLC0415
    from django.urls import reverse  # noqa: PLC0415

    reverse("account_login")
    folder = Path(apps.get_app_config("web").path) / "templates"
    for file in sorted(folder.rglob("*.html")):
        get_template(file.relative_to(folder).as_posix())
