"""The table of organisations."""

from maillage.importers.schemas.column import Choice, Column, Kind, Schema
from maillage.importers.schemas.shared import EXTERNAL_ID, PLACE, SIREN, SIRET

FAMILIES = (
    Choice(
        "social",
        "ESS",
        (
            "economie sociale et solidaire",
            "structure ess",
            "association",
            "cooperative",
            "mutuelle",
            "fondation",
            "siae",
        ),
    ),
    Choice(
        "business",
        "entreprise",
        ("entreprise classique", "societe", "tpe", "pme", "entreprise hors ess", "artisan"),
    ),
    Choice(
        "authority",
        "collectivité",
        (
            "collectivite territoriale",
            "commune",
            "epci",
            "mairie",
            "collectivite publique",
            "departement",
            "region",
        ),
    ),
    Choice(
        "training",
        "recherche ou formation",
        (
            "recherche",
            "formation",
            "organisme de formation",
            "universite",
            "enseignement",
            "recherche formation",
        ),
    ),
    Choice("people", "habitants", ("habitant", "citoyens", "particulier", "collectif d habitants")),
)

LEGAL_FORMS = (
    Choice(
        "association", "Association", ("association loi 1901", "asso", "association declaree", "loi 1901")
    ),
    Choice("foundation", "Fondation ou fonds de dotation", ("fondation", "fonds de dotation")),
    Choice("mutual", "Mutuelle", ()),
    Choice("scop", "SCOP", ("societe cooperative et participative",)),
    Choice("scic", "SCIC", ("societe cooperative d interet collectif", "scic sa", "scic sas", "scic sarl")),
    Choice("cooperative", "Autre coopérative", ("cooperative", "cuma", "cae", "coop")),
    Choice(
        "company", "Société (SARL, SAS, SA)", ("sarl", "sas", "sasu", "sa", "eurl", "societe", "snc", "sci")
    ),
    Choice(
        "sole_trader", "Entreprise individuelle", ("ei individuelle", "auto entrepreneur", "micro entreprise")
    ),
    Choice(
        "farm",
        "Exploitation agricole (GAEC, EARL)",
        ("gaec", "earl", "scea", "ferme", "exploitation agricole"),
    ),
    Choice("employers_group", "Groupement d’employeurs", ("ge",)),
    Choice("municipality", "Commune", ("mairie", "ville")),
    Choice(
        "intermunicipal", "Intercommunalité", ("epci", "cc", "ca", "communaute de communes", "agglomeration")
    ),
    Choice("department", "Département", ("conseil departemental",)),
    Choice("region", "Région", ("conseil regional",)),
    Choice("mixed_body", "Syndicat mixte, PETR", ("petr", "syndicat mixte", "syndicat")),
    Choice("public_body", "Établissement public", ("epa", "epic", "ccas", "etablissement public local")),
    Choice("gip", "Groupement d’intérêt public", ()),
    Choice("informal", "Collectif sans statut", ("collectif", "sans statut")),
    Choice("other", "Autre", ("autres",)),
)

INCLUSION_TYPES = (
    Choice("EI", "EI", ("entreprise d insertion",)),
    Choice("ETTI", "ETTI", ("entreprise de travail temporaire d insertion",)),
    Choice("AI", "AI", ("association intermediaire",)),
    Choice(
        "ACI",
        "ACI",
        ("atelier et chantier d insertion", "chantier d insertion", "atelier chantier d insertion"),
    ),
    Choice("EITI", "EITI", ("entreprise d insertion par le travail independant",)),
    Choice("EA", "EA", ("entreprise adaptee",)),
    Choice("EATT", "EATT", ("entreprise adaptee de travail temporaire",)),
    Choice("ESAT", "ESAT", ("etablissement et service d aide par le travail",)),
    Choice("GEIQ", "GEIQ", ("groupement d employeurs pour l insertion et la qualification",)),
)

