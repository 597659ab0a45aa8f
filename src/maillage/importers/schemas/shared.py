"""Columns that several kinds of tables have."""

from maillage.importers.schemas.column import Choice, Column, Kind

EXTERNAL_ID = Column(
    "external_id",
    "Référence",
    Kind.TEXT,
    "Votre numéro pour cette ligne. Il permet d’importer de nouveau le fichier corrigé sans créer de doublon.",
    "B-012",
    aliases=(
        "ref",
        "id",
        "identifiant",
        "numero",
        "n°",
        "pk",
        "code interne",
        "numero de dossier",
        "numero_dossier_ds",
    ),
    longest=100,
)

VISIBILITIES = (
    Choice("public", "public", ("tous", "tout le monde", "ouvert", "publique")),
    Choice("members", "membres", ("membre", "adherents", "membres du pole", "interne")),
    Choice(
        "facilitators", "animateur seul", ("animateur", "animatrice", "facilitateur", "confidentiel", "prive")
    ),
    Choice("anonymous", "anonyme", ("anonymement", "sans le nom", "anonymise")),
)

VISIBILITY = Column(
    "visibility",
    "Visibilité",
    Kind.CHOICE,
    "Qui peut voir cette ligne : public, membres, animateur seul ou anonyme. Vide : membres.",
    "membres",
    aliases=("confidentialite", "diffusion", "acces", "niveau de confidentialite"),
    choices=VISIBILITIES,
)

ORGANISATION = Column(
    "organisation",
    "Structure",
    Kind.TEXT,
    "Le nom de la structure qui a ce besoin, cette offre ou ce flux.",
    "Les Jardins du Val",
    aliases=(
        "nom de la structure",
        "organisme",
        "organisation",
        "entreprise",
        "association",
        "etablissement",
        "acteur",
        "raison sociale",
        "nom_beneficiaire_principal",
        "beneficiaire",
        "porteur",
        "porteur de projet",
        "demandeur",
        "offreur",
        "fournisseur",
        "adherent",
        "membre",
    ),
    longest=200,
)

SIRET = Column(
    "siret",
    "SIRET",
    Kind.SIRET,
    "Les 14 chiffres de l’établissement.",
    "20003452800014",
    aliases=("n° siret", "numero siret", "siret etablissement", "siret de l etablissement", "idBeneficiaire"),
)

SIREN = Column(
    "siren",
    "SIREN",
    Kind.SIREN,
    "Les 9 chiffres de la structure.",
    "200034528",
    aliases=("n° siren", "numero siren", "siren structure"),
)

PLACE = (
    Column(
        "address",
        "Adresse",
        Kind.TEXT,
        "Numéro et rue.",
        "12 rue des Écoles",
        aliases=("adresse postale", "rue", "voie", "adresse 1", "adresse du siege", "lieu", "address"),
    ),
    Column(
        "postcode",
        "Code postal",
        Kind.POSTCODE,
        "Cinq chiffres.",
        "18000",
        aliases=("cp", "post_code", "postcode", "zip", "codepostal", "code_postal"),
    ),
    Column(
        "municipality",
        "Commune",
        Kind.TEXT,
        "Le nom de la commune. Quand plusieurs communes ont ce nom, ajoutez le code postal, le code INSEE "
        "ou le département entre parenthèses : Amilly (45).",
        "Bourges",
        aliases=(
            "ville",
            "localite",
            "nom commune",
            "nom_commune",
            "city",
            "commune du siege",
            "municipality",
        ),
        longest=120,
    ),
    Column(
        "municipality_code",
        "Code INSEE de la commune",
        Kind.MUNICIPALITY_CODE,
        "Cinq signes, par exemple 18033 ; ce n’est pas le code postal.",
        "18033",
        aliases=("code commune", "code insee", "insee", "code_commune", "codecommune", "depcom", "codgeo"),
    ),
    Column(
        "department",
        "Département",
        Kind.DEPARTMENT,
        "Le numéro du département, pour distinguer deux communes de même nom.",
        "18",
        aliases=(
            "dept",
            "dep",
            "code departement",
            "code_departement",
            "department",
            "numero de departement",
        ),
    ),
    Column(
        "latitude",
        "Latitude",
        Kind.LATITUDE,
        "Degrés décimaux. Sans coordonnées, la commune suffit.",
        "47,0833",
        aliases=("lat", "y", "latitude wgs84"),
    ),
    Column(
        "longitude",
        "Longitude",
        Kind.LONGITUDE,
        "Degrés décimaux.",
        "2,3964",
        aliases=("lon", "lng", "long", "x", "longitude wgs84"),
    ),
)
