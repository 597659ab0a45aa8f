"""The tables of needs and of offers: the same columns, told in the words of each side."""

from maillage.importers.schemas.column import Column, Kind, Schema
from maillage.importers.schemas.shared import EXTERNAL_ID, ORGANISATION, PLACE, SIREN, SIRET, VISIBILITY

QUANTITY_COLUMNS = (
    Column(
        "quantity",
        "Quantité",
        Kind.QUANTITY,
        "Combien, si possible avec l’unité et la période : 12 t/an.",
        "12 t/an",
        aliases=(
            "qte",
            "volume",
            "nombre",
            "tonnage",
            "quantite annuelle",
            "valeur",
            "surface",
            "besoin quantite",
        ),
    ),
    Column(
        "unit",
        "Unité",
        Kind.UNIT,
        "kg, t, m², h, places, repas, € … (si elle n’est pas déjà dans la quantité).",
        "t",
        aliases=("unite de mesure", "unites", "u"),
    ),
    Column(
        "period",
        "Période",
        Kind.PERIOD,
        "une fois, jour, semaine, mois, trimestre ou an.",
        "an",
        aliases=("frequence", "periodicite", "par", "recurrence", "rythme"),
    ),
    Column(
        "minimum",
        "Quantité minimale",
        Kind.QUANTITY,
        "En dessous de cette quantité, ce n’est pas la peine.",
        "1 t",
        aliases=("minimum", "mini", "quantite mini", "seuil", "quantite minimum"),
    ),
)
CALENDAR_COLUMNS = (
    Column(
        "available_from",
        "À partir du",
        Kind.START_DATE,
        "Le premier jour : jj/mm/aaaa, ou un mois.",
        "15/01/2027",
        aliases=(
            "date debut",
            "debut",
            "disponible a partir du",
            "date de debut",
            "des le",
            "date de disponibilite",
            "disponible le",
        ),
    ),
    Column(
        "available_until",
        "Jusqu’au",
        Kind.END_DATE,
        "Le dernier jour : jj/mm/aaaa, ou un mois.",
        "30/06/2027",
        aliases=("date fin", "fin", "date de fin", "echeance", "avant le", "date limite"),
    ),
    Column(
        "weekly",
        "Jours et heures",
        Kind.WEEKLY,
        "Mardi matin ; lundi au vendredi 8h-12h.",
        "mardi matin",
        aliases=(
            "jours",
            "horaires",
            "creneaux",
            "creneau",
            "disponibilite",
            "disponibilites",
            "jours de disponibilite",
        ),
    ),
    Column(
        "months",
        "Mois",
        Kind.MONTHS,
        "Janvier-mars ; mai, juin et septembre ; toute l’année.",
        "toute l’année",
        aliases=("saison", "saisonnalite", "mois de l annee", "regularite", "periode de l annee"),
    ),
)
REACH = Column(
    "reach_km",
    "Distance maximale (km)",
    Kind.KILOMETRES,
    "Jusqu’où cela peut aller, en kilomètres.",
    "30",
    aliases=(
        "distance",
        "rayon",
        "km",
        "km max",
        "distance max",
        "perimetre km",
        "rayon d action",
        "distance acceptee",
    ),
)
QUALITIES = Column(
    "qualities",
    "Qualités",
    Kind.LIST,
    "Ce qui compte, séparé par des virgules : bio, propre, accessible en fauteuil.",
    "sans plastique",
    aliases=("qualite", "exigences", "caracteristiques", "contraintes", "composition"),
)
EVIDENCE_COLUMNS = (
    Column(
        "said_by",
        "Dit par",
        Kind.TEXT,
        "Qui l’a dit : une fonction plutôt qu’un nom.",
        "la cheffe de cuisine",
        aliases=("source", "exprime par", "recueilli aupres de", "origine", "qui"),
    ),
    Column(
        "said_on",
        "Dit le",
        Kind.DAY,
        "Le jour où cela a été dit.",
        "12/11/2026",
        aliases=("date", "date de recueil", "recueilli le", "date du besoin", "date entretien"),
    ),
    Column(
        "said_at",
        "Dit où",
        Kind.TEXT,
        "La rencontre, l’atelier, la visite.",
        "atelier du 12 novembre",
        aliases=("occasion", "lieu de recueil", "atelier", "rencontre"),
    ),
    Column(
        "people_concerned",
        "Personnes concernées",
        Kind.WHOLE,
        "Combien de personnes cela concerne.",
        "45",
        aliases=("nombre de personnes", "beneficiaires", "nb personnes", "personnes"),
    ),
    Column(
        "confirmed_on",
        "Confirmé le",
        Kind.DAY,
        "La dernière fois que c’était encore vrai.",
        "12/11/2026",
        aliases=("mis a jour le", "date de mise a jour", "maj", "verifie le", "date maj"),
    ),
)

