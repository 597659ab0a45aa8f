"""A small pole for the pages of projects: one led by Rebond, a browser for each role."""

from dataclasses import dataclass
from typing import Any

from django.test import Client

from maillage.domain.actors.models import Account, Organisation, Pole
from maillage.domain.actors.viewer import Role
from maillage.domain.projects.models import Project
from tests.factories.actors import make_account, make_membership, make_organisation, make_pole
from tests.factories.projects import make_project


@dataclass
class Workshop:
    """The pole, its project, who looks."""

    pole: Pole
    project: Project
    lead: Organisation
    accounts: dict[str, Account]

    def client(self, who: str = "facilitator") -> Client:
        """A browser signed in as somebody; « visitor » is nobody."""
        client = Client()
        if who != "visitor":
            client.force_login(self.accounts[who], backend="django.contrib.auth.backends.ModelBackend")
        return client

    def url(self, rest: str = "") -> str:
        """An address of the room."""
        return f"/p/{self.pole.slug}/projets/{rest}"

    def read(self, rest: str = "", who: str = "facilitator", status: int = 200) -> str:
        """Return a page, whole."""
        answer = self.client(who).get(self.url(rest))
        assert answer.status_code == status
        return page(answer)

    def send(self, rest: str, who: str = "facilitator", **typed: Any) -> Any:
        """Send a form."""
        return self.client(who).post(self.url(rest), typed)


def page(answer: Any) -> str:
    """Return the words of an answer; no variable of a template is unknown."""
    text = str(answer.content.decode())
    assert "VARIABLE-INCONNUE" not in text
    return text


def make_workshop() -> Workshop:
    """Build the pole."""
    pole, lead = make_pole("Pôle d’essai", "essai"), make_organisation("Atelier Rebond")
    make_membership(pole, lead)
    accounts = {
        "facilitator": make_account(Role.FACILITATOR, pole, email="team@exemple.fr"),
        "lead": make_account(Role.MEMBER, pole, lead),
        "member": make_account(Role.MEMBER, pole),
    }
    project = make_project(pole=pole, lead=lead, summary="Composter près des cantines.")
    return Workshop(pole, project, lead, accounts)
