"""Requests for an access, and who may be told of them."""

from datetime import date

from django.db.models import Q, QuerySet

from maillage.domain.actors.enums import MandateRole, RequestState
from maillage.domain.actors.models import AccessRequest, Account, Organisation, Pole, Site


def requests_of(pole: Pole) -> QuerySet[AccessRequest]:
    """Every request made to a pole, those that wait first, then the latest."""
    return (
        AccessRequest.objects.filter(pole=pole)
        .select_related("organisation", "answered_by", "account")
        .order_by("answered_at", "-asked_at", "pk")
    )


def waiting_requests(pole: Pole) -> int:
    """How many requests wait for an answer."""
    return AccessRequest.objects.filter(pole=pole, state=RequestState.WAITING).count()


def request_in(*, pole: Pole, pk: int) -> AccessRequest | None:
    """Return a request of this pole."""
    return requests_of(pole).filter(pk=pk).first()


def account_by_email(email: str) -> Account | None:
    """Return the open account of this address."""
    return (
        Account.objects.select_related("person").filter(email__iexact=email.strip(), is_active=True).first()
    )


def account_proven(*, provider: str, subject: str) -> Account | None:
    """Return the account opened by a request that this identity proved."""
    found = (
        AccessRequest.objects.select_related("account")
        .filter(
            proven_by=provider,
            proven_subject=subject,
            state=RequestState.ACCEPTED,
            account__is_active=True,
        )
        .order_by("-answered_at", "pk")
        .first()
    )
    return found.account if found else None


def organisation_of_siret(siret: str) -> Organisation | None:
    """Return the organisation that has a site of this SIRET, else the one of its SIREN."""
    site = Site.objects.select_related("organisation").filter(siret=siret).first()
    if site is not None and site.organisation.merged_into_id is None:
        return site.organisation
    return Organisation.objects.filter(siren=siret[:9], merged_into__isnull=True).order_by("pk").first()


def accounts_that_run(pole: Pole, on: date) -> QuerySet[Account]:
    """The accounts of those who facilitate or administer the pole that day."""
    running = Q(person__mandates__until__isnull=True) | Q(person__mandates__until__gt=on)
    return (
        Account.objects.filter(
            running,
            is_active=True,
            person__mandates__pole=pole,
            person__mandates__since__lte=on,
            person__mandates__role__in=[MandateRole.FACILITATOR, MandateRole.ADMINISTRATOR],
        )
        .select_related("person")
        .order_by("email")
        .distinct()
    )
