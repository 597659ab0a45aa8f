"""The catalogue in the database: a copy of the readable files, loaded by ``operations.load_catalogue``."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Case, F, Q, Value, When

from maillage.domain.places.fields import folded


class ResourceKind(models.TextChoices):
    """The eight great families of resources."""

    SKILL = "skill", "Compétence"
    SERVICE = "service", "Service"
    PREMISES = "premises", "Local"
    EQUIPMENT = "equipment", "Équipement"
    MATERIAL = "material", "Matière et flux"
    LABOUR = "labour", "Travail"
    MONEY = "money", "Argent"
    KNOWLEDGE = "knowledge", "Connaissance"


class LinkRelation(models.TextChoices):
    """How an offer of one type answers a need of another."""

    SUBSTITUTES = "substitutes", "remplace"
    BECOMES = "becomes", "devient"
    HANDLES = "handles", "prend en charge"
    INCLUDES = "includes", "comprend"


class Authorisation(models.Model):
    """An authorisation that the law requires for some resources."""

    code = models.SlugField("code", max_length=60, primary_key=True)
    label = models.CharField("libellé", max_length=200)
    source = models.CharField("source", max_length=300)

    class Meta:
        verbose_name = "autorisation"
        ordering = ["label"]

    def __str__(self) -> str:
        return self.label


class ResourceType(models.Model):
    """A line of the catalogue: what people lack and have, named once."""

    code = models.SlugField("code", max_length=80, primary_key=True)
    kind = models.CharField("famille", max_length=12, choices=ResourceKind.choices)
    label = models.CharField("libellé", max_length=120, unique=True)
    definition = models.TextField("définition")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="type plus large"
    )
    path = models.CharField("chemin", max_length=400, db_index=True)
    dimension = models.CharField("grandeur", max_length=12)
    unit = models.CharField("unité usuelle", max_length=12)
    waste_code = models.CharField("code déchet", max_length=9, blank=True)
    hazardous = models.GeneratedField(
        expression=Case(When(Q(waste_code__endswith="*"), then=Value(True)), default=Value(False)),
        output_field=models.BooleanField(),
        db_persist=True,
    )
    authorisations = models.ManyToManyField(Authorisation, blank=True, verbose_name="autorisations exigées")
    version = models.CharField("version du catalogue", max_length=20)
    retired = models.BooleanField("retiré", default=False)
    folded = folded("label")

    class Meta:
        verbose_name = "type de ressource"
        verbose_name_plural = "types de ressource"
        ordering = ["path"]
        constraints = [
            models.CheckConstraint(
                name="type_waste_code_form",
                condition=Q(waste_code="") | Q(waste_code__regex=r"^[0-9]{2} [0-9]{2} [0-9]{2}\*?$"),
            ),
            models.CheckConstraint(name="type_kind_known", condition=Q(kind__in=ResourceKind.values)),
            models.CheckConstraint(name="type_not_its_parent", condition=~Q(parent=F("code"))),
        ]
        indexes = [GinIndex(OpClass("folded", "gin_trgm_ops"), name="type_folded_trgm")]

    def __str__(self) -> str:
        return self.label


class Synonym(models.Model):
    """A word people really say for a type."""

    resource_type = models.ForeignKey(
        ResourceType, models.CASCADE, related_name="synonyms", verbose_name="type"
    )
    text = models.CharField("mot", max_length=120)
    folded = folded("text")

    class Meta:
        verbose_name = "synonyme"
        ordering = ["text"]
        constraints = [models.UniqueConstraint(name="synonym_once", fields=["resource_type", "text"])]
        indexes = [GinIndex(OpClass("folded", "gin_trgm_ops"), name="synonym_folded_trgm")]

    def __str__(self) -> str:
        return self.text


class TypeLink(models.Model):
    """Substitution knowledge: an offer of one type can answer a need of another, under a condition."""

    offer = models.ForeignKey(ResourceType, models.CASCADE, related_name="answers", verbose_name="offre")
    need = models.ForeignKey(ResourceType, models.CASCADE, related_name="answered_by", verbose_name="besoin")
    relation = models.CharField("relation", max_length=12, choices=LinkRelation.choices)
    through = models.ForeignKey(
        ResourceType,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="transforms",
        verbose_name="au moyen de",
    )
    condition = models.TextField("condition")
    closeness = models.DecimalField("proximité", max_digits=3, decimal_places=2)

    class Meta:
        verbose_name = "lien entre types"
        verbose_name_plural = "liens entre types"
        ordering = ["offer", "need"]
        constraints = [
            models.UniqueConstraint(name="link_once", fields=["offer", "need", "relation"]),
            models.CheckConstraint(name="link_two_ends", condition=~Q(offer=F("need"))),
            models.CheckConstraint(name="link_closeness", condition=Q(closeness__gt=0, closeness__lt=1)),
            models.CheckConstraint(name="link_conditioned", condition=~Q(condition="")),
        ]

    def __str__(self) -> str:
        return f"{self.offer_id} → {self.need_id}"
