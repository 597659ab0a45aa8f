"""The closed lists of the room."""

from django.db import models


class ResourceEffect(models.TextChoices):
    """What an action does to the stock of a resource."""

    NONE = "none", "Rien"
    INCREMENT = "increment", "Augmente"
    DECREMENT = "decrement", "Diminue"


# What somebody may do alone: provider and receiver are then the same organisation.
SOLO_ACTIONS = ("consume", "lower", "produce", "raise")


class AgreementState(models.TextChoices):
    """Where an agreement stands; transitions are in ``states.AGREEMENT_TRANSITIONS``."""

    DRAFT = "draft", "Brouillon"
    TO_SIGN = "to_sign", "À signer"
    ACTIVE = "active", "En cours"
    ENDED = "ended", "Terminé"
    CANCELLED = "cancelled", "Annulé"


# Before an agreement runs: nothing is promised yet.
NOT_YET = (AgreementState.DRAFT, AgreementState.TO_SIGN)


class CommitmentState(models.TextChoices):
    """Where a promise stands."""

    PROMISED = "promised", "Promis"
    FULFILLED = "fulfilled", "Fait"
    CANCELLED = "cancelled", "Annulé"


class ProcessStage(models.TextChoices):
    """Stages of a project (journeys of a pole)."""

    IDEA = "idea", "Idée"
    STUDY = "study", "Étude"
    PROTOTYPE = "prototype", "Prototype"
    TRIAL = "trial", "Expérimentation"
    ACTIVITY = "activity", "Activité"
    REPLICATION = "replication", "Essaimage"
    STOPPED = "stopped", "Arrêt"


class EvidenceKind(models.TextChoices):
    """What proves an event."""

    WEIGHING = "weighing", "Pesée"
    PHOTO = "photo", "Photo"
    DOCUMENT = "document", "Document"
    SIGNATURE = "signature", "Signature"
    STATEMENT = "statement", "Déclaration"


class EventSource(models.TextChoices):
    """By which door a fact came in."""

    SITE = "site", "Sur le site"
    LABEL = "label", "Par une étiquette"
    FILE = "file", "Par un tableau"
    API = "api", "Par un logiciel"


class ApiScope(models.TextChoices):
    """What a key of the API may do."""

    READ = "read", "Lire"
    RECORD = "record", "Noter des faits"
