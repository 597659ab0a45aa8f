"""People and the mandates they hold."""

from datetime import date

from django.db import transaction
from django.db.models import Q

from maillage.core.errors import UserMistake
from maillage.domain.actors.constraints import check_fields, friendly_refusals, tidy
from maillage.domain.actors.enums import ActorFamily, MandateRole
from maillage.domain.actors.models import Mandate, Organisation, Person, Pole


@transaction.atomic
def create_person(*, given_name: str, family_name: str = "", email: str = "", phone: str = "") -> Person:
    """Note somebody; only what is needed to reach them at work."""
    values = _checked(given_name, family_name, email, phone)
    return Person.objects.create(**values)


@transaction.atomic
def update_person(
    *, person: Person, given_name: str, family_name: str = "", email: str = "", phone: str = ""
) -> Person:
    """Correct how somebody is named or reached."""
    for field, value in _checked(given_name, family_name, email, phone).items():
        setattr(person, field, value)
    person.save(update_fields=["given_name", "family_name", "email", "phone"])
    return person


def _checked(given_name: str, family_name: str, email: str, phone: str) -> dict[str, str]:
    values = {
        "given_name": tidy(given_name),
        "family_name": tidy(family_name),
        "email": tidy(email).lower(),
        "phone": tidy(phone),
    }
    if not values["given_name"]:
        raise UserMistake("Donnez au moins le prénom de la personne.", field="given_name")
    check_fields(Person, values)
    return values


@transaction.atomic
def give_mandate(
    *,
    person: Person,
    pole: Pole,
    role: str,
    since: date,
    organisation: Organisation | None = None,
    until: date | None = None,
) -> Mandate:
    """Give somebody a role in a pole; ``organisation`` is whom they represent.

    An authority's agent speaks for an authority; a representative's organisation is put in the directory.
    """
    if organisation is not None and organisation.merged_into_id is not None:
        raise UserMistake("Cette fiche a été réunie à une autre. Choisissez celle qui a été gardée.")
    if role == MandateRole.AUTHORITY_AGENT and (
        organisation is None or organisation.family != ActorFamily.AUTHORITY
    ):
        raise UserMistake(
            "Une agente ou un agent de collectivité représente une commune ou une intercommunalité. "
            "Choisissez-la, ou donnez un autre rôle.",
            field="organisation",
        )
    check_fields(Mandate, {"role": role})
    with friendly_refusals():
        mandate = Mandate.objects.create(
            person=person, pole=pole, organisation=organisation, role=role, since=since, until=until
        )
    if organisation is not None:
        organisation.known_in.add(pole)
    return mandate


@transaction.atomic
def end_mandate(*, mandate: Mandate, on: date) -> Mandate:
    """End a mandate; ``on`` is the first day without it. The last administrator of a pole stays."""
    if mandate.until is not None and mandate.until <= on:
        raise UserMistake("Ce mandat est déjà terminé.", field="until")
    if mandate.role == MandateRole.ADMINISTRATOR:
        others = Mandate.objects.filter(
            Q(until__isnull=True) | Q(until__gt=on),
            pole_id=mandate.pole_id,
            role=MandateRole.ADMINISTRATOR,
            since__lte=on,
        ).exclude(pk=mandate.pk)
        if not others.exists():
            raise UserMistake(
                "Le pôle n’aurait plus personne pour l’administrer. Donnez d’abord ce rôle à quelqu’un d’autre."
            )
    mandate.until = on
    with friendly_refusals():
        mandate.save(update_fields=["until"])
    return mandate
