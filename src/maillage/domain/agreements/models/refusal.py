"""Who does not sign which text, and why."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q

from maillage.domain.actors.models import Account, Organisation
from maillage.domain.agreements.enums import TOLD, RefusalReason, RefusalWay
from maillage.domain.agreements.models.amendment import Amendment
from maillage.domain.agreements.models.consent import answers_the_latest
from maillage.domain.agreements.models.text import AgreementText
from maillage.domain.ledger.models import Agreement, StoredFile

SAID_NO_YES = """
    IF NOT EXISTS (SELECT 1 FROM agreements_agreementtext
            WHERE id = NEW.text_id AND amendment_id IS NOT DISTINCT FROM NEW.amendment_id) THEN
        RAISE EXCEPTION 'one refuses the amendment of the text' USING ERRCODE = '23514';
    END IF;
    IF EXISTS (SELECT 1 FROM agreements_consent
            WHERE text_id = NEW.text_id AND organisation_id = NEW.organisation_id) THEN
        RAISE EXCEPTION 'this party said yes to this text' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
"""


# What the team noted by mistake is taken back while the text is to be signed; its history keeps it.
STAYS_SAID = """
    SELECT coalesce(amends.state, agreement.state) INTO stands FROM ledger_agreement AS agreement
        LEFT JOIN agreements_amendment AS amends ON amends.id = OLD.amendment_id WHERE agreement.id = OLD.agreement_id;
    IF OLD.way NOT IN ('phone', 'paper') OR stands <> 'to_sign' THEN
        RAISE EXCEPTION 'what a party answered stays' USING ERRCODE = '23514';
    END IF;
    RETURN OLD;
"""


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class ConsentRefusal(models.Model):
    """A party does not sign: who, when, which text, why. Never changed; another text asks again.

    One that the team noted for a party can be taken back, if that was a mistake.
    """

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="refusals", verbose_name="accord")
    amendment = models.ForeignKey(
        Amendment, models.CASCADE, null=True, blank=True, related_name="+", verbose_name="avenant"
    )
    text = models.ForeignKey(AgreementText, models.CASCADE, related_name="refusals", verbose_name="texte lu")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="consent_refusals", verbose_name="structure"
    )
    reason = models.CharField("raison", max_length=9, choices=RefusalReason.choices)
    words = models.CharField("avec ses mots", max_length=1000, blank=True)
    said_by = models.CharField("qui a répondu", max_length=120)
    way = models.CharField("comment", max_length=7, choices=RefusalWay.choices)
    account = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="compte"
    )
    # What was said to the team, and noted by it: when, and the letter if there is one; ``account`` is who noted it.
    told_on = models.DateField("dit le", null=True, blank=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="refusals", verbose_name="courrier"
    )
    at = models.DateTimeField("le")

    class Meta:
        verbose_name = "refus de signer"
        verbose_name_plural = "refus de signer"
        ordering = ["agreement_id", "at", "pk"]
        constraints = [
            models.UniqueConstraint(name="refusal_once", fields=["text", "organisation"]),
            models.CheckConstraint(name="refusal_named", condition=~Q(said_by="")),
            models.CheckConstraint(name="refusal_reason_known", condition=Q(reason__in=RefusalReason.values)),
            models.CheckConstraint(
                name="refusal_other_is_said", condition=~Q(reason=RefusalReason.OTHER) | ~Q(words="")
            ),
            models.CheckConstraint(name="refusal_way_known", condition=Q(way__in=RefusalWay.values)),
            models.CheckConstraint(
                name="refusal_told_has_its_day",
                condition=Q(way__in=TOLD, told_on__isnull=False)
                | (~Q(way__in=TOLD) & Q(told_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="refusal_file_on_paper", condition=Q(file__isnull=True) | Q(way=RefusalWay.PAPER)
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="never_changed",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "agreement",
                    "amendment",
                    "text",
                    "organisation",
                    "reason",
                    "words",
                    "said_by",
                    "way",
                    "told_on",
                    "file",
                    "at",
                ),
            ),
            pgtrigger.Trigger(
                name="stays_said",
                when=pgtrigger.Before,
                operation=pgtrigger.Delete,
                declare=[("stands", "text")],
                func=STAYS_SAID,
            ),
            answers_the_latest(),
            pgtrigger.Trigger(
                name="said_no_yes", when=pgtrigger.Before, operation=pgtrigger.Insert, func=SAID_NO_YES
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} ne signe pas : {self.get_reason_display()}"
