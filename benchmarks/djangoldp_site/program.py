"""The DjangoLDP site: ``application`` for gunicorn, a command line for its tables.

DjangoLDP's own settings, but for what a site must say: its database, its address, how many lines make a page.
Run with this folder as the working folder, the database in ``PEER_DATABASE``, the address in ``PEER_SITE``.
"""

import json
import os
import sys

from django.conf import settings
from django.core.management import execute_from_command_line
from django.core.wsgi import get_wsgi_application
from djangoldp.conf.ldpsettings import LDPSettings

SITE = os.environ["PEER_SITE"]
LINES_A_PAGE = 50

settings.configure(
    LDPSettings(
        {
            "ldppackages": ["pole"],
            "server": {
                "DEBUG": False,
                "ALLOWED_HOSTS": ["*"],
                "SECRET_KEY": "a peer on one machine, for minutes",
                "SITE_URL": SITE,
                "BASE_URL": SITE,
                "DATABASES": {"default": json.loads(os.environ["PEER_DATABASE"])},
                "REST_FRAMEWORK": {
                    "DEFAULT_PAGINATION_CLASS": "djangoldp.pagination.LDPPagination",
                    "PAGE_SIZE": LINES_A_PAGE,
                },
            },
        }
    )
)
application = get_wsgi_application()

if __name__ == "__main__":
    execute_from_command_line(sys.argv)
