"""Who said yes to which text, and the letters that ask it."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from maillage.domain.actors.models import Account, Organisation
from maillage.domain.agreements.enums import ConsentWay
from maillage.domain.agreements.models.amendment import Amendment
from maillage.domain.agreements.models.text import AgreementText
from maillage.domain.ledger.models import Agreement, StoredFile

# One answers the latest text, while it is to be signed, for a party of the agreement. The row of the party is locked:
# a yes and a refusal written at the same second wait for one another, and the second finds the first.
ANSWERS_THE_LATEST = """
    SELECT * INTO said FROM agreements_agreementtext WHERE id = NEW.text_id;
    IF said.agreement_id <> NEW.agreement_id THEN
        RAISE EXCEPTION 'one answers a text of the agreement' USING ERRCODE = '23514';
    END IF;
    IF EXISTS (SELECT 1 FROM agreements_agreementtext WHERE agreement_id = said.agreement_id
            AND amendment_id IS NOT DISTINCT FROM said.amendment_id AND number > said.number) THEN
        RAISE EXCEPTION 'one consents to the latest text' USING ERRCODE = '23514';
    END IF;
    IF said.amendment_id IS NULL THEN
        SELECT state INTO stands FROM ledger_agreement WHERE id = said.agreement_id;
    ELSE
        SELECT state INTO stands FROM agreements_amendment WHERE id = said.amendment_id;
    END IF;
    IF stands <> 'to_sign' THEN
        RAISE EXCEPTION 'one consents to a text that is to be signed' USING ERRCODE = '23514';
    END IF;
    PERFORM 1 FROM ledger_agreementparty
        WHERE agreement_id = NEW.agreement_id AND organisation_id = NEW.organisation_id FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'only a party consents' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
"""
TO_THE_TEXT_READ = """
    IF NOT EXISTS (SELECT 1 FROM agreements_agreementtext WHERE id = NEW.text_id AND digest = NEW.digest) THEN
        RAISE EXCEPTION 'one consents to the text one read' USING ERRCODE = '23514';
    END IF;
    IF EXISTS (SELECT 1 FROM agreements_consentrefusal
            WHERE text_id = NEW.text_id AND organisation_id = NEW.organisation_id) THEN
        RAISE EXCEPTION 'this party refused this text' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
"""


def answers_the_latest() -> pgtrigger.Trigger:
    """The rule of every answer, yes or no; it runs first, by its name."""
    return pgtrigger.Trigger(
        name="answers_the_latest",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        declare=[("said", "agreements_agreementtext%ROWTYPE"), ("stands", "text")],
        func=ANSWERS_THE_LATEST,
    )


class Consent(models.Model):
    """A party said yes: who, when, to which text. Never changed; another text asks for another yes."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="consents", verbose_name="accord")
    text = models.ForeignKey(AgreementText, models.CASCADE, related_name="consents", verbose_name="texte lu")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="consents", verbose_name="structure"
    )
    digest = models.CharField("empreinte du texte lu", max_length=64)
    signer = models.CharField("qui a dit oui", max_length=120)
    capacity = models.CharField("en qualité de", max_length=120)
    way = models.CharField("comment", max_length=7, choices=ConsentWay.choices)
    account = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="compte"
    )
    file = models.ForeignKey(
        StoredFile,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="consents",
        verbose_name="document signé",
    )
    at = models.DateTimeField("le")

    class Meta:
        verbose_name = "consentement"
        ordering = ["agreement_id", "at", "pk"]
        constraints = [
            models.UniqueConstraint(name="consent_once", fields=["text", "organisation"]),
            models.CheckConstraint(name="consent_named", condition=~Q(signer="") & ~Q(capacity="")),
            models.CheckConstraint(name="consent_way_known", condition=Q(way__in=ConsentWay.values)),
            models.CheckConstraint(
                name="consent_on_paper_has_its_file",
                condition=Q(way=ConsentWay.FILE, file__isnull=False)
                | (~Q(way=ConsentWay.FILE) & Q(file__isnull=True)),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="never_changed",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("text", "digest", "signer", "capacity", "way", "at", "file"),
            ),
            answers_the_latest(),
            pgtrigger.Trigger(
                name="to_the_text_read",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=TO_THE_TEXT_READ,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.signer}, pour {self.organisation}"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class ConsentInvitation(models.Model):
    """A letter with a link that lets somebody without account read a text and answer, once; one a text and address."""

    agreement = models.ForeignKey(
        Agreement, models.CASCADE, related_name="consent_invitations", verbose_name="accord"
    )
    amendment = models.ForeignKey(
        Amendment, models.CASCADE, null=True, blank=True, related_name="+", verbose_name="avenant"
    )
    text = models.ForeignKey(
        AgreementText, models.CASCADE, related_name="invitations", verbose_name="texte à lire"
    )
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+", verbose_name="structure")
    email = models.EmailField("courriel")
    sent_at = models.DateTimeField("envoyé le")
    sent_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="envoyé par"
    )
    used_at = models.DateTimeField("a servi le", null=True, blank=True)

    class Meta:
        verbose_name = "invitation à signer"
        verbose_name_plural = "invitations à signer"
        ordering = ["agreement_id", "-sent_at"]
        constraints = [
            models.UniqueConstraint("text", "organisation", Lower("email"), name="consent_invitation_once")
        ]

    def __str__(self) -> str:
        return f"{self.email}, pour {self.organisation}"
