"""The closed lists of the room."""

from django.db import models


class RunStatus(models.TextChoices):
    """Where a run stands."""

    WAITING = "waiting", "En attente"
    RUNNING = "running", "En cours"
    DONE = "done", "Terminé"
    FAILED = "failed", "Échoué"
    CANCELLED = "cancelled", "Arrêté"


class RunMethod(models.TextChoices):
    """What a run computes."""

    SEARCH = "search", "Rapprocher"
    ALLOCATE = "allocate", "Répartir"
    BUNDLE = "bundle", "Répondre à plusieurs"
    CHAIN = "chain", "Assembler"
    TOUR = "tour", "Tournées"
    NETWORK = "network", "Voir le réseau"


class Verdict(models.TextChoices):
    """How well a need and an offer fit, in words; never a percentage."""

    VERY_GOOD = "very_good", "Très bon accord"
    GOOD = "good", "Bon accord"
    TO_DISCUSS = "to_discuss", "À discuter"


class DecisionKind(models.TextChoices):
    """What people decide of a pair."""

    ACCEPTED = "accepted", "Gardée pour suite"
    SET_ASIDE = "set_aside", "Mise de côté"


class SetAsideReason(models.TextChoices):
    """Why a pair is set aside; it avoids proposing the same thing again."""

    TOO_FAR = "too_far", "Trop loin"
    NOT_THAT = "not_that", "Ce n’est pas ce qu’il faut"
    PRICE = "price", "Prix"
    TIMING = "timing", "Calendrier"
    QUALITY = "quality", "Qualité ou tri trop exigeant"
    ALREADY_TRIED = "already_tried", "Déjà essayé"
    NO_TRUST = "no_trust", "Ne souhaitent pas travailler ensemble"
    OTHER = "other", "Autre raison"


class LearningOutcome(models.TextChoices):
    """What a learning from the decisions gave."""

    LEARNED = "learned", "Poids appris"
    TOO_FEW = "too_few", "Pas encore assez de décisions"
    NO_BETTER = "no_better", "Les nouveaux poids ne trieraient pas mieux"
    PUT_BACK = "put_back", "Poids d’origine remis"
