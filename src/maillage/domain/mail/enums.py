"""The closed lists of the room."""

from django.db import models


class MessageKind(models.TextChoices):
    """Why a letter is written; ``ESSENTIAL`` ones are sent whatever a person wants to receive."""

    ACCOUNT = "account", "Compte et accès"
    INTRODUCTION = "introduction", "Mise en relation"
    ANSWER = "answer", "Réponse d’une structure"
    SIGNATURE = "signature", "Accord à signer"
    TERM = "term", "Échéance d’un accord"
    CONFIRMATION = "confirmation", "Fiche à confirmer"
    TASK = "task", "Tâche"
    MEETING = "meeting", "Réunion"
    WORKSHOP = "workshop", "Atelier"
    DIGEST = "digest", "Résumé"


ESSENTIAL = frozenset(
    {MessageKind.ACCOUNT, MessageKind.INTRODUCTION, MessageKind.SIGNATURE, MessageKind.DIGEST}
)


class MessageState(models.TextChoices):
    """Where a letter stands; ``UNSURE`` when the sender died between handing it over and noting it."""

    QUEUED = "queued", "En attente"
    HELD = "held", "Gardé pour le résumé"
    GATHERED = "gathered", "Dans un résumé"
    HANDED = "handed", "En cours d’envoi"
    SENT = "sent", "Envoyé"
    UNSURE = "unsure", "À vérifier"
    FAILED = "failed", "Échoué"


class Rhythm(models.TextChoices):
    """How often somebody wants to hear of a pole."""

    AT_ONCE = "at_once", "Au fil de l’eau"
    DAILY = "daily", "Un résumé chaque matin"
    WEEKLY = "weekly", "Un résumé le lundi"
    NEVER = "never", "Rien, sauf ce qui attend ma réponse"
