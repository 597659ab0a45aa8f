"""The texts that were sent to be signed: each stays as it was."""

import pgtrigger
from django.db import models
from django.db.models import Q

from maillage.domain.actors.models import Account
from maillage.domain.agreements.models.amendment import Amendment
from maillage.domain.ledger.models import Agreement

TRUE_DIGEST = """
    IF NEW.digest <> encode(sha256(convert_to(NEW.body, 'UTF8')), 'hex') THEN
        RAISE EXCEPTION 'the digest of a text is that of its body' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
"""


class AgreementText(models.Model):
    """One text of an agreement or of an amendment, word for word; ``blocks`` holds its headings and tables."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="texts", verbose_name="accord")
    amendment = models.ForeignKey(
        Amendment, models.CASCADE, null=True, blank=True, related_name="texts", verbose_name="avenant"
    )
    number = models.PositiveSmallIntegerField("version")
    body = models.TextField("texte")
    blocks = models.JSONField("texte, avec ses titres et ses tableaux")
    digest = models.CharField("empreinte", max_length=64)
    written_at = models.DateTimeField("écrit le")
    written_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="écrit par"
    )

    class Meta:
        verbose_name = "texte d’un accord"
        verbose_name_plural = "textes des accords"
        ordering = ["agreement_id", "amendment_id", "-number"]
        constraints = [
            models.UniqueConstraint(
                name="text_numbered_once",
                fields=["agreement", "amendment", "number"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(name="text_written", condition=~Q(body="")),
        ]
        triggers = [
            pgtrigger.Protect(
                name="keeps_its_words",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("agreement", "amendment", "number", "body", "blocks", "digest"),
            ),
            pgtrigger.Trigger(
                name="true_digest", when=pgtrigger.Before, operation=pgtrigger.Insert, func=TRUE_DIGEST
            ),
        ]

    def __str__(self) -> str:
        return f"Version {self.number}, {self.digest[:12]}"
