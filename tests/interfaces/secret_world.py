"""The world of the access table with secrets in it: needs and offers as they were drawn, each with words of its own.

What a reader may know is written here by itself, from the reader's role and the visibility: it does not ask the site.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.test import Client

from maillage.domain.actors.models import Account, Organisation
from maillage.domain.actors.viewer import Role
from maillage.domain.days.operations import open_calendar
from maillage.domain.exchanges.describe import one_significant_digit
from maillage.domain.exchanges.enums import Visibility
from maillage.domain.exchanges.models import Disclosure, Intent, StateChange
from maillage.domain.exchanges.operations import disclose
from maillage.domain.ledger.operations.tokens import make_token
from maillage.domain.mail.links import sign
from maillage.domain.matching.operations import ask_run, carry_out_run
from maillage.domain.places.models import IntermunicipalBody, Municipality
from maillage.interfaces.web.days.calendar import PURPOSE as CALENDAR
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
from tests.interfaces.secret_drawing import Drawn, Said
from tests.interfaces.secret_words import Sought, Words, angles_said, numbers_said

READERS = (
    "visitor",
    "network",
    "other_administrator",
    "bystander",
    "member",
    "authority_agent",
    "board",
    "told",
    "author",
)
"""Who reads, the farthest first: a member's ``bystander`` and ``member`` have no part in any secret."""
_RUNNERS = {Role.FACILITATOR.value, Role.ADMINISTRATOR.value}
_OUTSIDE = {"visitor", Role.NETWORK.value, "stranger", "other_administrator"}


@dataclass(frozen=True)
class Secrets:
    """What an intent hides, by who may know it."""

    intent: Intent
    whole: tuple[str, ...]  # whoever sees it whole
    inside: tuple[str, ...]  # whoever sees it whole and is of the pole
    trusted: tuple[str, ...]  # its author and those who run the pole


@dataclass(frozen=True)
class Who:
    """What decides what somebody may know: whether they run the pole, are of it, and for whom they speak there."""

    runs: bool = False
    belongs: bool = False
    organisations: frozenset[int] = frozenset()


@dataclass
class SecretWorld:
    """The world, the accounts that read it, and what is hidden in it."""

    world: World
    accounts: dict[str, Account | None]
    houses: dict[str, Organisation]  # who may have said it
    spare: Organisation  # a member that says nothing, until what is hidden changes
    partner: Organisation  # a member that nobody who reads speaks for
    words: Words
    body: IntermunicipalBody
    folder: Path
    keys: dict[str, str] = field(default_factory=dict)  # keys of the API, by reader
    feeds: dict[str, str] = field(default_factory=dict)  # private calendars, by reader
    secrets: list[Secrets] = field(default_factory=list)
    lines: dict[str, list[int]] = field(
        default_factory=dict
    )  # what is tied to the secrets, by the room's address

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

    def who(self, reader: str) -> Who:
        """Return what decides what a reader may know."""
        account = self.accounts[reader]
        mine: frozenset[int] = frozenset()
        if reader not in _OUTSIDE and account is not None and account.person is not None:
            held = account.person.mandates.filter(pole=self.world.pole, organisation__isnull=False)
            mine = frozenset(held.values_list("organisation_id", flat=True))
        return Who(runs=reader in _RUNNERS, belongs=reader not in _OUTSIDE, organisations=mine)

    def who_receives(self, email: str) -> Who:
        """Return what decides what an address may be told: that of an account, of a structure, or of nobody known."""
        for reader, account in self.accounts.items():
            if account is not None and email in {
                account.email,
                account.person.email if account.person else "",
            }:
                return self.who(reader)
        house = Organisation.objects.filter(email=email).first()
        if house is None:
            return Who()
        return Who(belongs=house.memberships.exists(), organisations=frozenset({house.pk}))

    def hidden_from(self, reader: str) -> Sought:
        """Return the words that this reader may not find."""
        return self.hidden(self.who(reader))

    def hidden(self, who: Who) -> Sought:
        """Return each word that somebody may not find, with what it belongs to."""
        return Sought(
            {
                word: f"{one.intent.get_visibility_display()} ({one.intent.pk})"
                for one in self.secrets
                for word in _unknown(one, who)
            }
        )


