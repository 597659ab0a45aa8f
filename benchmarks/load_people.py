"""Fifty people at once, for locust: facilitators, members and visitors reading and searching a crowded pole.

Run by the family ``load``; the addresses and sessions come from the file that ``MAILLAGE_LOAD`` names. An address may
be whole: that of a peer, on its own host.
"""

import json
import os
import random
from pathlib import Path

from locust import HttpUser, between, task

GIVEN = json.loads(Path(os.environ["MAILLAGE_LOAD"]).read_text(encoding="utf-8"))


class Somebody(HttpUser):
    """Opens a page, reads it a few seconds, opens another."""

    abstract = True
    wait_time = between(2, 8)
    role = "visite"

    def on_start(self) -> None:
        """Take the session of the role."""
        session = GIVEN["sessions"].get(self.role)
        if session:
            self.client.cookies.set("sessionid", session)

    @task
    def open_a_page(self) -> None:
        """Open one of the role's pages, each as likely."""
        name, path = random.choice(GIVEN["pages"][self.role])
        with self.client.get(path, name=name, catch_response=True, allow_redirects=False) as answer:
            if answer.status_code != 200:
                answer.failure(f"{answer.status_code} {answer.error or ''}".strip())


class Facilitator(Somebody):
    """Runs the pole."""

    weight = 4
    role = "animation"


class Member(Somebody):
    """Speaks for a structure."""

    weight = 4
    role = "membre"


class Visitor(Somebody):
    """Has no account."""

    weight = 2


class Support(Somebody):
    """Reads the same rows in the stock lists of Django's administration: the peer."""

    weight = 1
    role = "support"


class Linked(Somebody):
    """Reads the same rows as linked data, at the peer's own address; nobody does when it is not served."""

    abstract = not GIVEN["pages"].get("djangoldp")
    weight = 1
    role = "djangoldp"
