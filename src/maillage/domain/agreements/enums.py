"""The closed lists of the room."""

from django.db import models


class ConsentWay(models.TextChoices):
    """How a party said yes."""

    ACCOUNT = "account", "en ligne, avec son compte"
    LINK = "link", "en ligne, par le lien reçu"
    FILE = "file", "sur le document signé, déposé ici"


class RefusalWay(models.TextChoices):
    """How a party said no: by itself, or to the team, which notes it."""

    ACCOUNT = "account", "en ligne, avec son compte"
    LINK = "link", "en ligne, par le lien reçu"
    PHONE = "phone", "de vive voix, noté par l’équipe"
    PAPER = "paper", "par écrit, noté par l’équipe"


# A no that the team noted for a party; it alone can be taken back, for it alone may be a mistake of the team.
TOLD = (RefusalWay.PHONE, RefusalWay.PAPER)


class RefusalReason(models.TextChoices):
    """Why a party does not sign; ``OTHER`` asks for words."""

    MISTAKE = "mistake", "Il y a une erreur dans le texte"
    CLAUSE = "clause", "Une clause ne convient pas"
    QUANTITY = "quantity", "Les quantités ne conviennent pas"
    DATES = "dates", "Les dates ne conviennent pas"
    PRICE = "price", "Le prix ne convient pas"
    GIVES_UP = "gives_up", "Nous y renonçons"
    OTHER = "other", "Autre raison"


class AmendmentState(models.TextChoices):
    """Where an amendment stands; transitions are in ``states.AMENDMENT_TRANSITIONS``."""

    DRAFT = "draft", "Brouillon"
    TO_SIGN = "to_sign", "À signer"
    IN_FORCE = "in_force", "En vigueur"
    CANCELLED = "cancelled", "Abandonné"


# An amendment somebody still works on; an agreement has one at most.
OPEN_AMENDMENT = (AmendmentState.DRAFT, AmendmentState.TO_SIGN)


class PromiseChangeKind(models.TextChoices):
    """What an amendment does to a promise."""

    ADD = "add", "Nouvel engagement"
    CHANGE = "change", "Engagement changé"
    END = "end", "Engagement arrêté"
