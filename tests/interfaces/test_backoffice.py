"""The back-office shows every table to the support staff, and writes none that is only to be read."""

from collections.abc import Callable

import pghistory.models
import pytest
from django.apps import apps
from django.contrib import admin
from django.db import models
from django.test import Client
from django.urls import reverse

from maillage.domain.actors.models import (
    AccessRequest,
    Account,
    DuplicateDismissal,
    OrganisationMerge,
    Partner,
    SignInLink,
)
from maillage.domain.agreements.models import (
    AgreementTerms,
    AgreementText,
    Amendment,
    Annex,
    Consent,
    ConsentInvitation,
    ConsentRefusal,
    PromiseChange,
)
from maillage.domain.catalogue.models import Authorisation, ResourceType, Synonym, TypeLink
from maillage.domain.days.models import CalendarFeed, ConfirmationRequest
from maillage.domain.exchanges.models import Disclosure, IntentMerge, StateChange, TwinDismissal
from maillage.domain.gathering.models import (
    Answer,
    Campaign,
    Card,
    CardLink,
    Draft,
    Interview,
    MailFile,
    Question,
    ReceivedMail,
    Seat,
    Vote,
    Workshop,
)
from maillage.domain.ledger.models import (
    Action,
    ApiToken,
    EconomicEvent,
    EventCheck,
    EventFile,
    RecordingLabel,
    StoredFile,
)
from maillage.domain.mail.models import MailPreference, Message, Notification
from maillage.domain.matching.models import Decision, LearnedWeights, MatchingRun, Proposal
from maillage.domain.places.models import (
    Department,
    IntermunicipalBody,
    Municipality,
    Outline,
    Postcode,
    Region,
)
from maillage.domain.projects.models import (
    AgendaItem,
    Invitee,
    Meeting,
    MinutesAddendum,
    PollAnswer,
    PollDate,
    Project,
    ProjectFile,
    ProjectParty,
    ProjectTask,
    StageChange,
    Trial,
    TrialIndicator,
    TrialMeasure,
)
from maillage.domain.synergies.models import (
    AnswerRhythm,
    HeldOffer,
    Introduction,
    Synergy,
    SynergyChange,
    SynergyLine,
    SynergyParty,
)
from maillage.importers.models import ImportBatch, RememberedMapping
from maillage.interfaces.backoffice.admin.base import ReadOnlyTable
from maillage.interfaces.jobs.models import LongTask
from tests.factories import NOW, TODAY
from tests.factories.actors import (
    make_account,
    make_college,
    make_mandate,
    make_membership,
    make_organisation,
    make_pole,
    make_site,
)
from tests.factories.agreements import make_ready
from tests.factories.catalogue import make_resource_type, make_type_link
from tests.factories.exchanges import make_intent
from tests.factories.places import make_intermunicipal_body, make_municipality
from tests.factories.projects import make_projects_rows
from tests.factories.synergies import make_synergy

pytestmark = pytest.mark.django_db
OURS = {
    *("places", "catalogue", "actors", "mail", "exchanges", "ledger", "matching"),
    *("agreements", "gathering", "projects", "synergies", "days", "importers", "jobs"),
}
TABLES = [model for model in apps.get_models() if model._meta.app_label in OURS]
ONLY_READ = {
    *(Region, Department, IntermunicipalBody, Municipality, Postcode, Outline),
    *(Authorisation, ResourceType, Synonym, TypeLink),
    *(AccessRequest, SignInLink),
    *(OrganisationMerge, Disclosure, IntentMerge, StateChange, Action, EconomicEvent),
    *(ApiToken, EventCheck, EventFile, RecordingLabel, StoredFile),
    *(MatchingRun, Proposal, Decision, LearnedWeights, ImportBatch, LongTask),
    *(Message, MailPreference, Notification, ConfirmationRequest, CalendarFeed),
    *(Workshop, Seat, Card, CardLink, Vote, Campaign, Question, Answer, Interview, ReceivedMail, Draft),
    *(MailFile, TwinDismissal),
    *(Project, ProjectParty, StageChange, ProjectTask, ProjectFile, Meeting, AgendaItem, Invitee),
    *(PollDate, PollAnswer, MinutesAddendum, Trial, TrialIndicator, TrialMeasure),
    *(AgreementTerms, AgreementText, Amendment, Annex, Consent, ConsentInvitation, ConsentRefusal),
    PromiseChange,
    *(Synergy, SynergyLine, SynergyParty, SynergyChange, Introduction, HeldOffer),
}


