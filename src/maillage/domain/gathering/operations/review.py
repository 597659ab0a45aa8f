"""What the facilitators do of a draft: note it, join it to what was already said, set it aside, take it back."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from maillage.core.errors import UserMistake
from maillage.domain.actors.models import Account, Organisation
from maillage.domain.actors.operations.organisations import OrganisationFields
from maillage.domain.exchanges.drafts import EvidenceDraft, IntentDraft
from maillage.domain.exchanges.models import Evidence, Intent, Support
from maillage.domain.exchanges.operations import add_evidence, note_intent, note_with_newcomer, support
from maillage.domain.gathering.enums import AsideReason, DraftState
from maillage.domain.gathering.models import Draft
from maillage.domain.gathering.states import DRAFT_MOVES

NOTE_LENGTH = 300
_ALREADY = {
    DraftState.WAITING: "Cette ligne attend déjà d’être relue.",
    DraftState.ACCEPTED: "Cette ligne est déjà notée.",
    DraftState.MERGED: "Cette ligne est déjà regroupée.",
    DraftState.ASIDE: "Cette ligne est mise de côté. Reprenez-la d’abord.",
}


def evidence_of(draft: Draft) -> EvidenceDraft:
    """Return who said it, how, where, when, as the evidence keeps it."""
    return EvidenceDraft(
        said_by=draft.said_by,
        channel=draft.channel,
        place=draft.place,
        on=draft.said_on,
        people_concerned=draft.people_concerned,
        words=draft.words or draft.title,
    )


def _locked(draft: Draft, verb: str) -> Draft:
    kept = Draft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    if kept.state not in DRAFT_MOVES[verb].starts:
        raise UserMistake(_ALREADY[DraftState(kept.state)])
    return kept


def _decided(
    draft: Draft,
    *,
    verb: str,
    by: Account | None,
    at: datetime,
    intent: Intent | None = None,
    evidence: Evidence | None = None,
) -> Draft:
    draft.state = DRAFT_MOVES[verb].ends
    draft.intent, draft.evidence = intent, evidence
    draft.decided_by, draft.decided_at = by, at
    draft.save()
    return draft


def accept_draft(
    *,
    draft: Draft,
    data: IntentDraft,
    newcomer: OrganisationFields | None = None,
    distinct_from: Collection[int] = (),
    by: Account | None,
    on: date,
    at: datetime,
) -> Intent:
    """Note what was heard, as corrected in ``data``; its evidence is what the draft says, or ``data``'s own."""
    told = replace(data, evidence=data.evidence or evidence_of(draft), said_on=data.said_on or draft.said_on)
    with transaction.atomic():
        kept = _locked(draft, "accept")
        if newcomer is not None:
            intent = note_with_newcomer(
                data=told, newcomer=newcomer, distinct_from=distinct_from, by=by, on=on, at=at
            )
        else:
            intent = note_intent(data=told, by=by, on=on, at=at)
        _decided(kept, verb="accept", by=by, at=at, intent=intent, evidence=intent.evidence.first())
    return intent


def merge_draft(
    *,
    draft: Draft,
    intent: Intent,
    organisation: Organisation | None,
    by: Account | None,
    on: date,
    at: datetime,
) -> Intent:
    """Join what was heard to what was already said: one more supporter when known, one more piece of evidence."""
    if intent.pole_id != draft.pole_id or intent.kind != draft.kind:
        raise UserMistake("On ne regroupe qu’un besoin avec un besoin, une offre avec une offre.")
    with transaction.atomic():
        kept = _locked(draft, "merge")
        is_new = organisation is not None and organisation.pk != intent.author_id
        if organisation is not None and is_new:
            known = Support.objects.filter(intent=intent, organisation=organisation).exists()
            if not known:
                support(
                    intent=intent,
                    organisation=organisation,
                    on=on,
                    people_concerned=kept.people_concerned,
                    note=kept.title[:NOTE_LENGTH],
                )
        evidence = add_evidence(intent=intent, data=evidence_of(kept), on=on)
        _decided(kept, verb="merge", by=by, at=at, intent=intent, evidence=evidence)
    return intent


def set_draft_aside(*, draft: Draft, reason: str, words: str, by: Account | None, at: datetime) -> Draft:
    """Set aside what is not to be noted; the reason stays."""
    if reason not in AsideReason.values:
        raise UserMistake("Dites pourquoi, en touchant une raison.", field="reason")
    if len(words) > NOTE_LENGTH:
        raise UserMistake(f"La précision est trop longue : {NOTE_LENGTH} caractères au plus.", field="reason")
    with transaction.atomic():
        kept = _locked(draft, "set_aside")
        kept.reason, kept.reason_words = reason, words.strip()
        return _decided(kept, verb="set_aside", by=by, at=at)


def take_draft_back(*, draft: Draft, by: Account | None, at: datetime) -> Draft:
    """Bring back to the reading list what was set aside."""
    with transaction.atomic():
        kept = _locked(draft, "take_back")
        kept.reason = kept.reason_words = ""
        return _decided(kept, verb="take_back", by=by, at=at)


def accept_known(*, drafts: Collection[Draft], by: Account | None, on: date, at: datetime) -> list[Intent]:
    """Note at once the drafts whose structure is known, as they are; the others stay to be read."""
    return [
        accept_draft(draft=draft, data=plain_intent(draft, draft.organisation), by=by, on=on, at=at)
        for draft in drafts
        if draft.organisation is not None and draft.state == DraftState.WAITING
    ]


def plain_intent(draft: Draft, author: Organisation) -> IntentDraft:
    """Return a draft as an intent of ``author``, with nothing added."""
    site = author.sites.filter(is_head=True).first()
    return IntentDraft(
        kind=draft.kind,
        pole=draft.pole,
        author=author,
        title=draft.title,
        words=draft.words,
        site=site,
        municipality=draft.municipality or (site.municipality if site is not None else None),
        resource_type=draft.resource_type,
    )
