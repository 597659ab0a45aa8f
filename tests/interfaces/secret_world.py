"""The world of the access table with secrets in it: needs and offers of every visibility, each with words of its own.

What a reader may know is written here by itself, from the reader's role and the visibility: it does not ask the site.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from typing import Any

from django.test import Client

from maillage.domain.actors.models import Account, Organisation
from maillage.domain.actors.viewer import Role
from maillage.domain.exchanges.describe import one_significant_digit
from maillage.domain.exchanges.enums import IntentKind, Visibility
from maillage.domain.exchanges.models import Disclosure, Intent, StateChange
from maillage.domain.exchanges.operations import disclose
from maillage.domain.matching.operations import ask_run, carry_out_run
from maillage.domain.places.models import IntermunicipalBody, Municipality
from tests.factories.actors import (
    make_account,
    make_membership,
    make_organisation,
    make_person,
    make_pole,
    make_site,
)
from tests.factories.catalogue import make_resource_type
from tests.factories.exchanges import make_evidence, make_intent, make_support
from tests.factories.places import make_intermunicipal_body, make_municipality
from tests.interfaces.access import COLUMNS, NOW, TODAY, World, make_world

_SYLLABLES = [first + second for first in "bdfgklmprtvz" for second in ("ax", "ek", "iq", "ov", "uw", "yz")]
_RUNNERS = {Role.FACILITATOR.value, Role.ADMINISTRATOR.value}
_OUTSIDE = {"visitor", Role.NETWORK.value, "stranger", "other_administrator"}


@dataclass(frozen=True)
class Secrets:
    """What an intent hides, by who may know it."""

    intent: Intent
    whole: tuple[str, ...]  # whoever sees it whole
    inside: tuple[str, ...]  # whoever sees it whole and is of the pole
    trusted: tuple[str, ...]  # its author and those who run the pole
    authors: frozenset[str]  # the readers that speak for its author


@dataclass
class SecretWorld:
    """The world, the accounts that read it, and what is hidden in it."""

    world: World
    accounts: dict[str, Account | None]
    secrets: list[Secrets]
    words: "Words"
    body: IntermunicipalBody
    spare: Organisation  # a member that says nothing, until what is hidden changes

    def client(self, reader: str) -> Client:
        """Return the browser of a reader."""
        client, account = Client(), self.accounts[reader]
        if account is not None:
            client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        return client

    def numbers(self) -> list[int]:
        """Return the numbers to try in the addresses: the secrets, and who says them."""
        said = [one.intent for one in self.secrets]
        return [*(one.pk for one in said), *list(dict.fromkeys(one.author_id for one in said))[:2]]

    def hidden_from(self, reader: str) -> dict[str, str]:
        """Return each word that this reader may not find, with what it belongs to."""
        return {
            word: f"{one.intent.get_visibility_display()} ({one.intent.pk})"
            for one in self.secrets
            for word in _unknown(one, reader, self.accounts[reader])
        }


def _unknown(one: Secrets, reader: str, account: Account | None) -> Iterator[str]:
    intent = one.intent
    if reader in _RUNNERS or reader in one.authors:
        return
    yield from one.trusted
    belongs = reader not in _OUTSIDE
    is_told = belongs and (intent.visibility == Visibility.MEMBERS or _is_disclosed(intent, account))
    if intent.visibility == Visibility.PUBLIC or is_told:
        if not belongs:
            yield from one.inside
        return
    yield from one.inside
    yield from one.whole


def _is_disclosed(intent: Intent, account: Account | None) -> bool:
    if account is None or account.person is None:
        return False
    mine = account.person.mandates.filter(pole=intent.pole).values("organisation")
    return Disclosure.objects.filter(intent=intent, organisation__in=mine).exists()


class Words:
    """Words, numbers and places that are nowhere else, from a seed."""

    def __init__(self, seed: int) -> None:
        self._dice = random.Random(seed)
        self._said: set[str] = set()

    def word(self) -> str:
        """Return a new word of ten letters."""
        while True:
            made = "".join(self._dice.choices(_SYLLABLES, k=4))[:10]
            if made not in self._said:
                self._said.add(made)
                return made

    def quantity(self) -> Decimal:
        """Return a quantity with eight figures that says more than its order of magnitude."""
        return Decimal(self._dice.randint(10_000_000, 99_999_999)) / 1000

    def degrees(self, near: float) -> float:
        """Return an angle near another, with five figures after the comma."""
        return round(near + self._dice.random() / 50, 5) + 0.000003


def make_secret_world(seed: int, folder: Any) -> SecretWorld:
    """Build the world of the access table around a secret need; hide in it an intent of each kind and visibility."""
    words = Words(seed)
    body = make_intermunicipal_body("CC des Trois Haies")
    make_municipality("Ailleurs-les-Haies", body=body, latitude=47.2, longitude=2.2)
    make_resource_type("secret-type", "Matières à trier")
    fields, parts = _fields(words, body)
    world = make_world(said={**fields, "visibility": Visibility.ANONYMOUS})
    main = Intent.objects.get(pk=world.keys["exchanges"])
    listed = main.author
    pole = world.pole
    third = make_organisation("Une Troisième")
    make_membership(pole, third)
    accounts = {name: world.accounts[name] for name in COLUMNS}
    accounts |= {
        role.value: make_account(role, pole)
        for role in Role
        if role is not Role.VISITOR and role.value not in accounts
    }
    accounts["bystander"] = make_account(Role.MEMBER, pole, third)
    accounts["author"] = make_account(Role.MEMBER, pole, listed)
    accounts["told"] = make_account(Role.MEMBER, pole, told := make_organisation("Une Mise au courant"))
    spare = make_organisation("Une Quatrième")
    for one in (told, spare):
        make_membership(pole, one)
    accounts["other_administrator"] = make_account(Role.ADMINISTRATOR, make_pole("Pôle tiers", "tiers"))
    found = [_hide(main, parts, words, listed)]
    for turn, (visibility, is_listed) in enumerate(product(Visibility.values, (True, False))):
        fields, parts = _fields(words, body)
        kind = IntentKind.values[turn // 3 % 2]
        who = listed
        if not is_listed:
            who = make_organisation(words.word(), email=f"{words.word()}@exemple.fr")
            town = fields["municipality"]
            fields["site"] = make_site(who, municipality=town, name=parts["site"], is_head=False)
        made = make_intent(kind, pole=pole, author=who, visibility=visibility, **fields)
        found.append(_hide(made, parts, words, who))
    for one in found[1:]:
        if one.intent.visibility == Visibility.ANONYMOUS and one.intent.author != listed:
            disclose(intent=one.intent, to=told, at=NOW)
    run = ask_run(pole=pole, asked_by=None, at=NOW)
    carry_out_run(run=run, today=TODAY, clock=lambda: NOW, encoder="lexical", vector_folder=folder)
    return SecretWorld(world, accounts, found, words, body, spare)


def _fields(
    words: Words, body: IntermunicipalBody, town: Municipality | None = None
) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the columns of an intent, and the words they hold."""
    parts = {
        name: words.word() for name in ("title", "words", "conditions", "quality", "site", "town", "source")
    }
    town = town or make_municipality(
        parts["town"].capitalize(), body=body, latitude=words.degrees(47.2), longitude=words.degrees(2.2)
    )
    quantity = words.quantity()
    fields = {
        "title": f"Reprendre {parts['title']}",
        "words": f"Chez {parts['words']}, tout de suite",
        "conditions": f"Avec {parts['conditions']}",
        "qualities": [parts["quality"]],
        "municipality": town,
        "latitude": words.degrees(47.2),
        "longitude": words.degrees(2.2),
        "resource_type_id": "secret-type",
        "quantity": quantity,
        "unit": "t",
        "period": "year",
        "price_kind": "paid",
        "price": words.quantity().quantize(Decimal("0.01")),
        "source": parts["source"],
        "source_id": parts["source"],
    }
    return fields, parts


