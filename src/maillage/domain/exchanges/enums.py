"""The closed lists of the room."""

from django.db import models

from maillage.core.periods import PERIOD_LABELS, Period


class IntentKind(models.TextChoices):
    """A need has no provider yet; an offer has no receiver yet (Valueflows)."""

    NEED = "need", "Besoin"
    OFFER = "offer", "Offre"


class PeriodChoice(models.TextChoices):
    """How often the quantity comes back; the same codes as ``maillage.core.periods.Period``."""

    ONCE = Period.ONCE.value, PERIOD_LABELS[Period.ONCE]
    DAY = Period.DAY.value, PERIOD_LABELS[Period.DAY]
    WEEK = Period.WEEK.value, PERIOD_LABELS[Period.WEEK]
    MONTH = Period.MONTH.value, PERIOD_LABELS[Period.MONTH]
    QUARTER = Period.QUARTER.value, PERIOD_LABELS[Period.QUARTER]
    YEAR = Period.YEAR.value, PERIOD_LABELS[Period.YEAR]


class Visibility(models.TextChoices):
    """Who may read an intent."""

    PUBLIC = "public", "Tout le monde"
    MEMBERS = "members", "Les membres du pôle"
    FACILITATORS = "facilitators", "L’animation seulement"
    ANONYMOUS = "anonymous", "Les membres, sans le nom de la structure"


class IntentState(models.TextChoices):
    """Where an intent stands. Transitions are in ``states.TRANSITIONS``."""

    OPEN = "open", "Ouvert"
    COVERED = "covered", "Répondu"
    WITHDRAWN = "withdrawn", "Retiré"


class PriceKind(models.TextChoices):
    """What is asked in return."""

    UNSAID = "unsaid", "Non précisé"
    FREE = "free", "Gratuit"
    SWAP = "swap", "Échange"
    COST = "cost", "À prix coûtant"
    PAID = "paid", "Payant"


class EvidenceChannel(models.TextChoices):
    """How the pole heard of it."""

    PHONE = "phone", "Au téléphone"
    MEETING = "meeting", "En réunion"
    INTERVIEW = "interview", "En entretien"
    FORM = "form", "Par le site"
    EMAIL = "email", "Par courriel"
    FILE = "file", "Dans un tableau"
    OTHER = "other", "Autrement"
