"""Note a synergy: from a kept pair, from an answer by several or a chain, or by hand."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from maillage.core.errors import UserMistake
from maillage.domain.actors.models import Account, Organisation, Pole
from maillage.domain.exchanges.enums import IntentKind, IntentState
from maillage.domain.exchanges.models import Intent
from maillage.domain.matching.enums import DecisionKind, RunMethod
from maillage.domain.matching.models import Decision, MatchingRun
from maillage.domain.synergies.drafts import LineDraft, SynergyDraft
from maillage.domain.synergies.enums import PartySide, SynergyOrigin, SynergyState
from maillage.domain.synergies.models import Synergy, SynergyChange, SynergyLine, SynergyParty
from maillage.domain.synergies.operations.locking import locked, offers_locked
from maillage.domain.synergies.operations.promising import held_of
from maillage.domain.synergies.quantities import lines_of_pair, share_of_need
from maillage.domain.synergies.states import HOLDING

TITLE_LENGTH = 200
STEP_LENGTH = 300
FIRST_STEP = "Proposer aux structures"
PER_MILLE = 1000
ALREADY_FOLLOWED = "Cette piste est déjà suivie. Ouvrez sa synergie."
ORIGIN_OF = {
    RunMethod.BUNDLE: ("bundles", SynergyOrigin.BUNDLE),
    RunMethod.CHAIN: ("chains", SynergyOrigin.CHAIN),
}


def note_synergy(*, pole: Pole, draft: SynergyDraft, by: Account | None, at: datetime) -> Synergy:
    """Write a synergy that was detected, with its lines and its parties; nobody is written to yet."""
    sides = _sides(pole, draft)
    check_follow_up(next_step=draft.next_step)
    title = draft.title.strip() or _title(draft.lines)
    if not title:
        raise UserMistake("Donnez un titre à cette synergie.", field="title")
    if len(title) > TITLE_LENGTH:
        raise UserMistake(f"Le titre est trop long : {TITLE_LENGTH} caractères au plus.", field="title")
    try:
        with transaction.atomic():
            return _written(pole, draft, title, sides, by, at)
    except IntegrityError as error:
        raise UserMistake(ALREADY_FOLLOWED) from error


def note_pair(*, decision: Decision, owner: Account | None, by: Account | None, at: datetime) -> Synergy:
    """Follow a kept pair as a synergy; raise ``UserMistake`` when it is followed already or set aside."""
    if decision.kind != DecisionKind.ACCEPTED:
        raise UserMistake("Cette piste est mise de côté. Gardez-la d’abord.")
    draft = SynergyDraft(
        lines=lines_of_pair(need=decision.need, offer=decision.offer),
        owner=owner,
        next_step=FIRST_STEP,
        origin=SynergyOrigin.PAIR,
        decision=decision,
    )
    return note_synergy(pole=decision.pole, draft=draft, by=by, at=at)


def note_assembled(
    *, run: MatchingRun, part: int, owner: Account | None, by: Account | None, at: datetime
) -> Synergy:
    """Follow one answer of an assembling: everybody in it is a party, and answers for itself."""
    name, origin = ORIGIN_OF.get(RunMethod(run.method), ("", SynergyOrigin.HAND))
    found = run.result.get(name, [])
    if not name or part >= len(found):
        raise UserMistake("Cette réponse n’est plus dans le calcul. Relancez-le.")
    draft = SynergyDraft(
        lines=_assembled_lines(run, name, found[part]),
        owner=owner,
        next_step=FIRST_STEP,
        origin=origin,
        run=run,
        run_part=part,
    )
    return note_synergy(pole=run.pole, draft=draft, by=by, at=at)


def _assembled_lines(run: MatchingRun, name: str, told: dict[str, Any]) -> tuple[LineDraft, ...]:
    rows: list[dict[str, Any]] = told["members" if name == "bundles" else "lines"]
    shares = {int(row["offer"]): row.get("per_mille") for row in rows if row["offer"]}
    wanted = {int(run.result["need"]), *shares}
    found = {
        one.pk: one for one in Intent.objects.filter(pole=run.pole, pk__in=wanted).select_related("author")
    }
    if found.keys() != wanted or any(one.state == IntentState.WITHDRAWN for one in found.values()):
        raise UserMistake("Un besoin ou une offre de cette réponse a été retiré. Relancez le calcul.")
    need = found[int(run.result["need"])]
    offers = [LineDraft(found[pk], _part(need, found[pk], share)) for pk, share in shares.items()]
    return (LineDraft(need), *offers)


def _part(need: Intent, offer: Intent, per_mille: object) -> Decimal | None:
    if not isinstance(per_mille, int) or need.quantity is None:
        return None
    return share_of_need(need=need, offer=offer, share=Decimal(per_mille) / PER_MILLE)


def check_follow_up(*, next_step: str) -> None:
    """Refuse a next step that would not fit."""
    if len(next_step) > STEP_LENGTH:
        raise UserMistake(
            f"La prochaine étape est trop longue : {STEP_LENGTH} caractères au plus.", field="next_step"
        )


def _title(lines: Sequence[LineDraft]) -> str:
    """Name it by its first need, or else by its first offer."""
    ordered = sorted(lines, key=lambda line: line.intent.kind != IntentKind.NEED)
    return ordered[0].intent.title if ordered else ""


def _sides(pole: Pole, draft: SynergyDraft) -> dict[Organisation, PartySide]:
    """Return each party and what it does; raise ``UserMistake`` when they are not two."""
    sides: dict[Organisation, PartySide] = {}
    for line in draft.lines:
        if line.intent.pole_id != pole.pk:
            raise UserMistake("Les besoins et les offres sont ceux de ce pôle.", field="lines")
        if line.intent.state == IntentState.WITHDRAWN:
            raise UserMistake(f"« {line.intent.title} » est retiré. Rouvrez-le d’abord.", field="lines")
        side = PartySide(line.intent.kind)
        known = sides.get(line.intent.author, side)
        sides[line.intent.author] = side if known == side else PartySide.BOTH
    for organisation in draft.organisations:
        sides.setdefault(organisation, PartySide.OTHER)
    _check_parties(sides)
    return sides


def _check_parties(parties: Iterable[Organisation]) -> None:
    known = list(parties)
    if len(known) < 2:
        raise UserMistake(
            "Une synergie se fait à deux au moins. Ajoutez une structure.", field="organisations"
        )
    for one in known:
        if one.merged_into_id is not None:
            raise UserMistake(
                f"La fiche « {one.name} » a été réunie à une autre. Choisissez la fiche gardée.",
                field="organisations",
            )


def _written(
    pole: Pole,
    draft: SynergyDraft,
    title: str,
    sides: dict[Organisation, PartySide],
    by: Account | None,
    at: datetime,
) -> Synergy:
    synergy = Synergy.objects.create(
        pole=pole,
        title=title,
        origin=draft.origin,
        decision=draft.decision,
        run=draft.run,
        run_part=draft.run_part,
        owner=draft.owner,
        next_step=draft.next_step.strip(),
        due_on=draft.due_on,
        created_at=at,
        created_by=by,
        moved_at=at,
    )
    SynergyLine.objects.bulk_create(
        SynergyLine(
            synergy=synergy,
            intent=line.intent,
            quantity=line.quantity,
            unit=line.intent.unit if line.quantity is not None else "",
            period=line.intent.period,
        )
        for line in draft.lines
    )
    SynergyParty.objects.bulk_create(
        SynergyParty(synergy=synergy, organisation=organisation, side=side)
        for organisation, side in sides.items()
    )
    SynergyChange.objects.create(synergy=synergy, verb="note", ends=SynergyState.DETECTED, at=at, by=by)
    return synergy


def follow_up(*, synergy: Synergy, owner: Account | None, next_step: str, due_on: date | None) -> Synergy:
    """Say who follows the synergy, what comes next and for when."""
    check_follow_up(next_step=next_step)
    with transaction.atomic():
        kept = Synergy.objects.select_for_update().get(pk=synergy.pk)
        kept.owner, kept.next_step, kept.due_on = owner, next_step.strip(), due_on
        kept.save(update_fields=["owner", "next_step", "due_on"])
    return kept


def say_how_much(*, synergy: Synergy, intent_id: int, quantity: Decimal | None) -> SynergyLine:
    """Say how much of a need or an offer a synergy is about, in its own unit; nothing said means all of it.

    What is promised already never goes beyond what the offer has left: the database refuses it.
    """
    with transaction.atomic():
        kept = locked(synergy)
        line = kept.lines.select_for_update(of=("self",)).filter(intent_id=intent_id).first()
        if line is None:
            raise UserMistake("Cette ligne n’est plus dans la synergie.")
        intent = Intent.objects.get(pk=line.intent_id)
        if quantity is not None and (quantity <= 0 or not intent.unit):
            raise UserMistake("Écrivez un nombre positif ; le besoin ou l’offre doit dire son unité.")
        line.quantity, line.period = quantity, intent.period
        line.unit = intent.unit if quantity is not None else ""
        if kept.state in HOLDING and intent.kind == IntentKind.OFFER and intent.quantity is not None:
            offers_locked(kept)
            if (quantity or intent.quantity) > intent.quantity - held_of(intent, but=kept):
                raise UserMistake("C’est plus que ce que l’offre a encore à donner.")
        line.save()
    return line
