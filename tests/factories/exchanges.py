"""Needs and offers for the tests."""

from decimal import Decimal
from itertools import count
from typing import Any

from maillage.domain.actors.models import Organisation, Pole
from maillage.domain.exchanges.drafts import IntentDraft
from maillage.domain.exchanges.enums import IntentKind, IntentState, Visibility
from maillage.domain.exchanges.models import Evidence, Intent, StateChange, Support
from tests.factories import NOW, TODAY
from tests.factories.actors import make_organisation, make_pole

_NUMBERS = count(1)


def make_intent(
    kind: str = IntentKind.NEED,
    *,
    pole: Pole | None = None,
    author: Organisation | None = None,
    title: str | None = None,
    state: str = IntentState.OPEN,
    visibility: str = Visibility.MEMBERS,
    **fields: Any,
) -> Intent:
    """Make an intent row with its first state change; every column may be given."""
    columns = {"said_on": TODAY, "confirmed_on": TODAY} | fields
    made = Intent.objects.create(
        kind=kind,
        pole=pole or make_pole(),
        author=author or make_organisation(),
        title=title or f"Composter les épluchures n° {next(_NUMBERS)}",
        state=state,
        visibility=visibility,
        **columns,
    )
    StateChange.objects.create(intent=made, starts="", ends=state, at=NOW)
    return Intent.objects.get(pk=made.pk)


def make_need(**fields: Any) -> Intent:
    return make_intent(IntentKind.NEED, **fields)


def make_offer(**fields: Any) -> Intent:
    return make_intent(IntentKind.OFFER, **fields)


def make_evidence(intent: Intent | None = None, **fields: Any) -> Evidence:
    return Evidence.objects.create(intent=intent or make_intent(), **({"on": TODAY} | fields))


def make_support(
    intent: Intent | None = None, organisation: Organisation | None = None, **fields: Any
) -> Support:
    return Support.objects.create(
        intent=intent or make_intent(),
        organisation=organisation or make_organisation(),
        **({"on": TODAY} | fields),
    )


def make_draft(
    kind: str = IntentKind.NEED,
    *,
    pole: Pole | None = None,
    author: Organisation | None = None,
    **fields: Any,
) -> IntentDraft:
    """Make a draft that holds: 12 t a year of peelings."""
    given: dict[str, Any] = {
        "title": "Composter nos épluchures",
        "quantity": Decimal(12),
        "unit": "t",
        "period": "year",
    } | fields
    return IntentDraft(kind=kind, pole=pole or make_pole(), author=author or make_organisation(), **given)
