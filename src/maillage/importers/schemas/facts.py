"""The table of facts: weighings, deliveries, hours, uses, payments, as a scale or a round sheet gives them."""

from maillage.importers.schemas.column import Choice, Column, Kind, Schema
from maillage.importers.schemas.shared import EXTERNAL_ID

ACTIONS = (
    Choice(
        "transfer", "livré", ("livraison", "donne", "don", "vendu", "vente", "pesee", "pese", "transfert")
    ),
    Choice("work", "travaillé", ("travail", "heures", "temps passe", "mise a disposition")),
    Choice("use", "utilisé", ("utilisation", "usage", "location", "pret", "reservation")),
    Choice("pay", "payé", ("paiement", "versement", "regle", "reglement")),
    Choice("deliver-service", "service rendu", ("service", "prestation")),
    Choice("pickup", "enlevé", ("enlevement", "collecte", "collecte faite", "ramassage")),
    Choice("dropoff", "déposé", ("depot", "depose", "apport")),
    Choice("transfer-custody", "confié", ("confie", "remis")),
    Choice("modify", "réparé", ("reparation", "transforme", "transformation")),
    Choice("produce", "produit", ("production", "fabrique")),
    Choice("consume", "consommé", ("consommation",)),
)
PROOFS = (
    Choice("weighing", "pesée", ("ticket de pesee", "balance", "bon de pesee")),
    Choice("document", "document", ("facture", "bon", "bon de livraison", "bordereau", "recu")),
    Choice("signature", "signature", ("emargement", "signe")),
    Choice("photo", "photo", ("image",)),
    Choice("statement", "déclaration", ("declare", "dit", "aucune", "oral")),
)

FACTS = Schema(
    name="facts",
    label="Faits",
    columns=(
        Column(
            "happened_on",
            "Jour",
            Kind.DAY,
            "Le jour où c’est arrivé.",
            "24/11/2026",
            required=True,
            aliases=("date", "le", "date de pesee", "date de livraison", "date du fait", "quand"),
        ),
        EXTERNAL_ID,
        Column(
            "commitment",
            "Engagement",
            Kind.WHOLE,
            "Le numéro de l’engagement que ce fait tient : il dit déjà qui, à qui et quoi.",
            "12",
            aliases=("numero d engagement", "n° engagement", "promesse"),
        ),
        Column(
            "action",
            "Geste",
            Kind.CHOICE,
            "Livré, travaillé, utilisé, payé, service rendu, enlevé, déposé…",
            "livré",
            aliases=("action", "nature du fait", "operation", "quoi faire"),
            choices=ACTIONS,
        ),
        Column(
            "provider",
            "De",
            Kind.TEXT,
            "Le nom (ou le SIREN) de la structure qui donne, comme dans l’annuaire.",
            "Cantine des Tilleuls",
            aliases=("qui donne", "producteur", "fournisseur", "donneur", "expediteur", "origine"),
            longest=200,
        ),
        Column(
            "receiver",
            "À",
            Kind.TEXT,
            "Le nom (ou le SIREN) de la structure qui reçoit, comme dans l’annuaire.",
            "Les Jardins du Val",
            aliases=("qui recoit", "destinataire", "client", "receveur", "destination"),
            longest=200,
        ),
        Column(
            "type",
            "Type",
            Kind.TEXT,
            "Le type du catalogue.",
            "épluchures",
            aliases=("type de ressource", "matiere", "designation", "article", "produit", "de quoi"),
            longest=200,
        ),
        Column(
            "quantity",
            "Quantité",
            Kind.QUANTITY,
            "Combien, si possible avec l’unité : 84,5 kg.",
            "84,5 kg",
            required=True,
            aliases=("qte", "poids", "tonnage", "nombre", "valeur", "montant", "duree", "poids net"),
        ),
        Column(
            "unit",
            "Unité",
            Kind.UNIT,
            "kg, t, m³, h, jours, €… (si elle n’est pas déjà dans la quantité).",
            "kg",
            aliases=("unite de mesure", "unites", "u"),
        ),
        Column(
            "evidence_kind",
            "Preuve",
            Kind.CHOICE,
            "Pesée, document, signature, photo ou déclaration. Vide : déclaration.",
            "pesée",
            aliases=("type de preuve", "justificatif", "piece"),
            choices=PROOFS,
        ),
        Column(
            "evidence",
            "Numéro de la preuve",
            Kind.TEXT,
            "Le numéro du bon, de la facture.",
            "Bon 318",
            aliases=("reference de la preuve", "bon", "numero de bon", "facture", "ticket", "bsd"),
            longest=300,
        ),
        Column(
            "note",
            "Remarque",
            Kind.TEXT,
            "Un mot de plus.",
            "Bac plein",
            aliases=("note", "commentaire", "observation"),
            longest=300,
        ),
    ),
)
