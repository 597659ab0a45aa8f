"""Keep what somebody answers from the first word; send it once; draw what it says as drafts."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from maillage.core.errors import UserMistake, UserMistakes
from maillage.domain.actors.models import Account
from maillage.domain.exchanges.checks import MOST_PEOPLE
from maillage.domain.exchanges.enums import EvidenceChannel, IntentKind
from maillage.domain.exchanges.queries import choices
from maillage.domain.gathering.core_questions import CORE, NUMBER, OFTEN, OFTEN_WORDS, PERSONAL, TEXT, WHO
from maillage.domain.gathering.enums import QuestionKind
from maillage.domain.gathering.models import Answer, Campaign, Draft, Question
from maillage.domain.gathering.proximity import type_of
from maillage.domain.gathering.queries.senders import organisation_of_sender
from maillage.domain.places.models import Municipality
from maillage.domain.places.queries import search_municipalities

SHORT, LONG = 300, 10_000
TITLE_LENGTH = 120
MOST_AN_HOUR = 30
Said = dict[str, str | list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answering:
    """What was typed, whether the person consents, and from where it comes.

    ``key`` is given with the page: the same page sent twice is one answer.
    """

    said: Mapping[str, str | list[str]]
    consents: bool
    key: str = ""
    sender: str = ""
    is_from_paper: bool = False
    by: Account | None = None


def is_open(campaign: Campaign, on: date) -> bool:
    """Whether anybody may answer that day."""
    return campaign.opens_on <= on and (campaign.closes_on is None or on <= campaign.closes_on)


def key_of(question: Question) -> str:
    """Return the name under which a question's answer is kept."""
    return f"q{question.pk}"


def keep_answer(
    *, campaign: Campaign, answer: Answer | None, given: Answering, on: date, at: datetime
) -> Answer:
    """Keep what is typed so far, whole or not; the name and the e-mail wait for the consent."""
    if answer is None and given.key:
        answer = Answer.objects.filter(campaign=campaign, key=given.key).first()
    if answer is not None and answer.sent_at is not None:
        raise AlreadySent(answer)
    if not given.is_from_paper:
        _check_open(campaign, on)
    if answer is None:
        _check_pace(campaign, given, at)
        answer = Answer(
            campaign=campaign, key=given.key or secrets.token_urlsafe(16), started_at=at, sender=given.sender
        )
    answer.said = _kept(campaign, given)
    answer.saved_at = at
    answer.consented_at = (answer.consented_at or at) if given.consents else None
    answer.consent_text_on = campaign.consent_on if given.consents else None
    answer.is_from_paper = given.is_from_paper
    answer.entered_by = given.by if given.is_from_paper else None
    answer.save()
    return answer


def _check_open(campaign: Campaign, on: date) -> None:
    if on < campaign.opens_on:
        raise UserMistake("Le questionnaire n’est pas encore ouvert.")
    if not is_open(campaign, on):
        raise UserMistake("Le questionnaire est terminé. Vous pouvez encore écrire au pôle.")


def _check_pace(campaign: Campaign, given: Answering, at: datetime) -> None:
    if given.is_from_paper or not given.sender:
        return
    recent = Answer.objects.filter(
        campaign=campaign, sender=given.sender, started_at__gt=at - timedelta(hours=1)
    )
    if recent.count() >= MOST_AN_HOUR:
        raise UserMistake(
            "Beaucoup de réponses viennent de ce réseau depuis une heure. Gardez cette page ouverte et réessayez "
            "plus tard, ou prenez le formulaire sur papier."
        )


def _kept(campaign: Campaign, given: Answering) -> Said:
    """Return what is kept of what was typed: known questions only, no name without consent."""
    asked = {one.name: LONG if one.kind == TEXT else SHORT for one in (*CORE, *WHO)}
    asked |= {"where_code": SHORT}
    asked |= {
        key_of(one): LONG if one.kind == QuestionKind.TEXT else SHORT for one in campaign.questions.all()
    }
    found: Said = {}
    for name, most in asked.items():
        value = given.said.get(name, "")
        cut: str | list[str] = (
            [_plain(one)[:SHORT] for one in value[:20]] if isinstance(value, list) else _plain(value)[:most]
        )
        if cut and (given.consents or name not in PERSONAL):
            found[name] = cut
    return found


def _plain(text: str) -> str:
    return text.replace("\x00", "").strip()


def send_answer(
    *, campaign: Campaign, answer: Answer | None, given: Answering, on: date, at: datetime
) -> Answer:
    """Send an answer, once; what lacks and what is proposed become drafts. Raises ``UserMistakes`` by field.

    What was typed is kept even when it cannot be sent yet: ``UserMistakes`` comes after the keeping.
    """
    kept = keep_answer(campaign=campaign, answer=answer, given=given, on=on, at=at)
    mistakes = _mistakes(campaign, kept, given)
    if mistakes:
        raise Unsent(kept, mistakes)
    with transaction.atomic():
        locked = Answer.objects.select_for_update().get(pk=kept.pk)
        if locked.sent_at is not None:
            return locked
        locked.sent_at = at
        locked.save(update_fields=["sent_at"])
        _draw(campaign, locked, on)
    return locked


