"""One account for each role, with a password drawn at random at each loading; only its hash is kept."""

import secrets
from collections.abc import Iterable

from maillage.domain.actors.models import Account, Person
from maillage.domain.actors.operations import change_password, create_account
from maillage.importers.demonstration.loaded import DemonstrationAccount, Loaded
from maillage.importers.demonstration.schema import PersonRow

# No letter or figure that looks like another one: people copy the password from the screen.
_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _GROUP_LENGTH = 4, 4


def open_accounts(loaded: Loaded) -> None:
    """Open the accounts that are missing, and give every one of them a new password."""
    emails = [row.email for row in loaded.rows.people if row.account]
    before = Account.objects.filter(email__in=emails).count()
    for one in with_new_passwords(loaded.rows.people):
        loaded.accounts[one.role] = one
        loaded.account_of[one.email] = Account.objects.get(email=one.email)
    loaded.created["accounts"] = len(emails) - before


def with_new_passwords(people: Iterable[PersonRow]) -> list[DemonstrationAccount]:
    """Draw a new password for the account of each role, opening it when it is missing; the old ones close."""
    renewed = []
    for row in people:
        if row.account:
            password = _drawn_password()
            _give(row, password)
            name = f"{row.given_name} {row.family_name}"
            renewed.append(DemonstrationAccount(row.account, row.email, name, password))
    return renewed


def _give(row: PersonRow, password: str) -> None:
    account = Account.objects.filter(email=row.email).first()
    if account is None:
        person = Person.objects.get(email=row.email)
        create_account(email=row.email, person=person, password=password)
    else:
        change_password(account=account, password=password)


def _drawn_password() -> str:
    """Return sixteen signs in four groups: about seventy-nine bits drawn at random."""
    groups = ("".join(secrets.choice(_SIGNS) for _ in range(_GROUP_LENGTH)) for _ in range(_GROUPS))
    return "-".join(groups)
