"""The list as a table to take away: what the page shows, line by line, and nothing that it hides."""

from maillage.domain.agreements.queries import AgreementLine
from maillage.interfaces.web.takeaway import Takeaway

AGREEMENTS: Takeaway[AgreementLine] = Takeaway(
    "Accords",
    (
        ("numero", "Numéro", lambda line: line.pk),
        ("titre", "Titre", lambda line: line.title),
        ("modele", "Modèle", lambda line: line.kind),
        ("etat", "État", lambda line: line.state_text),
        ("parties", "Parties", lambda line: ", ".join(line.parties)),
        ("attendues", "Signatures attendues", lambda line: ", ".join(line.waiting)),
        ("a_partir_du", "À partir du", lambda line: line.starts_on),
        ("jusquau", "Jusqu’au", lambda line: line.ends_on),
        ("jours_restants", "Jours restants", lambda line: line.days_left),
    ),
)
ENDINGS = ("csv", "xlsx", "json")
