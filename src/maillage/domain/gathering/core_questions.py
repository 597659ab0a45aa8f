"""The common core of every campaign: six questions, in ordinary French and in easy-to-read French side by side."""

from dataclasses import dataclass

LINE, TEXT, NUMBER, OFTEN = "line", "text", "number", "often"


@dataclass(frozen=True, slots=True)
class CoreQuestion:
    """A question; ``easy`` says the same in short sentences and common words."""

    name: str
    text: str
    easy: str
    kind: str


CORE = (
    CoreQuestion(
        "lacks", "Qu’est-ce qui vous manque ?", "De quoi avez-vous besoin ? Écrivez une seule chose.", TEXT
    ),
    CoreQuestion("lacks_quantity", "Quelle quantité ?", "Combien ? Par exemple : 3 places, 20 kilos.", LINE),
    CoreQuestion(
        "lacks_often", "Tous les combien ?", "Est-ce chaque jour ? chaque semaine ? une seule fois ?", OFTEN
    ),
    CoreQuestion("people", "Pour combien de personnes ?", "Combien de personnes en ont besoin ?", NUMBER),
    CoreQuestion(
        "has",
        "Qu’avez-vous à partager ou à proposer ?",
        "Qu’est-ce que vous pouvez prêter, donner ou faire ?",
        TEXT,
    ),
    CoreQuestion("has_quantity", "Quelle quantité ?", "Combien ?", LINE),
    CoreQuestion(
        "has_often", "Tous les combien ?", "Est-ce chaque jour ? chaque semaine ? une seule fois ?", OFTEN
    ),
    CoreQuestion("where", "Où ?", "Dans quelle ville ou quel village ?", LINE),
)
WHO = (
    CoreQuestion(
        "organisation", "Votre structure", "Le nom de votre association, de votre entreprise.", LINE
    ),
    CoreQuestion("name", "Votre nom", "Vous pouvez laisser vide.", LINE),
    CoreQuestion("email", "Votre courriel", "Pour vous répondre. Vous pouvez laisser vide.", LINE),
)
OFTEN_CHOICES = (
    ("", "Je ne sais pas"),
    ("once", "Une seule fois"),
    ("day", "Chaque jour"),
    ("week", "Chaque semaine"),
    ("month", "Chaque mois"),
    ("year", "Chaque année"),
)
OFTEN_WORDS = {
    "once": "en une fois",
    "day": "par jour",
    "week": "par semaine",
    "month": "par mois",
    "year": "par an",
}
PERSONAL = ("name", "email")
