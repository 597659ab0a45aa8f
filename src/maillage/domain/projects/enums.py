"""The closed lists of the room, with the words people read."""

from django.db import models


class ProjectKind(models.TextChoices):
    """A working group looks for the way; a project has one."""

    PROJECT = "project", "Projet"
    GROUP = "group", "Groupe de travail"


class ProjectVisibility(models.TextChoices):
    """Who may read a project."""

    PARTIES = "parties", "L’animation et les structures du projet"
    MEMBERS = "members", "Les membres du pôle"
    PUBLIC = "public", "Les membres du pôle ; le résumé pour tout le monde"


class PartyRole(models.TextChoices):
    """What a structure is in a project, besides the one that leads it."""

    PARTNER = "partner", "Partenaire"
    PROVIDER = "provider", "Fournit des moyens"
    HOST = "host", "Accueille l’essai"
    BENEFICIARY = "beneficiary", "En bénéficie"
    FUNDER = "funder", "Finance"
    EXPERT = "expert", "Apporte son savoir-faire"
    AUTHORITY = "authority", "Collectivité qui soutient"
    OBSERVER = "observer", "Suit de loin"


class TaskState(models.TextChoices):
    """Where a task stands; transitions are in ``states.TASK_TRANSITIONS``."""

    TODO = "todo", "À faire"
    DONE = "done", "Faite"
    DROPPED = "dropped", "Abandonnée"


class MeetingState(models.TextChoices):
    """Where a meeting stands; transitions are in ``states.MEETING_TRANSITIONS``."""

    POLLING = "polling", "Date à trouver"
    PLANNED = "planned", "Prévue"
    HELD = "held", "Tenue"
    CANCELLED = "cancelled", "Annulée"


class MeetingKind(models.TextChoices):
    """What kind of meeting it is."""

    WORK = "work", "Réunion de travail"
    STEERING = "steering", "Comité de pilotage"
    ASSEMBLY = "assembly", "Assemblée générale"
    BOARD = "board", "Conseil d’administration, bureau"
    OTHER = "other", "Autre rencontre"


class Attendance(models.TextChoices):
    """Whether somebody came."""

    UNKNOWN = "unknown", "Non noté"
    PRESENT = "present", "Présent"
    EXCUSED = "excused", "Excusé"
    ABSENT = "absent", "Absent"


class Coming(models.TextChoices):
    """What somebody answered to the invitation."""

    UNSAID = "unsaid", "Pas de réponse"
    YES = "yes", "Vient"
    NO = "no", "Ne vient pas"


class PollChoice(models.TextChoices):
    """What somebody says of a date."""

    YES = "yes", "Oui"
    MAYBE = "maybe", "Si besoin"
    NO = "no", "Non"


class TrialState(models.TextChoices):
    """Where a trial stands; transitions are in ``states.TRIAL_TRANSITIONS``."""

    RUNNING = "running", "En cours"
    GO = "go", "On continue"
    STOP = "stop", "On arrête"


class MeasureMoment(models.TextChoices):
    """When a measure was taken."""

    BEFORE = "before", "Avant l’essai"
    AFTER = "after", "Après l’essai"


class Wished(models.TextChoices):
    """Which way is better."""

    MORE = "more", "Plus, c’est mieux"
    LESS = "less", "Moins, c’est mieux"
    NEITHER = "neither", "Ni l’un ni l’autre"
