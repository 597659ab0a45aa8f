"""Accounts: somebody who may sign in. What they may do comes from their mandates."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from maillage.core.errors import UserMistake
from maillage.domain.actors.constraints import check_fields, friendly_refusals, tidy
from maillage.domain.actors.models import Account, Mandate, Organisation, Person, Pole
from maillage.domain.actors.operations.people import create_person, give_mandate


@dataclass(frozen=True, slots=True)
class Invitation:
    """An account to tell somebody about; ``is_new`` when it has no password yet."""

    account: Account
    mandate: Mandate
    is_new: bool


@transaction.atomic
def create_account(*, email: str, person: Person | None = None, password: str | None = None) -> Account:
    """Create an account; without a password, it opens once its owner has chosen one."""
    email = tidy(email).lower()
    check_fields(Account, {"email": email})
    if password is not None:
        _check_password(password, Account(email=email, person=person))
    with friendly_refusals():
        return Account.objects.create_user(email, password, person=person)


@transaction.atomic
def invite(
    *,
    email: str,
    given_name: str,
    pole: Pole,
    role: str,
    on: date,
    family_name: str = "",
    organisation: Organisation | None = None,
) -> Invitation:
    """Give somebody a role in a pole, and an account when they have none; the door sends the message."""
    email = tidy(email).lower()
    account = Account.objects.filter(email=email).select_related("person").first()
    is_new = account is None
    if account is None:
        person = create_person(given_name=given_name, family_name=family_name, email=email)
        account = create_account(email=email, person=person)
    elif account.person is None:
        person = create_person(given_name=given_name, family_name=family_name, email=email)
        account.person = person
        account.save(update_fields=["person"])
    else:
        person = account.person
    mandate = give_mandate(person=person, pole=pole, role=role, since=on, organisation=organisation)
    return Invitation(account, mandate, is_new)


@transaction.atomic
def change_password(*, account: Account, password: str) -> Account:
    """Set a password that passes the site's rules."""
    _check_password(password, account)
    account.set_password(password)
    account.save(update_fields=["password"])
    return account


@transaction.atomic
def close_account(*, account: Account) -> Account:
    """Close an account: nobody signs in with it any more; what it wrote keeps its author."""
    account.is_active = False
    account.save(update_fields=["is_active"])
    return account


def _check_password(password: str, account: Account) -> None:
    try:
        validate_password(password, account)
    except ValidationError as error:
        raise UserMistake(" ".join(error.messages), field="password") from error
