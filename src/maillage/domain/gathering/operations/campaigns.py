"""Prepare a campaign and its own questions."""

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Max

from maillage.core.errors import UserMistake, UserMistakes
from maillage.core.french import fold
from maillage.domain.actors.models import Account, Pole
from maillage.domain.gathering.enums import QuestionKind
from maillage.domain.gathering.models import Answer, Campaign, Question

CONSENT = (
    "J’accepte que l’animation du pôle lise mes réponses pour noter ce qui manque et ce qui est proposé, et me "
    "recontacte si je laisse mon courriel. Je peux demander à tout moment que mon nom soit effacé."
)
MOST_QUESTIONS = 20
MOST_CHOICES = 12
_WITH_CHOICES = {QuestionKind.CHOICE.value, QuestionKind.SEVERAL.value}


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignFields:
    """What one writes of a campaign."""

    title: str
    opens_on: date
    closes_on: date | None = None
    title_easy: str = ""
    introduction: str = ""
    introduction_easy: str = ""
    consent_text: str = CONSENT


def check_campaign(fields: CampaignFields) -> None:
    """Raise ``UserMistakes`` with every mistake, by field."""
    found: dict[str, str] = {}
    if not fields.title.strip():
        found["title"] = "Donnez un titre à la campagne."
    for name in ("title", "title_easy"):
        if len(getattr(fields, name)) > 120:
            found[name] = "Ce titre est trop long : 120 caractères au plus."
    if fields.closes_on is not None and fields.closes_on < fields.opens_on:
        found["closes_on"] = "Le dernier jour vient avant l’ouverture. Échangez les deux dates."
    if not fields.consent_text.strip():
        found["consent_text"] = "Dites à quoi serviront les réponses."
    if found:
        raise UserMistakes(found)


def prepare_campaign(*, pole: Pole, fields: CampaignFields, by: Account | None, on: date) -> Campaign:
    """Keep a campaign; its address comes from its title, its consent text is dated of today."""
    check_campaign(fields)
    base = "-".join(fold(fields.title).replace("&", " ").split())[:50].strip("-") or "campagne"
    for number in range(1, 100):
        slug = base if number == 1 else f"{base}-{number}"
        try:
            with transaction.atomic():
                return Campaign.objects.create(
                    pole=pole, slug=slug, consent_on=on, created_by=by, **_columns(fields)
                )
        except IntegrityError as error:
            if "campaign_address_once" not in str(error):
                raise
    raise UserMistake("Trop de campagnes portent ce titre. Changez-le un peu.", field="title")


def update_campaign(*, campaign: Campaign, fields: CampaignFields, on: date) -> Campaign:
    """Change a campaign; its address stays, a new consent text takes the day's date."""
    check_campaign(fields)
    with transaction.atomic():
        kept = Campaign.objects.select_for_update().get(pk=campaign.pk)
        columns = _columns(fields)
        if columns["consent_text"] != kept.consent_text:
            kept.consent_on = on
        for name, value in columns.items():
            setattr(kept, name, value)
        kept.save()
    return kept


def _columns(fields: CampaignFields) -> dict[str, object]:
    return {
        "title": " ".join(fields.title.split()),
        "title_easy": " ".join(fields.title_easy.split()),
        "introduction": fields.introduction.strip(),
        "introduction_easy": fields.introduction_easy.strip(),
        "consent_text": fields.consent_text.strip(),
        "opens_on": fields.opens_on,
        "closes_on": fields.closes_on,
    }


def add_question(
    *, campaign: Campaign, text: str, text_easy: str, kind: str, choices: list[str], is_required: bool
) -> Question:
    """Add a question after the others."""
    found: dict[str, str] = {}
    kept = [one.strip() for one in choices if one.strip()]
    if not text.strip():
        found["text"] = "Écrivez la question."
    if kind not in QuestionKind.values:
        found["kind"] = "Dites comment on répond."
    if kind in _WITH_CHOICES and not 2 <= len(kept) <= MOST_CHOICES:
        found["choices"] = f"Écrivez de 2 à {MOST_CHOICES} choix, un par ligne."
    for name, said in (("text", text), ("text_easy", text_easy)):
        if len(said) > 300:
            found[name] = "Cette question est trop longue : 300 caractères au plus."
    if any(len(one) > 120 for one in kept):
        found["choices"] = "Un choix tient en 120 caractères."
    if found:
        raise UserMistakes(found)
    with transaction.atomic():
        Campaign.objects.select_for_update().get(pk=campaign.pk)
        rows = Question.objects.filter(campaign=campaign)
        if rows.count() >= MOST_QUESTIONS:
            raise UserMistake(
                f"Gardez {MOST_QUESTIONS} questions au plus : on ne répond pas aux questionnaires longs."
            )
        last = rows.aggregate(last=Max("rank"))["last"] or 0
        return Question.objects.create(
            campaign=campaign,
            rank=last + 1,
            text=text.strip(),
            text_easy=text_easy.strip(),
            kind=kind,
            choices=kept if kind in _WITH_CHOICES else [],
            is_required=is_required,
        )


def remove_question(*, question: Question) -> None:
    """Take a question away, as long as nobody was asked it."""
    if Answer.objects.filter(campaign=question.campaign_id, sent_at__isnull=False).exists():
        raise UserMistake("Des personnes ont déjà répondu : la question reste. Préparez une autre campagne.")
    question.delete()
