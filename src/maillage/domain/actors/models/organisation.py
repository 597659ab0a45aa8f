"""Organisations and their sites."""

import pghistory
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q

from maillage.domain.actors.enums import (
    ActorFamily,
    InclusionType,
    LegalForm,
    NafVersion,
    SocialEconomyGround,
    StaffBand,
)
from maillage.domain.places.fields import Fold, IsLuhn, IsSiret, folded
from maillage.domain.places.models import Municipality


@pghistory.track(
    pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), exclude=["folded"]
)
class Organisation(models.Model):
    """A structure of the territory; a pole is not one, its sponsor is."""

    name = models.CharField("nom", max_length=200)
    short_name = models.CharField("sigle", max_length=50, blank=True)
    family = models.CharField("famille", max_length=10, choices=ActorFamily.choices)
    legal_form = models.CharField("forme", max_length=20, choices=LegalForm.choices, blank=True)
    siren = models.CharField("SIREN", max_length=9, null=True, blank=True)  # noqa: DJ001 - unique where known
    rna = models.CharField("numéro RNA", max_length=10, blank=True)
    ess_ground = models.CharField(
        "titre d’appartenance à l’ESS", max_length=12, choices=SocialEconomyGround.choices, blank=True
    )
    inclusion_type = models.CharField(
        "structure d’insertion ou de handicap", max_length=5, choices=InclusionType.choices, blank=True
    )
    esus_until = models.DateField("agrément ESUS jusqu’au", null=True, blank=True)
    naf_code = models.CharField("code NAF", max_length=6, blank=True)
    naf_version = models.CharField("nomenclature NAF", max_length=10, choices=NafVersion.choices, blank=True)
    staff_band = models.CharField(
        "effectif", max_length=2, choices=StaffBand.choices, default=StaffBand.UNKNOWN
    )
    description = models.TextField("en une phrase", blank=True)
    website = models.URLField("site", blank=True)
    email = models.EmailField("courriel", blank=True)
    phone = models.CharField("téléphone", max_length=30, blank=True)
    is_fictional = models.BooleanField("inventée", default=False)
    verified_on = models.DateField("vérifiée le", null=True, blank=True)
    source = models.CharField("origine", max_length=60, blank=True)
    source_id = models.CharField("identifiant d’origine", max_length=100, blank=True)
    known_in = models.ManyToManyField(
        "actors.Pole", blank=True, related_name="known_organisations", verbose_name="connue de"
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="absorbed", verbose_name="réunie à"
    )
    folded = folded("name")

    class Meta:
        verbose_name = "structure"
        ordering = ["folded", "pk"]
        constraints = [
            models.CheckConstraint(name="organisation_named", condition=~Q(name="")),
            models.CheckConstraint(
                name="organisation_siren_valid",
                condition=Q(siren__isnull=True) | (Q(siren__regex=r"^[0-9]{9}$") & Q(IsLuhn(F("siren")))),
            ),
            models.UniqueConstraint(
                name="organisation_siren_once", fields=["siren"], condition=Q(merged_into__isnull=True)
            ),
            models.UniqueConstraint(
                name="organisation_source_once",
                fields=["source", "source_id"],
                condition=~Q(source_id="") & Q(merged_into__isnull=True),
            ),
            models.CheckConstraint(
                name="organisation_rna_form", condition=Q(rna="") | Q(rna__regex=r"^W[0-9A-Z]{9}$")
            ),
            models.CheckConstraint(
                name="organisation_naf_versioned",
                condition=Q(naf_code="", naf_version="")
                | (Q(naf_code__regex=r"^[0-9]{2}\.([0-9]{1,2}[A-Z]|[0-9]{2})$") & ~Q(naf_version="")),
            ),
            models.CheckConstraint(
                name="organisation_family_known", condition=Q(family__in=ActorFamily.values)
            ),
            models.CheckConstraint(
                name="organisation_not_merged_into_itself", condition=~Q(merged_into=F("id"))
            ),
        ]
        indexes = [
            GinIndex(OpClass("folded", "gin_trgm_ops"), name="organisation_folded_trgm"),
            GinIndex(OpClass(Fold(F("short_name")), "gin_trgm_ops"), name="organisation_short_trgm"),
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Site(models.Model):
    """A place where an organisation works (établissement), with its SIRET when it has one."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="sites", verbose_name="structure"
    )
    name = models.CharField("nom", max_length=200, blank=True)
    siret = models.CharField("SIRET", max_length=14, null=True, blank=True)  # noqa: DJ001 - unique where known
    address = models.CharField("adresse", max_length=300, blank=True)
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, null=True, blank=True, verbose_name="commune"
    )
    latitude = models.FloatField("latitude", null=True, blank=True)
    longitude = models.FloatField("longitude", null=True, blank=True)
    is_head = models.BooleanField("siège", default=False)

    class Meta:
        verbose_name = "site"
        ordering = ["organisation_id", "-is_head", "pk"]
        constraints = [
            models.CheckConstraint(
                name="site_siret_valid", condition=Q(siret__isnull=True) | Q(IsSiret(F("siret")))
            ),
            models.UniqueConstraint(name="site_siret_once", fields=["siret"]),
            models.UniqueConstraint(name="site_one_head", fields=["organisation"], condition=Q(is_head=True)),
            models.CheckConstraint(
                name="site_point_whole",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.address or str(self.municipality or "Site")


class OrganisationMerge(models.Model):
    """The record of a merge: which sheet was absorbed, by whom, and how many lines moved."""

    kept = models.ForeignKey(Organisation, models.PROTECT, related_name="merges", verbose_name="gardée")
    absorbed = models.ForeignKey(
        Organisation, models.PROTECT, related_name="absorptions", verbose_name="absorbée"
    )
    at = models.DateTimeField("le")
    by = models.ForeignKey("actors.Account", models.PROTECT, null=True, verbose_name="par")
    moved = models.JSONField("lignes déplacées", default=dict)

    class Meta:
        verbose_name = "réunion de fiches"
        ordering = ["-at", "pk"]

    def __str__(self) -> str:
        return f"{self.absorbed_id} → {self.kept_id}"


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent())
class DuplicateDismissal(models.Model):
    """Two sheets that look alike and are not the same structure: who said it, and when."""

    first = models.ForeignKey(Organisation, models.CASCADE, related_name="+", verbose_name="première")
    second = models.ForeignKey(Organisation, models.CASCADE, related_name="+", verbose_name="seconde")
    at = models.DateTimeField("le")
    by = models.ForeignKey("actors.Account", models.PROTECT, null=True, verbose_name="par")

    class Meta:
        verbose_name = "doublon écarté"
        ordering = ["-at", "pk"]
        constraints = [
            models.UniqueConstraint(name="dismissal_once", fields=["first", "second"]),
            models.CheckConstraint(name="dismissal_ordered", condition=Q(first__lt=F("second"))),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} ≠ {self.second_id}"