TYPE = Column(
    "type",
    "Type",
    Kind.TEXT,
    "Le type de ressource du catalogue : son nom, un synonyme ou son code. Vide : il est "
    "proposé d’après les mots.",
    "épluchures",
    aliases=(
        "type de ressource",
        "categorie",
        "nature",
        "ressource",
        "famille",
        "theme",
        "thematique",
        "secteur",
    ),
    longest=200,
)
PRICE = Column(
    "price",
    "Prix (€)",
    Kind.MONEY,
    "En euros ; 0 si c’est gratuit.",
    "0",
    aliases=("tarif", "cout", "prix", "budget", "prix unitaire"),
)
CONDITIONS = Column(
    "conditions",
    "Conditions",
    Kind.LONG_TEXT,
    "Ce qu’il faut savoir avant de se mettre d’accord.",
    "à venir chercher",
    aliases=("condition", "modalites", "conditions particulieres"),
    longest=2_000,
)
_TITLE_ALIASES = (
    "titre",
    "libelle",
    "objet",
    "nom",
    "designation",
    "nom_du_projet",
    "nom du projet",
    "projet",
    "name",
    "title",
)
_WORDS_ALIASES = (
    "details",
    "precisions",
    "commentaire",
    "description",
    "texte",
    "demande",
    "explication",
    "remarques",
)


def _title(help_text: str, example: str, aliases: tuple[str, ...]) -> Column:
    return Column(
        "title",
        "Intitulé",
        Kind.TEXT,
        help_text,
        example,
        required=True,
        instead=("words",),
        aliases=(*aliases, *_TITLE_ALIASES),
        longest=200,
    )


def _words(help_text: str) -> Column:
    return Column(
        "words", "Description", Kind.LONG_TEXT, help_text, "", aliases=_WORDS_ALIASES, longest=20_000
    )


def _schema(
    name: str,
    label: str,
    *,
    title_help: str,
    example: str,
    words_help: str,
    title_aliases: tuple[str, ...],
    authorisations: Column,
) -> Schema:
    return Schema(
        name=name,
        label=label,
        columns=(
            _title(title_help, example, title_aliases),
            _words(words_help),
            TYPE,
            ORGANISATION,
            EXTERNAL_ID,
            SIRET,
            SIREN,
            *PLACE,
            *QUANTITY_COLUMNS,
            *CALENDAR_COLUMNS,
            REACH,
            PRICE,
            CONDITIONS,
            QUALITIES,
            authorisations,
            VISIBILITY,
            *EVIDENCE_COLUMNS,
        ),
    )


NEEDS = _schema(
    "needs",
    "Besoins",
    title_help="Ce qui manque, en quelques mots.",
    example="Faire composter nos épluchures",
    words_help="Le besoin tel qu’il a été dit.",
    title_aliases=("besoin", "besoins", "intitule du besoin", "ce qui manque", "nous cherchons", "recherche"),
    authorisations=Column(
        "requires",
        "Autorisations demandées",
        Kind.LIST,
        "Ce que l’autre doit avoir le droit de faire.",
        "",
        aliases=("autorisations requises", "agrements demandes", "autorisation requise"),
    ),
)
OFFERS = _schema(
    "offers",
    "Offres",
    title_help="Ce qui est proposé, en quelques mots.",
    example="Plateforme de compostage, 200 t par an",
    words_help="L’offre telle qu’elle a été dite.",
    title_aliases=(
        "offre",
        "offres",
        "intitule de l offre",
        "proposition",
        "ressource proposee",
        "nous proposons",
        "service",
        "prestation",
        "service propose",
    ),
    authorisations=Column(
        "holds",
        "Autorisations détenues",
        Kind.LIST,
        "Ce que la structure a le droit de faire : agréments, autorisations.",
        "",
        aliases=("autorisations", "agrements", "agrement", "habilitations"),
    ),
)
