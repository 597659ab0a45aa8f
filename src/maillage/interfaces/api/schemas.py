"""What goes in and out of the API; names are those of the tables one takes away."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal

from ninja import Schema
from pydantic import ConfigDict, Field

Name = Annotated[str, Field(max_length=300)]
Count = Annotated[int, Field(ge=1, le=10**12)]


class Asked(Schema):
    """Which page, how many lines."""

    model_config = ConfigDict(extra="forbid")
    page: int = Field(1, ge=1, le=1_000_000, description="La page, à partir de 1.")
    par_page: int = Field(50, ge=1, le=100, description="Lignes par page, 100 au plus.")


class AskedIntents(Asked):
    """Needs, offers, or both."""

    sens: Literal["besoin", "offre"] | None = Field(
        None, description="« besoin » ou « offre » ; vide : les deux."
    )
    type: str = Field("", max_length=100, description="Code d’un type du catalogue.")


class AskedPromises(Asked):
    """Which promises."""

    quand: Literal["a-tenir", "retard", "mois", "faits"] = Field("a-tenir", description="Lesquels.")


class AskedFacts(Asked):
    """Which facts."""

    depuis: date | None = Field(None, description="Seulement les faits de ce jour et d’après.")


class IntentOut(Schema):
    """A need or an offer, masked as the pages mask it."""

    numero: int
    sens: str
    intitule: str
    description: str
    type: str
    structure: str = Field(description="Vide quand la structure a choisi de ne pas dire son nom.")
    commune: str
    epci: str | None
    quantite: float | None
    unite: str
    periode: str
    a_partir_du: date | None
    jusquau: date | None
    etat: str
    dit_le: date | None
    confirme_le: date | None


class AgreementOut(Schema):
    """An agreement in which the organisation of the key is a party."""

    numero: int
    titre: str
    etat: str
    a_partir_du: date | None
    jusquau: date | None


class PromiseOut(Schema):
    """A promise and how far it is kept."""

    numero: int
    de: str
    a: str
    geste: str
    type: str
    ressource: str
    promis: float | None
    fait: float | None
    reste: float | None
    unite: str = Field(description="Le code de l’unité.")
    echeance: date | None
    etat: str
    en_retard: bool
    avancement: str


class FactOut(Schema):
    """A fact, in its last version."""

    numero: int
    le: date
    geste: str
    de: str
    a: str
    type: str
    ressource: str
    quantite: float
    unite: str
    engagement: int | None
    preuve: str
    reference: str
    remarque: str
    venu_par: str
    note_le: datetime
    corrige: bool
    annule: bool
    a_verifier: bool


class FactIn(Schema):
    """What happened: the part of a promise (``engagement``), or by itself (``geste``, ``de``, ``a``, ``type``)."""

    model_config = ConfigDict(extra="forbid")
    quantite: Decimal = Field(description="Plus grande que zéro.")
    unite: str = Field(max_length=20, description="kg, t, m3, h, eur, u… (voir les unités connues).")
    le: date = Field(description="Le jour où c’est arrivé.")
    engagement: Count | None = Field(None, description="Le numéro de l’engagement que ce fait tient.")
    geste: str = Field("", max_length=30, description="Sans engagement : transfer, work, use, pay…")
    de: Count | None = Field(None, description="Sans engagement : le numéro de la structure qui donne.")
    a: Count | None = Field(None, description="Sans engagement : le numéro de la structure qui reçoit.")
    type: str = Field("", max_length=100, description="Sans engagement : le code du type.")
    preuve: Literal["weighing", "document", "signature", "statement"] = Field(
        "statement", description="pesée, document, signature ou déclaration."
    )
    reference: Name = Field("", description="La référence de la preuve : numéro de bon, de facture.")
    remarque: Name = ""


class PageOut(Schema):
    """Where one is in a list."""

    page: int
    pages: int
    total: int


class IntentsOut(PageOut):
    """A page of needs and offers."""

    resultats: list[IntentOut]


class AgreementsOut(PageOut):
    """A page of agreements."""

    resultats: list[AgreementOut]


class PromisesOut(PageOut):
    """A page of promises."""

    resultats: list[PromiseOut]


class FactsOut(PageOut):
    """A page of facts."""

    resultats: list[FactOut]


class FieldProblem(Schema):
    """What is wrong with a field."""

    champ: str
    message: str


class Problem(Schema):
    """An error (``application/problem+json``)."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldProblem] = []
