"""The closed lists of the room: forms, families, kinds and roles, with the words people read."""

from django.db import models

from maillage.core import identifiers


class ActorFamily(models.TextChoices):
    """The five families that make a pole (loi n° 2014-856, art. 9)."""

    SOCIAL = "social", "Économie sociale et solidaire"
    BUSINESS = "business", "Entreprise"
    AUTHORITY = "authority", "Commune, intercommunalité"
    TRAINING = "training", "Recherche, formation"
    PEOPLE = "people", "Habitants"


class LegalForm(models.TextChoices):
    """Legal forms met in a pole."""

    ASSOCIATION = "association", "Association"
    FOUNDATION = "foundation", "Fondation ou fonds de dotation"
    MUTUAL = "mutual", "Mutuelle"
    SCOP = "scop", "SCOP"
    SCIC = "scic", "SCIC"
    COOPERATIVE = "cooperative", "Autre coopérative"
    COMPANY = "company", "Société (SARL, SAS, SA)"
    SOLE_TRADER = "sole_trader", "Entreprise individuelle"
    FARM = "farm", "Exploitation agricole (GAEC, EARL)"
    EMPLOYERS_GROUP = "employers_group", "Groupement d’employeurs"
    MUNICIPALITY = "municipality", "Commune"
    INTERMUNICIPAL = "intermunicipal", "Intercommunalité"
    DEPARTMENT = "department", "Département"
    REGION = "region", "Région"
    MIXED_BODY = "mixed_body", "Syndicat mixte, PETR"
    PUBLIC_BODY = "public_body", "Établissement public"
    GIP = "gip", "Groupement d’intérêt public"
    INFORMAL = "informal", "Collectif sans statut"
    OTHER = "other", "Autre"


class SocialEconomyGround(models.TextChoices):
    """On what ground an organisation belongs to the social economy (loi n° 2014-856, art. 1)."""

    BY_FORM = "by_form", "Par sa forme (association, coopérative, mutuelle, fondation)"
    BY_STATUTES = "by_statutes", "Société commerciale dont les statuts remplissent les conditions"
    DECLARED = "declared", "Déclaré, à vérifier"


class InclusionType(models.TextChoices):
    """Social-inclusion enterprises (Code du travail, L5132-4 and L5213-13; CASF for ESAT)."""

    EI = "EI", "Entreprise d’insertion"
    ETTI = "ETTI", "Entreprise de travail temporaire d’insertion"
    AI = "AI", "Association intermédiaire"
    ACI = "ACI", "Atelier et chantier d’insertion"
    EITI = "EITI", "Entreprise d’insertion par le travail indépendant"
    GEIQ = "GEIQ", "Groupement d’employeurs pour l’insertion et la qualification"
    EA = "EA", "Entreprise adaptée"
    EATT = "EATT", "Entreprise adaptée de travail temporaire"
    ESAT = "ESAT", "Établissement d’accompagnement par le travail"


class StaffBand(models.TextChoices):
    """INSEE's bands of staff (tranche d'effectif salarié)."""

    UNKNOWN = "NN", "Effectif non connu"
    NONE = "00", "Aucun salarié"
    B01 = "01", "1 ou 2 salariés"
    B02 = "02", "3 à 5 salariés"
    B03 = "03", "6 à 9 salariés"
    B11 = "11", "10 à 19 salariés"
    B12 = "12", "20 à 49 salariés"
    B21 = "21", "50 à 99 salariés"
    B22 = "22", "100 à 199 salariés"
    B31 = "31", "200 à 249 salariés"
    B32 = "32", "250 à 499 salariés"
    B41 = "41", "500 à 999 salariés"
    B42 = "42", "1 000 à 1 999 salariés"
    B51 = "51", "2 000 à 4 999 salariés"
    B52 = "52", "5 000 à 9 999 salariés"
    B53 = "53", "10 000 salariés et plus"


class NafVersion(models.TextChoices):
    """The nomenclature a NAF code belongs to, named as the SIRENE file does; INSEE changes it in 2027."""

    REV2 = identifiers.NafVersion.REV2.value, "NAF rév. 2 (2008)"
    NAF2025 = identifiers.NafVersion.NAF2025.value, "NAF 2025"
    REV1 = identifiers.NafVersion.REV1.value, "NAF rév. 1 (2003)"
    NAF1993 = identifiers.NafVersion.NAF1993.value, "NAF 1993"
    NAP = identifiers.NafVersion.NAP.value, "NAP (1973)"


class PoleStatusKind(models.TextChoices):
    """What a pole may say of itself; « PTCE » is no protected label outside the State's calls."""

    EMERGING = "emerging", "Émergent (lauréat phase 1)"
    AWARDED = "awarded", "Lauréat phase 2"
    CHARTER = "charter", "Signataire de la charte"
    SELF_DECLARED = "self_declared", "Autodéclaré"
    DEMONSTRATION = "demonstration", "Démonstration"


class MandateRole(models.TextChoices):
    """What somebody is in a pole."""

    REPRESENTATIVE = "representative", "Représentante ou représentant"
    SUBSTITUTE = "substitute", "Suppléante ou suppléant"
    BOARD = "board", "Membre du bureau ou du conseil"
    AUTHORITY_AGENT = "authority_agent", "Agente ou agent de collectivité"
    FACILITATOR = "facilitator", "Animatrice ou animateur"
    NETWORK = "network", "Réseau régional"
    ADMINISTRATOR = "administrator", "Administratrice ou administrateur"


class PartnerKind(models.TextChoices):
    """Why an organisation that is not a member works with the pole."""

    FUNDER = "funder", "Financeur"
    SUPPORT = "support", "Soutien"
    CLIENT = "client", "Client"
    OTHER = "other", "Autre"


class LinkPurpose(models.TextChoices):
    """What a link sent by e-mail is for."""

    SIGN_IN = "sign_in", "Se connecter"
    INVITATION = "invitation", "Première connexion"


class RequestState(models.TextChoices):
    """Where a request for an access stands."""

    WAITING = "waiting", "En attente"
    ACCEPTED = "accepted", "Acceptée"
    REFUSED = "refused", "Refusée"
