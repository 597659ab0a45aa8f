"""The closed lists of the room."""

from django.db import models


class WorkshopState(models.TextChoices):
    """Where a workshop stands; transitions are in ``states.WORKSHOP_MOVES``."""

    PREPARED = "prepared", "En préparation"
    GATHERING = "gathering", "On écrit"
    VOTING = "voting", "On vote"
    CLOSED = "closed", "Clos"


class QuestionKind(models.TextChoices):
    """How a question of a campaign is answered."""

    LINE = "line", "Quelques mots"
    TEXT = "text", "Un texte"
    NUMBER = "number", "Un nombre"
    CHOICE = "choice", "Un choix"
    SEVERAL = "several", "Plusieurs choix"


class Consent(models.TextChoices):
    """What somebody who was listened to accepts that we keep."""

    UNSAID = "unsaid", "Pas encore demandé"
    NAMED = "named", "Oui, avec son nom"
    UNNAMED = "unnamed", "Oui, sans son nom"
    WITHDRAWN = "withdrawn", "Retiré"


class DraftState(models.TextChoices):
    """What became of a draft; transitions are in ``states.DRAFT_MOVES``."""

    WAITING = "waiting", "À relire"
    ACCEPTED = "accepted", "Noté"
    MERGED = "merged", "Regroupé"
    ASIDE = "aside", "Mis de côté"


class AsideReason(models.TextChoices):
    """Why a draft is set aside."""

    TWICE = "twice", "Déjà noté"
    NOT_ONE = "not_one", "Ni un besoin ni une offre"
    UNCLEAR = "unclear", "On ne comprend pas"
    ELSEWHERE = "elsewhere", "Hors du territoire"
    UNWANTED = "unwanted", "Publicité ou message indésirable"
    OTHER = "other", "Autre raison"
