"""Communes and the bodies they belong to; a territory is any named set of communes."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length

from maillage.domain.places.fields import folded


class Region(models.Model):
    """A région; overseas collectivities without one have no row."""

    code = models.CharField("code", max_length=3, primary_key=True)
    name = models.CharField("nom", max_length=100, unique=True)

    class Meta:
        verbose_name = "région"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Department(models.Model):
    """A département, or an overseas collectivity that INSEE codes as one."""

    code = models.CharField("code", max_length=3, primary_key=True)
    name = models.CharField("nom", max_length=100, unique=True)
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, verbose_name="région")

    class Meta:
        verbose_name = "département"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class IntermunicipalBody(models.Model):
    """An EPCI with its own taxes (communauté, métropole); 89 of them cross a département's border."""

    siren = models.CharField("SIREN", max_length=9, primary_key=True)
    name = models.CharField("nom", max_length=200)
    kind = models.CharField("nature", max_length=10)
    folded = folded("name")

    class Meta:
        verbose_name = "intercommunalité"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class PositionSource(models.TextChoices):
    """Where the point of a commune comes from."""

    PACKAGE = "package", "Paquet de villes"
    OUTLINE = "outline", "Centre du contour officiel"
    DEMONSTRATION = "demonstration", "Données de démonstration"
    IMPORT = "import", "Import"


class Municipality(models.Model):
    """A commune of the present-day official list, by its INSEE code (a text: ``2A004``, ``97411``)."""

    code = models.CharField("code INSEE", max_length=5, primary_key=True)
    name = models.CharField("nom", max_length=100)
    department = models.ForeignKey(Department, models.PROTECT, verbose_name="département")
    intermunicipal_body = models.ForeignKey(
        IntermunicipalBody, models.PROTECT, null=True, blank=True, verbose_name="intercommunalité"
    )
    population = models.PositiveIntegerField("population", null=True, blank=True)
    latitude = models.FloatField("latitude", null=True, blank=True)
    longitude = models.FloatField("longitude", null=True, blank=True)
    position_source = models.CharField(
        "origine du point", max_length=20, choices=PositionSource.choices, blank=True
    )
    has_homonym = models.BooleanField("porte le nom d’une autre", default=False)
    folded = folded("name")

    class Meta:
        verbose_name = "commune"
        ordering = ["name", "code"]
        constraints = [
            models.CheckConstraint(
                name="municipality_code_form", condition=Q(code__regex=r"^([0-9]{2}|2[AB])[0-9]{3}$")
            ),
            models.CheckConstraint(
                name="municipality_point_whole",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
            ),
        ]
        indexes = [GinIndex(OpClass("folded", "gin_trgm_ops"), name="municipality_folded_trgm")]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name, with the département's number when another commune bears it: ``Amilly (45)``."""
        return f"{self.name} ({self.department_id})" if self.has_homonym else self.name


class Postcode(models.Model):
    """One postcode of one commune; 4,205 postcodes are shared by several communes."""

    municipality = models.ForeignKey(
        Municipality, models.CASCADE, related_name="postcodes", verbose_name="commune"
    )
    code = models.CharField("code postal", max_length=5, db_index=True)

    class Meta:
        verbose_name = "code postal"
        verbose_name_plural = "codes postaux"
        ordering = ["code", "municipality_id"]
        constraints = [
            models.UniqueConstraint(name="postcode_once", fields=["municipality", "code"]),
            models.CheckConstraint(name="postcode_form", condition=Q(code__regex=r"^[0-9]{5}$")),
        ]

    def __str__(self) -> str:
        return self.code


class Territory(models.Model):
    """A named set of communes: an EPCI, a département, a PETR, a life basin, a pole's perimeter."""

    name = models.CharField("nom", max_length=200, unique=True)
    slug = models.SlugField("adresse", max_length=200, unique=True)
    description = models.TextField("description", blank=True)
    municipalities = models.ManyToManyField(Municipality, related_name="territories", verbose_name="communes")

    class Meta:
        verbose_name = "territoire"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="territory_named", condition=models.lookups.GreaterThan(Length(F("name")), 0)
            )
        ]

    def __str__(self) -> str:
        return self.name


class Outline(models.Model):
    """The drawn border of a commune, imported from an official GeoJSON and simplified for the screen."""

    municipality = models.OneToOneField(
        Municipality, models.CASCADE, primary_key=True, related_name="outline", verbose_name="commune"
    )
    polygons = models.JSONField(
        "polygones", help_text="Liste de polygones ; chacun, une liste d’anneaux de [longitude, latitude]."
    )
    vintage = models.CharField("millésime", max_length=20)
    source = models.CharField("source", max_length=200)

    class Meta:
        verbose_name = "contour"

    def __str__(self) -> str:
        return f"Contour de {self.municipality_id}"
