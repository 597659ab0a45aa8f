"""Lines of facts: what each one records, once, whatever the number of imports; a fact that is there never changes."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from maillage.core.errors import UserMistake
from maillage.core.french import NBSP, fold
from maillage.core.quantities import Quantity, unit_named
from maillage.domain.actors.models import Account, Organisation, Pole
from maillage.domain.actors.queries import directory_scope
from maillage.domain.ledger.checks import check_amount, check_parties, check_unit, known_action, type_of
from maillage.domain.ledger.drafts import EventDraft, EventOrigin
from maillage.domain.ledger.enums import CommitmentState, EventSource, EvidenceKind
from maillage.domain.ledger.models import Commitment, EconomicEvent
from maillage.domain.ledger.operations.recording import is_same_fact, record_once
from maillage.importers.database.plan import Action, Plan, PlannedLine, Progress, naming_its_line
from maillage.importers.database.types import TypeWords
from maillage.importers.dry_run import Outcome
from maillage.importers.rows import Fault, TypedRow

_TELLING_EVERY = 100
_COLUMNS = {
    "action": "Geste",
    "provider": "De",
    "receiver": "À",
    "resource_type": "Type",
    "commitment": "Engagement",
    "quantity": "Quantité",
    "unit": "Unité",
    "happened_on": "Jour",
}


@dataclass(frozen=True, slots=True)
class _Facts:
    draft: EventDraft
    key: str


class FactPlanner:
    """Plans and writes a file of facts."""

    def __init__(self, *, pole: Pole, source: str, on: date) -> None:
        self.pole, self._source, self._on = pole, source, on
        self._by_name: dict[str, list[Organisation]] = defaultdict(list)
        self._by_siren: dict[str, Organisation] = {}
        for one in directory_scope(pole):
            self._by_name[fold(one.name)].append(one)
            if one.siren:
                self._by_siren[one.siren] = one
        self._types = TypeWords()
        self._commitments: dict[int, Commitment] = {}
        self._known: dict[str, EconomicEvent] = {}
        self._times: Counter[str] = Counter()

    def plan(self, outcomes: Iterable[Outcome]) -> Plan:
        """Say what each line records; nothing is written."""
        plan = Plan()
        kept = []
        for outcome in outcomes:
            plan.lines_read += 1
            if outcome.is_kept:
                kept.append(outcome)
            else:
                plan.refuse(*outcome.faults)
        self._read_once(kept)
        for outcome in kept:
            self._plan_line(outcome, plan)
        return plan

    def _read_once(self, kept: list[Outcome]) -> None:
        """Read every promise that the file names and every fact that it may repeat, in two questions."""
        numbers = {outcome.row.get("commitment") for outcome in kept} - {None}
        self._commitments = (
            Commitment.objects.filter(pole=self.pole)
            .select_related("pole", "agreement", "process", "action", "provider", "receiver")
            .select_related("resource_type", "resource")
            .in_bulk([number for number in numbers if number is not None])
        )
        rows = EconomicEvent.objects.filter(pole=self.pole, key__startswith=f"{self._source}:")
        self._known = {row.key or "": row for row in rows}

    def _plan_line(self, outcome: Outcome, plan: Plan) -> None:
        row = outcome.row
        try:
            draft = self._draft(row)
            line = self._planned(row, draft)
        except UserMistake as mistake:
            column = _COLUMNS.get(mistake.field or "", "Quantité")
            plan.refuse(*outcome.faults, Fault(row.line, column, "", mistake.message))
            return
        plan.faults.extend(outcome.faults)
        plan.lines.append(line)

    def _planned(self, row: TypedRow, draft: EventDraft) -> PlannedLine:
        key = self._key(row, draft)
        known = self._known.get(key)
        if known is not None and not is_same_fact(known, draft):
            raise UserMistake(
                f"La référence «{NBSP}{row.text('external_id')}{NBSP}» a déjà noté un autre fait. Un fait ne "
                "s’efface pas : corrigez-le sur le site."
            )
        quantity = Quantity(draft.quantity, unit_named(draft.unit))
        what = draft.resource_type.label if draft.resource_type else ""
        return PlannedLine(
            row=row,
            action=Action.CREATE if known is None else Action.KEEP,
            title=f"{draft.happened_on:%d/%m/%Y}, {quantity}, {what}",
            place=f"{draft.provider.name} → {draft.receiver.name}",
            facts=_Facts(draft, key),
        )

    def _draft(self, row: TypedRow) -> EventDraft:
        """Return what a line says; raise ``UserMistake`` for what the room would refuse."""
        draft = self._of_promise(row) if row.get("commitment") is not None else self._alone(row)
        action = known_action(draft.action)
        check_parties(action, draft.provider, draft.receiver)
        kind = type_of(draft.resource, draft.resource_type)
        quantity = check_amount(draft.quantity, draft.unit)
        check_unit(quantity.unit, action, kind)
        if draft.commitment is not None and draft.commitment.unit:
            quantity.to(unit_named(draft.commitment.unit))
        if draft.happened_on > self._on:
            raise UserMistake("Cette date est dans l’avenir.", field="happened_on")
        return draft

    def _of_promise(self, row: TypedRow) -> EventDraft:
        found = self._commitments.get(int(row.get("commitment")))
        if found is None or found.state == CommitmentState.CANCELLED:
            raise UserMistake(
                f"L’engagement {row.text('commitment')} n’existe pas dans ce pôle, ou il est annulé.",
                field="commitment",
            )
        for field, party in (("provider", found.provider), ("receiver", found.receiver)):
            if row.get(field) and self._party(row, field).pk != party.pk:
                raise UserMistake(
                    f"L’engagement {found.pk} dit «{NBSP}{party.name}{NBSP}». Gardez l’un ou l’autre.",
                    field=field,
                )
        return EventDraft.of(
            found,
            quantity=row.get("quantity"),
            unit=row.text("unit"),
            happened_on=row.get("happened_on"),
            evidence_kind=row.text("evidence_kind") or EvidenceKind.STATEMENT,
            evidence=row.text("evidence"),
            note=row.text("note"),
        )

    def _alone(self, row: TypedRow) -> EventDraft:
        if not row.get("action"):
            raise UserMistake("Sans engagement, dites le geste : livré, travaillé, payé…", field="action")
        kind = self._types.said(row)
        if kind is None:
            raise UserMistake(
                f"«{NBSP}{row.text('type')[:60]}{NBSP}» n’est pas un type du catalogue compté dans cette unité."
                if row.get("type")
                else "Sans engagement, dites le type : ce qui a été livré, travaillé, payé.",
                field="resource_type",
            )
        return EventDraft(
            pole=self.pole,
            action=row.text("action"),
            provider=self._party(row, "provider"),
            receiver=self._party(row, "receiver"),
            resource_type=kind,
            quantity=row.get("quantity"),
            unit=row.text("unit"),
            happened_on=row.get("happened_on"),
            evidence_kind=row.text("evidence_kind") or EvidenceKind.STATEMENT,
            evidence=row.text("evidence"),
            note=row.text("note"),
        )

    def _party(self, row: TypedRow, field: str) -> Organisation:
        said = row.text(field)
        if not said:
            raise UserMistake("Sans engagement, dites qui donne et qui reçoit.", field=field)
        by_number = self._by_siren.get("".join(said.split()))
        found = [by_number] if by_number is not None else self._by_name.get(fold(said), [])
        if len(found) != 1:
            raise UserMistake(
                f"Plusieurs structures s’appellent «{NBSP}{said[:60]}{NBSP}». Écrivez son SIREN."
                if found
                else f"«{NBSP}{said[:60]}{NBSP}» n’est pas dans l’annuaire du pôle. Ajoutez sa fiche d’abord.",
                field=field,
            )
        return found[0]

    def _key(self, row: TypedRow, draft: EventDraft) -> str:
        """Return what makes a line unique: its reference, else what it says, and its rank among its twins."""
        reference = row.text("external_id")
        if reference:
            return f"{self._source}:{reference}"
        told = "\n".join(
            str(one)
            for one in (
                draft.happened_on,
                draft.action,
                draft.provider.pk,
                draft.receiver.pk,
                draft.resource_type.pk if draft.resource_type else "",
                draft.commitment.pk if draft.commitment else "",
                draft.quantity.normalize(),
                draft.unit,
                draft.evidence_kind,
                draft.evidence,
                draft.note,
            )
        )
        digest = hashlib.sha256(told.encode()).hexdigest()[:32]
        self._times[digest] += 1
        return f"{self._source}:auto:{digest}:{self._times[digest]}"

    def write(self, plan: Plan, *, by: Account | None, on: date, at: datetime, progress: Progress) -> None:
        """Record the planned facts, inside the caller's transaction."""
        todo = [line for line in plan.lines if line.action is not Action.KEEP]
        for done, line in enumerate(todo):
            if done % _TELLING_EVERY == 0:
                progress(done, len(todo), "Enregistrer : faits")
            facts: _Facts = line.facts
            with naming_its_line(line):
                origin = EventOrigin(source=EventSource.FILE, key=facts.key)
                record_once(data=facts.draft, origin=origin, by=by, on=on, at=at)