def _hide(intent: Intent, parts: dict[str, str], words: Words, who: Organisation) -> Secrets:
    """Add who said it, who shares it and why it moved; return everything that is to be hidden."""
    voice, occasion, backer, reason = (words.word() for _ in range(4))
    mail = f"{words.word()}@exemple.fr"
    person = make_person(voice.capitalize(), words.word(), email=mail)
    make_evidence(intent, person=person, place=occasion, words=f"Dit par {voice}")
    make_support(intent, make_organisation(backer), note=f"Pour {occasion}")
    StateChange.objects.create(intent=intent, starts="", ends=intent.state, at=NOW, reason=reason)
    is_listed = who.memberships.exists()
    whole = [value for name, value in parts.items() if name != "source"]
    whole += [*_numbers(intent.quantity), *_numbers(intent.price)]
    whole += [f"{angle:.5f}" for angle in (intent.latitude, intent.longitude) if angle is not None]
    whole += [] if is_listed else [who.name, who.email]
    return Secrets(
        intent=intent,
        whole=tuple(whole),
        inside=(voice, occasion, backer),
        trusted=(reason, mail, parts["source"]),
        authors=frozenset({"author"} if is_listed else ()),
    )


def _numbers(value: Decimal | None) -> list[str]:
    """Return how a number is written, whole part only: it says more than its order of magnitude."""
    return [] if value is None else [str(int(value))]


def change_what_is_hidden(hidden: SecretWorld) -> None:
    """Write other secrets in every hidden intent, its outline unchanged: author, place, words, quantity nearby."""
    towns = [one.intent.municipality for one in hidden.secrets]
    for one, town in zip(hidden.secrets, reversed(towns), strict=True):
        if one.intent.visibility in {Visibility.PUBLIC, Visibility.MEMBERS}:
            continue
        fields, _ = _fields(hidden.words, hidden.body, town)
        intent = Intent.objects.get(pk=one.intent.pk)
        quantity = intent.quantity or Decimal(0)
        fields["quantity"] = quantity + (1 if one_significant_digit(quantity) > quantity else -1)
        for name, value in fields.items():
            setattr(intent, name, value)
        intent.author, intent.site = hidden.spare, None
        intent.save()
        intent.evidence.update(words=hidden.words.word())
        intent.supports.all().delete()
