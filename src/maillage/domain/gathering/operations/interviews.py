"""Keep the notes of an interview, what the person accepts, and the needs drawn from their words."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q, Value
from django.db.models.functions import Replace

from maillage.core.errors import UserMistake, UserMistakes
from maillage.domain.actors.models import Account, Organisation, Pole
from maillage.domain.exchanges.enums import EvidenceChannel, IntentKind
from maillage.domain.exchanges.models import Intent
from maillage.domain.gathering.enums import Consent, DraftState
from maillage.domain.gathering.models import Draft, Interview
from maillage.domain.gathering.proximity import type_of

NOTES_LENGTH = 100_000
WORDS_LENGTH = 20_000
TITLE_LENGTH = 120
HIDDEN = "…"


@dataclass(frozen=True, slots=True, kw_only=True)
class InterviewFields:
    """What one writes of an interview; a name is kept only with the consent ``named``."""

    subject: str
    held_on: date
    organisation: Organisation | None = None
    place: str = ""
    notes: str = ""
    consent: str = Consent.UNSAID
    person_name: str = ""
    person_contact: str = ""


def check_interview(fields: InterviewFields, *, on: date) -> None:
    """Raise ``UserMistakes`` with every mistake, by field."""
    found: dict[str, str] = {}
    if not fields.subject.strip():
        found["subject"] = "Dites avec qui, par sa fonction : la gardienne de l’école."
    for name in ("subject", "place", "person_name", "person_contact"):
        if len(getattr(fields, name)) > 200:
            found[name] = "C’est trop long : 200 caractères au plus."
    if len(fields.notes) > NOTES_LENGTH:
        found["notes"] = f"Ces notes sont trop longues : {NOTES_LENGTH} caractères au plus."
    if fields.held_on > on:
        found["held_on"] = "Cette date est dans l’avenir. Quand a eu lieu l’entretien ?"
    if fields.consent not in Consent.values:
        found["consent"] = "Dites ce que la personne accepte."
    elif fields.consent != Consent.NAMED and (fields.person_name.strip() or fields.person_contact.strip()):
        found["consent"] = (
            "Un nom se garde seulement si la personne l’accepte. Changez l’accord, ou videz le nom."
        )
    if found:
        raise UserMistakes(found)


def write_interview(*, pole: Pole, fields: InterviewFields, by: Account | None, on: date) -> Interview:
    """Keep an interview."""
    check_interview(fields, on=on)
    return Interview.objects.create(
        pole=pole, created_by=by, consented_on=_agreed_on(fields.consent, None, on), **_columns(fields)
    )


def update_interview(*, interview: Interview, fields: InterviewFields, on: date) -> Interview:
    """Change the notes or what the person accepts; a name that is no longer accepted goes from everywhere."""
    check_interview(fields, on=on)
    with transaction.atomic():
        kept = Interview.objects.select_for_update().get(pk=interview.pk)
        was_named, name = kept.consent == Consent.NAMED, kept.person_name
        kept.consented_on = _agreed_on(fields.consent, kept, on)
        for name, value in _columns(fields).items():
            setattr(kept, name, value)
        kept.save()
        if was_named and kept.consent != Consent.NAMED:
            _forget_name(kept, name)
    return kept


def withdraw_consent(*, interview: Interview) -> Interview:
    """Erase who spoke: from the notes' sheet, from the lines drawn from it, from the evidence of what was noted."""
    with transaction.atomic():
        kept = Interview.objects.select_for_update().get(pk=interview.pk)
        name = kept.person_name
        kept.consent, kept.consented_on = Consent.WITHDRAWN, None
        kept.person_name = kept.person_contact = ""
        if name:
            kept.notes = kept.notes.replace(name, HIDDEN)
        kept.save()
        _forget_name(kept, name)
    return kept


def _forget_name(interview: Interview, name: str) -> None:
    """Take the name away from the lines drawn and from the evidence: where it signs, and where it is quoted."""
    for draft in Draft.objects.filter(interview=interview).select_related("evidence"):
        if name:
            draft.title = draft.title.replace(name, HIDDEN)
            draft.words = draft.words.replace(name, HIDDEN)
        draft.said_by = draft.email = ""
        draft.save(update_fields=["title", "words", "said_by", "email"])
        if draft.evidence is not None:
            words = draft.evidence.words
            draft.evidence.words = words.replace(name, HIDDEN) if name else words
            draft.evidence.said_by, draft.evidence.person = "", None
            draft.evidence.save(update_fields=["words", "said_by", "person"])
        if name and draft.intent_id is not None and draft.state == DraftState.ACCEPTED:
            _forget_in_intent(draft.intent_id, name)


def _forget_in_intent(pk: int, name: str) -> None:
    """Take a name out of what was noted from these words, its history included: there it would stay for ever."""
    hidden = {column: Replace(column, Value(name), Value(HIDDEN)) for column in ("title", "words")}
    Intent.objects.filter(pk=pk).filter(Q(title__contains=name) | Q(words__contains=name)).update(**hidden)
    past = Intent._meta.get_field("history").related_model
    past._default_manager.filter(pgh_obj=pk).update(**hidden)


def draw_from(*, interview: Interview, kind: str, words: str) -> Draft:
    """Draw a need or an offer from somebody's words; it waits to be read like any other."""
    said = words.replace("\x00", "").strip()
    if kind not in IntentKind.values:
        raise UserMistake("Dites s’il s’agit d’un besoin ou d’une offre.", field="kind")
    if not said:
        raise UserMistake("Choisissez d’abord quelques mots de vos notes, ou écrivez-les.", field="words")
    if len(said) > WORDS_LENGTH:
        raise UserMistake(f"C’est trop long : {WORDS_LENGTH} caractères au plus.", field="words")
    line = " ".join(said.split())
    title = line if len(line) <= TITLE_LENGTH else line[:TITLE_LENGTH].rsplit(" ", 1)[0] + "…"
    return Draft.objects.create(
        pole_id=interview.pole_id,
        kind=kind,
        title=title,
        words=said if said != title else "",
        organisation=interview.organisation,
        said_by=interview.person_name,
        resource_type=type_of(said),
        channel=EvidenceChannel.INTERVIEW,
        place=interview.place,
        said_on=interview.held_on,
        interview=interview,
    )


def _agreed_on(consent: str, kept: Interview | None, on: date) -> date | None:
    """Return the day of the consent: the one already noted while it stays the same."""
    if consent not in {Consent.NAMED, Consent.UNNAMED}:
        return None
    return kept.consented_on if kept is not None and kept.consent == consent else on


def _columns(fields: InterviewFields) -> dict[str, object]:
    return {
        "subject": " ".join(fields.subject.split()),
        "organisation": fields.organisation,
        "held_on": fields.held_on,
        "place": fields.place.strip(),
        "notes": fields.notes.replace("\x00", "").strip(),
        "consent": fields.consent,
        "person_name": fields.person_name.strip(),
        "person_contact": fields.person_contact.strip(),
    }
