"""The workshop: a room of people, a shared screen, cards written from phones, links that appear, votes."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from maillage.domain.actors.models import Account, Pole
from maillage.domain.catalogue.models import ResourceType
from maillage.domain.exchanges.enums import IntentKind
from maillage.domain.exchanges.models import Intent
from maillage.domain.gathering.enums import WorkshopState
from maillage.domain.places.models import Municipality

MOST_VOTES = 20


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), exclude=["version", "key"])
class Workshop(models.Model):
    """A meeting where tables say what they lack and what they have; ``version`` numbers what the screens show."""

    pole = models.ForeignKey(Pole, models.CASCADE, related_name="workshops", verbose_name="pôle")
    title = models.CharField("titre", max_length=120)
    question = models.CharField("question posée", max_length=300, blank=True)
    held_on = models.DateField("le")
    place = models.CharField("lieu", max_length=200, blank=True)
    municipality = models.ForeignKey(
        Municipality, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="commune"
    )
    votes_each = models.PositiveSmallIntegerField("votes par téléphone", default=3)
    consent_text = models.TextField("texte de consentement")
    consent_on = models.DateField("texte daté du")
    state = models.CharField(
        "état", max_length=9, choices=WorkshopState.choices, default=WorkshopState.PREPARED
    )
    key = models.CharField("clé de l’adresse", max_length=32, unique=True)
    version = models.PositiveBigIntegerField("version", default=0)
    created_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="préparé par"
    )
    closed_at = models.DateTimeField("clos le", null=True, blank=True)

    class Meta:
        verbose_name = "atelier"
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(name="workshop_titled", condition=~Q(title="")),
            models.CheckConstraint(name="workshop_state_known", condition=Q(state__in=WorkshopState.values)),
            models.CheckConstraint(name="workshop_consent_said", condition=~Q(consent_text="")),
            models.CheckConstraint(
                name="workshop_votes_few", condition=Q(votes_each__gte=1, votes_each__lte=MOST_VOTES)
            ),
            models.CheckConstraint(
                name="workshop_closed_dated",
                condition=Q(state="closed", closed_at__isnull=False)
                | (~Q(state="closed") & Q(closed_at__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Seat(models.Model):
    """A phone in the room; a name and an e-mail are kept only with a dated consent. No history: it can be erased."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="seats", verbose_name="atelier")
    key = models.CharField("clé", max_length=32, unique=True)
    table_number = models.PositiveSmallIntegerField("table", null=True, blank=True)
    name = models.CharField("nom", max_length=200, blank=True)
    organisation = models.CharField("structure", max_length=200, blank=True)
    email = models.EmailField("courriel", blank=True)
    consented_at = models.DateTimeField("accord donné le", null=True, blank=True)
    joined_at = models.DateTimeField("arrivé le")

    class Meta:
        verbose_name = "téléphone"
        ordering = ["workshop", "table_number", "pk"]
        constraints = [
            models.CheckConstraint(
                name="seat_named_by_consent",
                condition=Q(consented_at__isnull=False) | Q(name="", email=""),
            ),
        ]

    def __str__(self) -> str:
        return f"Table {self.table_number}" if self.table_number else "Sans table"


class Card(models.Model):
    """A need or an offer written in the room; ``nearest`` is what the pole publicly knows that may answer it."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="cards", verbose_name="atelier")
    seat = models.ForeignKey(
        Seat, models.SET_NULL, null=True, blank=True, related_name="cards", verbose_name="téléphone"
    )
    kind = models.CharField("sens", max_length=5, choices=IntentKind.choices)
    title = models.CharField("ce qui est dit", max_length=200)
    people_concerned = models.PositiveIntegerField("personnes concernées", null=True, blank=True)
    resource_type = models.ForeignKey(
        ResourceType, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="type"
    )
    nearest = models.ForeignKey(
        Intent, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="déjà au pôle"
    )
    is_hidden = models.BooleanField("retirée de l’écran", default=False)
    version = models.PositiveBigIntegerField("version")
    at = models.DateTimeField("écrite le")

    class Meta:
        verbose_name = "carte"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="card_titled", condition=~Q(title="")),
            models.CheckConstraint(name="card_kind_known", condition=Q(kind__in=IntentKind.values)),
        ]
        indexes = [models.Index(fields=["workshop", "version"], name="card_since")]

    def __str__(self) -> str:
        return self.title


class CardLink(models.Model):
    """Two cards of a room that seem to answer each other, and why."""

    need = models.ForeignKey(Card, models.CASCADE, related_name="answers", verbose_name="besoin")
    offer = models.ForeignKey(Card, models.CASCADE, related_name="asked_by", verbose_name="offre")
    closeness = models.FloatField("proximité")
    because = models.CharField("parce que", max_length=200)
    version = models.PositiveBigIntegerField("version")

    class Meta:
        verbose_name = "lien entre cartes"
        ordering = ["-closeness", "pk"]
        constraints = [
            models.UniqueConstraint(name="card_link_once", fields=["need", "offer"]),
            models.CheckConstraint(name="card_link_of_two", condition=~Q(need=F("offer"))),
        ]

    def __str__(self) -> str:
        return f"{self.need} ← {self.offer}"


_FEW_VOTES = """
    SELECT seat.workshop_id, workshop.votes_each, workshop.state INTO room, most, stage
      FROM gathering_seat seat JOIN gathering_workshop workshop ON workshop.id = seat.workshop_id
     WHERE seat.id = NEW.seat_id FOR UPDATE OF seat;
    IF NOT EXISTS (SELECT 1 FROM gathering_card card
                    WHERE card.id = NEW.card_id AND card.workshop_id = room AND NOT card.is_hidden) THEN
        RAISE EXCEPTION 'vote_of_the_room' USING ERRCODE = 'check_violation';
    END IF;
    IF stage <> 'voting' THEN
        RAISE EXCEPTION 'vote_while_voting' USING ERRCODE = 'check_violation';
    END IF;
    IF (SELECT count(*) FROM gathering_vote vote WHERE vote.seat_id = NEW.seat_id) >= most THEN
        RAISE EXCEPTION 'vote_few' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


class Vote(models.Model):
    """A voice of a phone for a card: one a card, a few in all, only while the room votes; the database holds it."""

    card = models.ForeignKey(Card, models.CASCADE, related_name="votes", verbose_name="carte")
    seat = models.ForeignKey(Seat, models.CASCADE, related_name="votes", verbose_name="téléphone")
    at = models.DateTimeField("le")

    class Meta:
        verbose_name = "vote"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(name="vote_once", fields=["card", "seat"])]
        triggers = [
            pgtrigger.Trigger(
                name="vote_few",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                declare=[("room", "BIGINT"), ("most", "INTEGER"), ("stage", "TEXT")],
                func=_FEW_VOTES,
            )
        ]

    def __str__(self) -> str:
        return f"{self.seat} pour {self.card}"
