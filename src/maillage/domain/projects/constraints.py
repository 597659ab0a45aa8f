"""Says in French what the database refused; an unknown constraint stays a bug."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction

from maillage.core.errors import UserMistake

# Constraint: (sentence, field).
_SENTENCES: dict[str, tuple[str, str]] = {
    "project_party_no_overlap": (
        "Cette structure a déjà ce rôle dans le projet à ces dates. Terminez d’abord le rôle en cours.",
        "since",
    ),
    "project_party_in_order": ("Un rôle finit après avoir commencé. Vérifiez les deux dates.", "until"),
    "invitee_person_once": ("Cette personne est déjà invitée.", "person"),
    "invitee_email_once": ("Quelqu’un est déjà invité à cette adresse.", "email"),
    "poll_date_once": ("Cette date est déjà proposée.", "starts_at"),
    "trial_indicator_once": ("Vous mesurez déjà cela. Ajoutez une mesure à cette ligne.", "label"),
    "trial_measure_once_a_day": (
        "Il y a déjà une mesure ce jour-là. Choisissez un autre jour, ou corrigez celle qui existe.",
        "measured_on",
    ),
    "trial_in_order": ("L’essai finit avant de commencer. Échangez les deux dates.", "ends_on"),
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