ORGANISATIONS = Schema(
    name="organisations",
    label="Structures",
    key=("external_id", "siret"),
    columns=(
        Column(
            "name",
            "Nom",
            Kind.TEXT,
            "Le nom sous lequel la structure est connue.",
            "Les Jardins du Val",
            required=True,
            aliases=(
                "nom de la structure",
                "structure",
                "raison sociale",
                "denomination",
                "organisme",
                "organisation",
                "name",
                "nom structure",
                "etablissement",
                "enseigne",
            ),
            longest=200,
        ),
        EXTERNAL_ID,
        SIRET,
        SIREN,
        Column(
            "rna",
            "Numéro RNA",
            Kind.RNA,
            "Pour une association : W et neuf signes. Il n’y en a pas en Alsace ni en Moselle.",
            "W181000001",
            aliases=("rna", "n° rna", "numero association"),
        ),
        Column(
            "legal_form",
            "Forme juridique",
            Kind.CHOICE,
            "Association, SCIC, SARL, commune…",
            "Association",
            aliases=("statut juridique", "statut", "legal_form", "nature juridique", "forme"),
            choices=LEGAL_FORMS,
            otherwise="other",
        ),
        Column(
            "family",
            "Famille",
            Kind.CHOICE,
            "ESS, entreprise, collectivité, recherche ou formation, habitants.",
            "ESS",
            aliases=("type d acteur", "categorie", "famille d acteur", "type de structure", "college"),
            choices=FAMILIES,
        ),
        Column(
            "inclusion_type",
            "Type d’insertion",
            Kind.CHOICE,
            "Pour une structure d’insertion ou du handicap : EI, ETTI, AI, ACI, EA, ESAT…",
            "ACI",
            aliases=("siae", "type siae", "kind", "type de siae", "insertion"),
            choices=INCLUSION_TYPES,
        ),
        Column(
            "esus_until",
            "Agrément ESUS jusqu’au",
            Kind.END_DATE,
            "La fin de l’agrément « entreprise solidaire d’utilité sociale ».",
            "31/12/2028",
            aliases=("esus", "fin agrement esus", "esus jusqu au", "agrement esus"),
        ),
        Column(
            "naf",
            "Code NAF",
            Kind.NAF,
            "Le code d’activité (NAF rév. 2), avec ou sans point.",
            "94.99Z",
            aliases=("ape", "code ape", "naf", "activite principale", "code activite"),
        ),
        Column(
            "staff_band",
            "Effectif",
            Kind.STAFF_BAND,
            "Le nombre de salariés ou une tranche.",
            "10 à 19",
            aliases=("nombre de salaries", "salaries", "effectifs", "tranche effectif", "tranche d effectif"),
            longest=60,
        ),
        Column(
            "description",
            "Description",
            Kind.LONG_TEXT,
            "Ce que fait la structure, avec ses mots.",
            "Maraîchage biologique et insertion",
            aliases=(
                "activite",
                "activites",
                "presentation",
                "objet",
                "missions",
                "commentaire",
                "description",
            ),
            longest=20_000,
        ),
        *PLACE,
        Column(
            "website",
            "Site web",
            Kind.WEBSITE,
            "L’adresse du site.",
            "www.exemple.fr",
            aliases=("site", "site internet", "url", "web"),
        ),
        Column(
            "email",
            "Adresse électronique",
            Kind.EMAIL,
            "Une adresse professionnelle de la structure.",
            "contact@exemple.fr",
            aliases=("mail", "email", "e-mail", "courriel", "adresse mail"),
        ),
        Column(
            "phone",
            "Téléphone",
            Kind.PHONE,
            "Un numéro professionnel.",
            "02 48 00 00 00",
            aliases=("tel", "telephone fixe", "portable", "mobile", "phone"),
            longest=60,
        ),
        Column(
            "contact",
            "Personne à joindre",
            Kind.TEXT,
            "Prénom et nom, avec son accord.",
            "Camille Exemple",
            aliases=("contact", "nom du contact", "referent", "interlocuteur", "representant", "responsable"),
            longest=120,
        ),
        Column(
            "joined_on",
            "Membre depuis",
            Kind.DAY,
            "La date d’adhésion au pôle.",
            "15/01/2025",
            aliases=("date d adhesion", "adhesion", "membre depuis le", "date adhesion"),
        ),
    ),
)
