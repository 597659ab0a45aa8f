"""The door of the web server (gunicorn)."""

import gc
import os
import threading

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maillage.config.settings")

_pages = get_wsgi_application()

from maillage.interfaces.web.streaming.handover import with_streams  # noqa: E402 - after Django is set up

application = with_streams(_pages)

SOON = 4.0
"""Seconds before the warming up: the first page goes first."""


def _warm() -> None:
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


_later = threading.Timer(SOON, _warm)
_later.daemon = True
_later.start()
