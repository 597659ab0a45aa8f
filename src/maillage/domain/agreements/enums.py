"""The closed lists of the room."""

from django.db import models


class ConsentWay(models.TextChoices):
    """How a party said yes."""

    ACCOUNT = "account", "en ligne, avec son compte"
    LINK = "link", "en ligne, par le lien reçu"
    FILE = "file", "sur le document signé, déposé ici"


class AmendmentState(models.TextChoices):
    """Where an amendment stands; transitions are in ``states.AMENDMENT_TRANSITIONS``."""

    DRAFT = "draft", "Brouillon"
    TO_SIGN = "to_sign", "À signer"
    IN_FORCE = "in_force", "En vigueur"
    CANCELLED = "cancelled", "Abandonné"


# An amendment somebody still works on; an agreement has one at most.
OPEN_AMENDMENT = (AmendmentState.DRAFT, AmendmentState.TO_SIGN)
