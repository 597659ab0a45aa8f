"""The columns of a list of stops and of a list of vehicles, as people head them."""

from maillage.importers.schemas.column import Choice, Column, Kind, Schema
from maillage.importers.schemas.shared import PLACE

SIDES = (
    Choice("collect", "collecte", ("ramassage", "enlèvement", "collecter", "prendre")),
    Choice("deliver", "livraison", ("livrer", "dépose", "distribution", "apport")),
)
PRIORITIES = (
    Choice("must", "obligatoire", ("oui", "impératif", "1", "haute")),
    Choice("wished", "souhaité", ("normale", "moyenne", "2", "si possible")),
    Choice("spare", "facultatif", ("basse", "3", "non", "optionnel")),
)

STOPS = Schema(
    "stops",
    "Arrêts",
    (
        Column(
            "name",
            "Arrêt",
            Kind.TEXT,
            "Le nom de l’arrêt.",
            aliases=("nom", "lieu", "point", "site", "structure"),
        ),
        *(one for one in PLACE if one.name not in {"address"}),
        Column(
            "kg",
            "Poids (kg)",
            Kind.QUANTITY,
            "Poids.",
            aliases=("kg", "poids", "masse", "tonnage", "quantité"),
        ),
        Column("m3", "Volume (m³)", Kind.QUANTITY, "Volume.", aliases=("m3", "m³", "volume", "litres")),
        Column(
            "side", "Sens", Kind.CHOICE, "Collecte ou livraison.", aliases=("action", "nature"), choices=SIDES
        ),
        Column(
            "material", "Matière", Kind.TEXT, "Ce qui est porté.", aliases=("flux", "produit", "matériau")
        ),
        Column(
            "early",
            "De",
            Kind.TEXT,
            "Au plus tôt.",
            aliases=("ouverture", "à partir de", "début", "heure début"),
        ),
        Column(
            "late", "À", Kind.TEXT, "Au plus tard.", aliases=("fermeture", "jusqu’à", "fin", "heure fin", "a")
        ),
        Column(
            "service",
            "Durée (min)",
            Kind.TEXT,
            "Temps sur place.",
            aliases=("durée", "temps sur place", "service", "minutes"),
        ),
        Column(
            "priority",
            "Priorité",
            Kind.CHOICE,
            "Obligatoire ou non.",
            aliases=("importance",),
            choices=PRIORITIES,
        ),
        Column(
            "price",
            "Valeur (€)",
            Kind.MONEY,
            "Ce que vaut un arrêt facultatif.",
            aliases=("valeur", "prix", "prime"),
        ),
        Column(
            "every",
            "Tous les n jours",
            Kind.WHOLE,
            "Rythme de passage.",
            aliases=("rythme", "fréquence", "tous les", "tous les jours", "passage tous les (jours)"),
        ),
    ),
    key=(),
)
VEHICLES = Schema(
    "vehicles",
    "Véhicules",
    (
        Column("name", "Véhicule", Kind.TEXT, "Son nom.", aliases=("nom", "immatriculation", "camion")),
        Column("number", "Nombre", Kind.WHOLE, "Combien de pareils.", aliases=("nb", "exemplaires")),
        Column(
            "kg",
            "Charge utile (kg)",
            Kind.QUANTITY,
            "Capacité.",
            aliases=("kg", "charge utile", "ptu", "capacité kg"),
        ),
        Column(
            "m3",
            "Volume utile (m³)",
            Kind.QUANTITY,
            "Capacité.",
            aliases=("m3", "m³", "volume", "capacité m3"),
        ),
        Column(
            "per_km", "€ par km", Kind.MONEY, "Coût.", aliases=("coût km", "€/km", "coût par km", "prix km")
        ),
        Column("per_hour", "€ par heure", Kind.MONEY, "Coût.", aliases=("coût heure", "€/h", "coût horaire")),
        Column(
            "fixed",
            "Coût fixe (€)",
            Kind.MONEY,
            "Coût d’une sortie.",
            aliases=("fixe", "forfait", "coût fixe"),
        ),
        Column("early", "De", Kind.TEXT, "Début de journée.", aliases=("début", "embauche", "heure début")),
        Column("late", "À", Kind.TEXT, "Fin de journée.", aliases=("fin", "débauche", "heure fin", "a")),
        Column(
            "start",
            "Départ",
            Kind.TEXT,
            "Commune de départ.",
            aliases=("depot", "dépôt", "commune de départ"),
        ),
        Column(
            "end",
            "Arrivée",
            Kind.TEXT,
            "Commune d’arrivée.",
            aliases=("retour", "commune d’arrivée", "exutoire"),
        ),
        Column(
            "unload",
            "Vide à",
            Kind.LIST,
            "Communes où vider.",
            aliases=("déchargement", "exutoires", "vidage"),
        ),
        Column("unload_time", "Durée de vidage (min)", Kind.TEXT, "Temps.", aliases=("temps de vidage",)),
        Column("materials", "Matières", Kind.LIST, "Acceptées.", aliases=("matières acceptées", "flux")),
        Column("pause", "Pause (min)", Kind.TEXT, "Durée de la pause.", aliases=("pause", "coupure")),
        Column("pause_early", "Pause au plus tôt", Kind.TEXT, "Heure.", aliases=("pause de", "début pause")),
        Column("pause_late", "Pause au plus tard", Kind.TEXT, "Heure.", aliases=("pause à", "fin pause")),
        Column(
            "longest", "Durée maximale (h)", Kind.TEXT, "D’une tournée.", aliases=("amplitude", "durée max")
        ),
        Column("furthest", "Km maximum", Kind.KILOMETRES, "D’une tournée.", aliases=("km max", "autonomie")),
    ),
    key=(),
)