@pytest.fixture
def support(client: Client) -> Client:
    client.force_login(make_account(is_staff=True, is_superuser=True))
    return client


def some_rows() -> None:
    """One row or more in most tables."""
    pole, organisation = make_pole(sponsor=make_organisation()), make_organisation()
    commune = make_municipality(body=make_intermunicipal_body(), postcodes=("18000",))
    Outline.objects.create(municipality=commune, polygons=[], vintage="2026", source="Essai")
    make_site(organisation, municipality=commune)
    make_membership(pole, organisation, college=make_college(pole))
    make_mandate(pole=pole, organisation=organisation)
    Partner.objects.create(pole=pole, organisation=organisation, since=TODAY)
    DuplicateDismissal.objects.create(first=organisation, second=make_organisation(), at=NOW)
    OrganisationMerge.objects.create(kept=organisation, absorbed=make_organisation(), at=NOW)
    make_type_link(make_resource_type(synonyms=["mot"]), make_resource_type())
    need, offer = make_intent("need", pole=pole), make_intent("offer", pole=pole)
    run = MatchingRun.objects.create(pole=pole, asked_at=NOW)
    Proposal.objects.create(run=run, need=need, offer=offer, rank_for_need=1, score=5, verdict="good")
    Decision.objects.create(pole=pole, need=need, offer=offer, kind="accepted", at=NOW)
    make_synergy(state="proposed")
    make_projects_rows(pole, lead=organisation, need=need, worker=make_mandate(pole=pole).person)
    make_ready(pole=pole)
    AnswerRhythm.objects.create(pole=pole, since=TODAY, source="Réunion d’équipe")
    ImportBatch.objects.create(pole=pole, kind="needs", filename="b.csv", digest="0", uploaded_at=NOW)
    RememberedMapping.objects.create(pole=pole, kind="needs", signature="0", mapping={}, used_at=NOW)
    LongTask.objects.create(pole=pole, title="Import", asked_at=NOW)


def address(model: type[models.Model], page: str, *arguments: object) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=arguments)


def test_backoffice__has_a_table_for_every_model() -> None:
    assert [model for model in TABLES if not admin.site.is_registered(model)] == []


def test_backoffice__opens_every_list_every_search_and_every_sheet(support: Client) -> None:
    some_rows()
    asked = [address(model, "changelist") for model in TABLES]
    asked += [
        address(model, "changelist") + "?q=a"
        for model in TABLES
        if admin.site.get_model_admin(model).search_fields
    ]
    for model in TABLES:
        row = model._default_manager.order_by("pk").first()
        asked += [address(model, "change", row.pk)] if row is not None else []
    assert {page: status for page in asked if (status := support.get(page).status_code) != 200} == {}


def test_backoffice__adds_only_what_is_not_read_only(support: Client) -> None:
    read = {model for model in TABLES if isinstance(admin.site.get_model_admin(model), ReadOnlyTable)}
    histories = {model for model in TABLES if issubclass(model, pghistory.models.Event)}
    assert read == ONLY_READ | histories
    adding = {model: support.get(address(model, "add")).status_code for model in TABLES}
    assert adding == {model: 403 if model in read else 200 for model in TABLES}


@pytest.mark.parametrize(
    ("model", "make"),
    [
        (Municipality, lambda: make_municipality(body=make_intermunicipal_body())),
        (TypeLink, lambda: make_type_link(make_resource_type(), make_resource_type())),
        (apps.get_model("actors", "Site"), make_site),
        (apps.get_model("actors", "Mandate"), make_mandate),
        (apps.get_model("actors", "Membership"), make_membership),
        (apps.get_model("exchanges", "Intent"), make_intent),
    ],
    ids=lambda value: getattr(getattr(value, "_meta", None), "label", ""),
)
def test_backoffice__lists_cost_the_same_for_one_row_or_ten(
    support: Client, model: type[models.Model], make: Callable[[], object], django_assert_max_num_queries
) -> None:  # type: ignore[no-untyped-def] # the fixture's type is private
    for _ in range(10):
        make()
    with django_assert_max_num_queries(12):
        support.get(address(model, "changelist"))


def test_backoffice__makes_an_account_with_its_password(support: Client) -> None:
    secret = "un long mot de passe"
    support.post(address(Account, "add"), {"email": "z@exemple.fr", "password1": secret, "password2": secret})
    assert Account.objects.get(email="z@exemple.fr").check_password(secret)


def test_backoffice__is_closed_to_who_is_not_of_the_support(client: Client) -> None:
    client.force_login(make_account())
    assert client.get(reverse("admin:index")).status_code == 302