def _unknown(one: Secrets, who: Who) -> Iterator[str]:
    intent = one.intent
    if who.runs or intent.author_id in who.organisations:
        return
    yield from one.trusted
    is_told = intent.visibility == Visibility.MEMBERS or _is_disclosed(intent, who)
    if intent.visibility == Visibility.PUBLIC or (who.belongs and is_told):
        if not who.belongs:
            yield from one.inside
        return
    yield from one.inside
    yield from one.whole


def _is_disclosed(intent: Intent, who: Who) -> bool:
    return Disclosure.objects.filter(intent=intent, organisation__in=who.organisations).exists()


def make_secret_world(seed: int, folder: Path) -> SecretWorld:
    """Build the world of the access table around a need that is anonymous; nothing else is hidden in it yet."""
    words = Words(seed)
    body = make_intermunicipal_body("CC des Trois Haies")
    make_municipality("Ailleurs-les-Haies", body=body, latitude=47.2, longitude=2.2)
    make_resource_type("secret-type", "Matières à trier")
    said = Said(kind="need", visibility=Visibility.ANONYMOUS.value)
    fields, parts = _fields(said, words, body)
    world = make_world(said={**fields, "visibility": said.visibility})
    main = Intent.objects.select_related("author").get(pk=world.keys["exchanges"])
    houses = {"listed": main.author} | {
        name: make_organisation(label)
        for name, label in (("told", "Une Mise au courant"), ("bystander", "Une Troisième"))
    }
    spare, partner = make_organisation("Une Quatrième"), make_organisation("Une Cinquième")
    for one in (houses["told"], houses["bystander"], spare, partner):
        make_membership(world.pole, one)
    made = SecretWorld(world, _accounts(world, houses), houses, spare, partner, words, body, folder)
    made.secrets.append(_hide(said, main, parts, words))
    _open_other_ways(made)
    return made


def _accounts(world: World, houses: dict[str, Organisation]) -> dict[str, Account | None]:
    accounts = {name: world.accounts[name] for name in COLUMNS}
    for name, house in (("bystander", "bystander"), ("author", "listed"), ("told", "told")):
        accounts[name] = make_account(Role.MEMBER, world.pole, houses[house])
    accounts["other_administrator"] = make_account(Role.ADMINISTRATOR, make_pole("Pôle tiers", "tiers"))
    return accounts


def _open_other_ways(made: SecretWorld) -> None:
    """Give the members a private calendar, and their structures a key of the API."""
    pole = made.world.pole
    for reader in READERS:
        account, mine = made.accounts[reader], made.who(reader).organisations
        if account is not None and reader not in _OUTSIDE:
            feed = open_calendar(account=account, pole=pole, at=NOW)
            made.feeds[reader] = f"/agenda/{sign(CALENDAR, {'feed': feed.pk})}.ics"
        for house in Organisation.objects.filter(pk__in=mine):
            made.keys[reader] = make_token(
                pole=pole, organisation=house, name="Clé", scopes=["read"], by=account, at=NOW
            )[1]


