"""The door of the web server (gunicorn)."""

import os
import threading

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maillage.config.settings")

_pages = get_wsgi_application()

from maillage.config.warming import warm  # noqa: E402 - after Django is set up
from maillage.interfaces.web.streaming.handover import with_streams  # noqa: E402

application = with_streams(_pages)

SOON = 4.0
"""Seconds before the warming up: the first page goes first."""

_later = threading.Timer(SOON, warm)
_later.daemon = True
_later.start()
