"""The door of the web server (gunicorn)."""

import os
import threading

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maillage.config.settings")

application = get_wsgi_application()


def _warm() -> None:
    """Read the catalogue and its words before the first person types: two seconds that nobody waits for."""
    from maillage.domain.catalogue.files import read_catalogue  # noqa: PLC0415 - after Django is set up
    from maillage.domain.catalogue.words import propose_types  # noqa: PLC0415

    propose_types("un vélo", read_catalogue())


threading.Thread(target=_warm, daemon=True, name="warm").start()