def hide(base: SecretWorld, drawn: Drawn) -> SecretWorld:
    """Hide in the world what was drawn, search for matches, and return the world as it then is."""
    made = replace(base, words=Words(drawn.seed, but=base.words), secrets=list(base.secrets), lines={})
    pole = made.world.pole
    main = made.secrets[0].intent
    Intent.objects.filter(pk=main.pk).update(visibility=drawn.main)
    main.visibility = drawn.main
    for said in drawn.said:
        fields, parts = _fields(said, made.words, made.body)
        who = made.houses.get(said.author) or make_organisation(
            made.words.word(said.mark), email=f"{made.words.word()}@exemple.fr"
        )
        if said.has_site and said.author not in made.houses:  # the sites of a member are in the directory
            town = fields["municipality"]
            fields["site"] = make_site(who, municipality=town, name=parts["site"], is_head=False)
        intent = make_intent(said.kind, pole=pole, author=who, visibility=said.visibility, **fields)
        made.secrets.append(_hide(said, intent, parts, made.words))
        if said.is_disclosed:
            disclose(intent=intent, to=made.houses["told"], at=NOW)
    run = ask_run(pole=pole, asked_by=None, at=NOW)
    carry_out_run(run=run, today=TODAY, clock=lambda: NOW, encoder="lexical", vector_folder=made.folder)
    return made


def _fields(
    said: Said, words: Words, body: IntermunicipalBody, town: Municipality | None = None
) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the columns of an intent, and the words they hold."""
    names = ("title", "words", "conditions", "quality", "site", "town", "source")
    parts = {name: words.word("" if name in {"town", "source"} else said.mark) for name in names}
    town = town or make_municipality(
        parts["town"].capitalize(), body=body, latitude=words.degrees(47.2), longitude=words.degrees(2.2)
    )
    fields = {
        "title": f"Reprendre {parts['title']}",
        "words": f"Chez {parts['words']}, tout de suite",
        "conditions": f"Avec {parts['conditions']}",
        "qualities": [parts["quality"]],
        "municipality": town,
        "latitude": words.degrees(47.2),
        "longitude": words.degrees(2.2),
        "resource_type_id": "secret-type",
        "source": parts["source"],
        "source_id": parts["source"],
    }
    if said.has_quantity:
        fields |= {"quantity": words.quantity(), "unit": "t", "period": "year"}
    if said.has_price:
        fields |= {"price_kind": "paid", "price": words.quantity()}
    return fields, parts


def _hide(said: Said, intent: Intent, parts: dict[str, str], words: Words) -> Secrets:
    """Add who said it, who shares it and why it moved; return everything that is to be hidden."""
    voice, occasion, backer, reason = (words.word(said.mark) for _ in range(4))
    mail, who = f"{words.word()}@exemple.fr", intent.author
    person = make_person(voice.capitalize(), words.word(), email=mail)
    make_evidence(intent, person=person, place=occasion, words=f"Dit par {voice}")
    make_support(intent, make_organisation(backer), note=f"Pour {occasion}")
    StateChange.objects.create(intent=intent, starts="", ends=intent.state, at=NOW, reason=reason)
    whole = [value for name, value in parts.items() if name != "source"]
    whole += numbers_said((intent.quantity, intent.price))
    whole += angles_said((intent.latitude, intent.longitude))
    whole += [] if who.memberships.exists() else [who.name, who.email]
    return Secrets(
        intent=intent,
        whole=tuple(whole),
        inside=(voice, occasion, backer),
        trusted=(reason, mail, parts["source"]),
    )


def change_what_is_hidden(hidden: SecretWorld) -> None:
    """Write other secrets in every hidden intent, its outline unchanged: author, place, words, quantity nearby."""
    towns = [one.intent.municipality for one in hidden.secrets]
    for one, town in zip(hidden.secrets, reversed(towns), strict=True):
        if one.intent.visibility in {Visibility.PUBLIC, Visibility.MEMBERS}:
            continue
        intent = Intent.objects.get(pk=one.intent.pk)
        said = Said(has_quantity=intent.quantity is not None, has_price=intent.price is not None)
        fields, _ = _fields(said, hidden.words, hidden.body, town)
        if intent.quantity is not None:
            step = 1 if one_significant_digit(intent.quantity) > intent.quantity else -1
            fields["quantity"] = intent.quantity + Decimal(step)
        for name, value in fields.items():
            setattr(intent, name, value)
        intent.author, intent.site = hidden.spare, None
        intent.save()
        intent.evidence.update(words=hidden.words.word())
        intent.supports.all().delete()
