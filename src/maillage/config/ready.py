"""The door of a web server that forks (``gunicorn --preload``): everything is read once, before the first page.

Its processes share what was read, and none makes a page wait for it. No connection is open when they part.
"""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maillage.config.settings")

_pages = get_wsgi_application()

from django.db import connections  # noqa: E402 - after Django is set up

from maillage.config.warming import read_pages, warm  # noqa: E402
from maillage.interfaces.web.streaming.handover import with_streams  # noqa: E402

application = with_streams(_pages)
read_pages()
warm()
connections.close_all()
