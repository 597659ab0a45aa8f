"""Says in French what the database refused; an unknown constraint stays a bug."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from maillage.core.errors import UserMistake, UserMistakes

# Constraint: (sentence, field).
_SENTENCES: dict[str, tuple[str, str]] = {
    "organisation_siren_once": (
        "Une autre structure porte déjà ce SIREN. Ouvrez sa fiche, ou réunissez les deux.",
        "siren",
    ),
    "organisation_source_once": (
        "Une structure vient déjà de cette ligne du fichier d’origine. Mettez-la à jour.",
        "source_id",
    ),
    "organisation_naf_versioned": (
        "Un code d’activité va avec sa nomenclature, par exemple NAF rév. 2.",
        "naf_code",
    ),
    "site_siret_once": ("Un autre site porte déjà ce SIRET. Cherchez-le dans l’annuaire.", "siret"),
    "site_point_whole": ("Un point a une latitude et une longitude ; donnez les deux ou aucune.", "latitude"),
    "sponsor_one_at_a_time": (
        "Une autre structure porte déjà le pôle à cette date. Choisissez une date plus récente.",
        "since",
    ),
    "status_one_a_day": ("Le pôle a déjà un statut à cette date. Choisissez un autre jour.", "since"),
    "college_once": ("Un collège porte déjà ce nom dans le pôle. Choisissez un autre nom.", "name"),
    "college_weight_range": ("Le poids d’un collège va de 0 à 100 %.", "weight"),
    "membership_no_overlap": (
        "Cette structure est déjà membre du pôle à ces dates. Terminez d’abord l’adhésion en cours.",
        "since",
    ),
    "membership_in_order": ("La date de départ vient après la date d’adhésion.", "until"),
    "partner_no_overlap": (
        "Cette structure est déjà partenaire du pôle à ces dates. Terminez d’abord le partenariat en cours.",
        "since",
    ),
    "partner_in_order": ("Un partenariat finit après avoir commencé. Vérifiez les deux dates.", "until"),
    "mandate_no_overlap": (
        "Cette personne a déjà ce mandat à ces dates. Terminez d’abord celui qui court.",
        "since",
    ),
    "mandate_in_order": ("Un mandat finit après avoir commencé. Vérifiez les deux dates.", "until"),
    "mandate_names_its_organisation": (
        "Dites quelle structure cette personne représente.",
        "organisation",
    ),
    "access_request_once": (
        "Une demande avec ce courriel attend déjà sa réponse dans ce pôle.",
        "email",
    ),
    "access_request_refused_with_reason": ("Dites pourquoi : la personne lira votre réponse.", "reason"),
    "account_email_once": ("Un compte utilise déjà ce courriel. La personne peut s’y connecter.", "email"),
    "actors_account_email_key": (
        "Un compte utilise déjà ce courriel. La personne peut s’y connecter.",
        "email",
    ),
    "actors_account_person_id_key": ("Cette personne a déjà un compte. Un seul suffit.", "person"),
    "actors_pole_name_key": ("Un pôle porte déjà ce nom. Choisissez un autre nom.", "name"),
    "actors_pole_slug_key": ("Un pôle a déjà cette adresse. Choisissez une autre adresse.", "slug"),
    "dismissal_once": ("Ces deux fiches sont déjà dites différentes.", "second"),
}


@contextmanager
def friendly_refusals() -> Iterator[None]:
    """Run a write; what a known constraint refuses becomes ``UserMistake``, and nothing of it is kept."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        diagnosis = getattr(error.__cause__, "diag", None)
        known = _SENTENCES.get(getattr(diagnosis, "constraint_name", None) or "")
        if known is None:
            raise
        sentence, field = known
        raise UserMistake(sentence, field=field) from error


def check_fields(model: type[models.Model], values: Mapping[str, Any]) -> None:
    """Check lengths, choices, dates and addresses as the model says them; raise ``UserMistakes`` by field."""
    named = {field.name for field in model._meta.get_fields() if field.name in values}
    unchecked = {field.name for field in model._meta.fields} - named
    try:
        model(**values).clean_fields(exclude=unchecked)
    except ValidationError as error:
        raise UserMistakes(
            {field: " ".join(sentences) for field, sentences in error.message_dict.items()}
        ) from error


def tidy(text: str) -> str:
    """Return one line without double spaces nor the NUL that PostgreSQL refuses."""
    return " ".join(text.replace("\x00", "").split())


def tidy_lines(text: str) -> str:
    """Return a text of several lines without NUL nor trailing blanks."""
    return "\n".join(line.rstrip() for line in text.replace("\x00", "").strip().splitlines())
