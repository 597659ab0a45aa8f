"""What an agreement is made from: its template, who gives, what was filled in."""

import pghistory
from django.db import models
from django.db.models import F, Q

from maillage.domain.actors.models import Account, Organisation
from maillage.domain.ledger.models import Agreement


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class AgreementTerms(models.Model):
    """The particulars of one agreement; the record of parties and promises stays in the ledger."""

    agreement = models.OneToOneField(Agreement, models.CASCADE, related_name="terms", verbose_name="accord")
    template = models.SlugField("modèle", max_length=40)
    giver = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agreements_given",
        verbose_name="qui donne ou prête",
    )
    values = models.JSONField("ce qui est rempli", default=dict, blank=True)
    # What the template compares: the law caps some prices, so the database does too.
    price = models.DecimalField("prix", max_digits=12, decimal_places=2, null=True, blank=True)
    ceiling = models.DecimalField("prix au plus", max_digits=12, decimal_places=2, null=True, blank=True)
    opened_at = models.DateTimeField("ouvert le")
    opened_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="ouvert par"
    )

    class Meta:
        verbose_name = "modalités d’un accord"
        verbose_name_plural = "modalités des accords"
        ordering = ["agreement_id"]
        constraints = [
            models.CheckConstraint(
                name="terms_price_counts", condition=Q(price__isnull=True) | Q(price__gte=0, price__lt=10**10)
            ),
            models.CheckConstraint(
                name="terms_price_under_ceiling",
                condition=Q(price__isnull=True) | Q(ceiling__isnull=True) | Q(price__lte=F("ceiling")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement} ({self.template})"
