"""The closed lists of the room."""

from django.db import models


class SynergyState(models.TextChoices):
    """Where a synergy stands. Transitions are in ``states.TRANSITIONS``."""

    DETECTED = "detected", "Repérée"
    PROPOSED = "proposed", "Proposée"
    INTERESTED = "interested", "Intérêt partagé"
    TALKS = "talks", "En discussion"
    AGREED = "agreed", "D’accord"
    RUNNING = "running", "En cours"
    ENDED = "ended", "Terminée"
    REFUSED = "refused", "Refusée"
    ABANDONED = "abandoned", "Abandonnée"


class SynergyOrigin(models.TextChoices):
    """Where a synergy comes from."""

    PAIR = "pair", "Une piste gardée"
    BUNDLE = "bundle", "Une réponse à plusieurs"
    CHAIN = "chain", "Une filière"
    HAND = "hand", "Notée à la main"


class PartySide(models.TextChoices):
    """What a structure does in a synergy."""

    NEED = "need", "A besoin"
    OFFER = "offer", "Propose"
    BOTH = "both", "A besoin et propose"
    OTHER = "other", "Participe"


class Answer(models.TextChoices):
    """What a party said of the proposal."""

    WAITING = "waiting", "N’a pas encore répondu"
    YES = "yes", "A dit oui"
    NO = "no", "A dit non"


class AnswerChannel(models.TextChoices):
    """How the answer came."""

    LINK = "link", "Par le lien du courriel"
    SITE = "site", "Sur le site"
    TEAM = "team", "Notée par l’animation"


class ClosingReason(models.TextChoices):
    """Why a synergy stops, or why a party says no."""

    TOO_FAR = "too_far", "Trop loin"
    NOT_THAT = "not_that", "Ce n’est pas ce qu’il faut"
    PRICE = "price", "Prix"
    TIMING = "timing", "Calendrier"
    QUANTITY = "quantity", "Trop ou trop peu"
    QUALITY = "quality", "Qualité ou tri trop exigeant"
    FOUND = "found", "Déjà trouvé ailleurs"
    NO_TIME = "no_time", "Pas le temps en ce moment"
    SILENCE = "silence", "Pas de réponse"
    NO_TRUST = "no_trust", "Ne souhaitent pas travailler ensemble"
    OTHER = "other", "Autre raison"