class AlreadySent(UserMistake):
    """The answer left before; it is shown again."""

    def __init__(self, answer: Answer) -> None:
        super().__init__("Votre réponse est déjà partie. Merci.")
        self.answer = answer


class Unsent(UserMistakes):
    """The answer is kept, not sent: what is to mend, by field."""

    def __init__(self, answer: Answer, by_field: Mapping[str, str]) -> None:
        super().__init__(by_field)
        self.answer = answer


def _mistakes(campaign: Campaign, answer: Answer, given: Answering) -> dict[str, str]:
    said, found = answer.said, {}
    for core in (*CORE, *WHO):
        typed = str(given.said.get(core.name, ""))
        most = LONG if core.kind == TEXT else SHORT
        if len(_plain(typed)) > most:
            found[core.name] = f"Ce texte est trop long : {most} caractères au plus."
        if core.kind == NUMBER and typed.strip() and _whole(typed) is None:
            found[core.name] = "Écrivez un nombre entier, par exemple 12."
        if core.kind == OFTEN and typed and typed not in OFTEN_WORDS:
            found[core.name] = "Choisissez une des réponses."
    for question in campaign.questions.all():
        found |= _mistake(question, said.get(key_of(question), ""))
    if said.get("email"):
        try:
            validate_email(said["email"])
        except ValidationError:
            found["email"] = "Cette adresse ne semble pas complète. Il faut par exemple : prenom@exemple.fr."
    own = any(said.get(key_of(one)) for one in campaign.questions.all())
    if not (said.get("lacks") or said.get("has") or own):
        found["lacks"] = "Écrivez ce qui vous manque, ou plus bas ce que vous avez."
    if not given.consents:
        found["consents"] = "Cochez cette case pour que nous puissions lire vos réponses."
    return found


def _mistake(question: Question, value: str | list[str]) -> dict[str, str]:
    key = key_of(question)
    if question.is_required and not value:
        return {key: "Répondez à cette question, s’il vous plaît."}
    if question.kind == QuestionKind.NUMBER and value and _whole(str(value)) is None:
        return {key: "Écrivez un nombre entier, par exemple 12."}
    if question.choices and set(value if isinstance(value, list) else [value] if value else []) - set(
        question.choices
    ):
        return {key: "Choisissez parmi les réponses proposées."}
    return {}


def _whole(text: str) -> int | None:
    bare = "".join(text.split())
    is_number = bare.isascii() and bare.isdigit() and len(bare) <= 9 and int(bare) <= MOST_PEOPLE
    return int(bare) if is_number else None


def _draw(campaign: Campaign, answer: Answer, on: date) -> None:
    """Write a draft for what lacks and one for what is proposed."""
    said = answer.said
    municipality, place_said = _where(campaign, said)
    organisation = choices.organisation_named(pole=campaign.pole, name=said.get("organisation", ""))
    if organisation is None and said.get("email"):
        organisation = organisation_of_sender(pole=campaign.pole, email=said["email"])
    for kind, name in ((IntentKind.NEED, "lacks"), (IntentKind.OFFER, "has")):
        words = said.get(name, "")
        if not words:
            continue
        amount = " ".join(
            part
            for part in (said.get(f"{name}_quantity", ""), OFTEN_WORDS.get(said.get(f"{name}_often", ""), ""))
            if part
        )
        line = " ".join(words.split())
        title = line if len(line) <= TITLE_LENGTH else line[:TITLE_LENGTH].rsplit(" ", 1)[0] + "…"
        whole = "\n".join(part for part in (words, amount, place_said) if part)
        Draft.objects.create(
            pole_id=campaign.pole_id,
            kind=kind,
            title=title,
            words=whole if whole != title else "",
            organisation=organisation,
            organisation_name=said.get("organisation", "")[:200],
            said_by=said.get("name", "")[:200],
            email=said.get("email", ""),
            municipality=municipality,
            resource_type=type_of(words),
            people_concerned=_whole(said.get("people", "")) if kind == IntentKind.NEED else None,
            channel=EvidenceChannel.OTHER if answer.is_from_paper else EvidenceChannel.FORM,
            place=f"Campagne « {campaign.title} »"[:200],
            said_on=on,
            answer=answer,
        )


def _where(campaign: Campaign, said: Mapping[str, str]) -> tuple[Municipality | None, str]:
    """Return the commune, and the words when they name none for sure."""
    text = said.get("where", "")
    chosen = choices.municipality_coded(said.get("where_code", ""))
    if chosen is not None:
        return chosen, ""
    if not text:
        return None, ""
    found = search_municipalities(text=text, limit=2, near_territory=campaign.pole.territory)
    exact = [one for one in found if not one.is_near_miss and one.label.casefold() == text.casefold()]
    if len(exact) == 1:
        return choices.municipality_coded(exact[0].code), ""
    return None, text
