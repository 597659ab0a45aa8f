"""Lines of needs, offers and flows: what each one creates or changes, and the writing of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any

from maillage.core.errors import UserMistake, UserMistakes
from maillage.core.french import NBSP, fold
from maillage.domain.actors.models import Account, Organisation, Pole, Site
from maillage.domain.actors.operations import (
    OrganisationFields,
    SiteFields,
    create_organisation,
    dismiss_duplicate,
    make_known,
)
from maillage.domain.catalogue.models import Authorisation
from maillage.domain.exchanges.checks import check_draft
from maillage.domain.exchanges.drafts import IntentDraft
from maillage.domain.exchanges.enums import IntentKind, IntentState
from maillage.domain.exchanges.models import Intent
from maillage.domain.exchanges.operations import confirm, note_intent, update_intent
from maillage.domain.places.models import Municipality
from maillage.importers.database.authors import Authors
from maillage.importers.database.drafts import Said, draft_of, evidence_of, said_by
from maillage.importers.database.families import family_of
from maillage.importers.database.known import KnownOrganisation, KnownOrganisations, near_enough
from maillage.importers.database.plan import Action, Change, Plan, PlannedLine, Progress, naming_its_line
from maillage.importers.database.types import TypeWords
from maillage.importers.dry_run import Outcome
from maillage.importers.municipalities import Gazetteer
from maillage.importers.rows import Fault, TypedRow
from maillage.importers.schemas import Schema

_TELLING_EVERY = 100
_FIELDS = {"resource_type": "type", "seasonality": "months", "author": "organisation"}
_LABELS = {
    "author": "Structure",
    "title": "Intitulé",
    "words": "Description",
    "municipality": "Commune",
    "site": "Site",
    "latitude": "Point sur la carte",
    "resource_type": "Type",
    "quantity": "Quantité",
    "minimum": "Quantité minimale",
    "unit": "Unité",
    "period": "Période",
    "available_from": "À partir du",
    "available_until": "Jusqu’au",
    "weekly": "Jours et heures",
    "seasonality": "Mois",
    "reach_km": "Distance maximale (km)",
    "price_kind": "En échange",
    "price": "Prix (€)",
    "conditions": "Conditions",
    "qualities": "Qualités",
    "holds": "Autorisations détenues",
    "requires": "Autorisations demandées",
    "visibility": "Visibilité",
    "said_on": "Dit le",
}


@dataclass(slots=True)
class _Facts:
    known: KnownOrganisation
    draft: IntentDraft
    intent: Intent | None
    only_confirmed_on: date | None = None


class IntentPlanner:
    """Plans and writes a file of needs, offers or flows; ``source`` names where references come from."""

    def __init__(
        self,
        *,
        pole: Pole,
        schema: Schema,
        source: str,
        gazetteer: Gazetteer,
        default_family: str,
        same: Mapping[str, int],
        on: date,
    ) -> None:
        self.pole = pole
        self._schema, self._source, self._on = schema, source, on
        self._places: dict[str, Municipality] = {}
        self._default_family = default_family
        self._authors = Authors(KnownOrganisations.read(pole=pole, source=source), gazetteer, same)
        self._types = TypeWords()
        self._authorisations = {
            fold(word): row for row in Authorisation.objects.all() for word in (row.label, row.code)
        }
        rows = Intent.objects.filter(pole=pole, source=source).select_related(
            "pole", "author", "site__municipality", "municipality", "resource_type"
        )
        self._intents = {(one.kind, one.source_id): one for one in rows.prefetch_related("holds", "requires")}
        self._lines: dict[tuple[str, str], int] = {}
        self._sheets: dict[int, Organisation] = {}

    # --- planning

    def plan(self, outcomes: Iterable[Outcome]) -> Plan:
        """Say what each line does; nothing is written."""
        plan = Plan()
        kept: list[tuple[Outcome, KnownOrganisation]] = []
        for outcome in outcomes:
            plan.lines_read += 1
            if not outcome.is_kept:
                plan.refuse(*outcome.faults)
                continue
            try:
                kept.append((outcome, self._authors.of(outcome.row, plan)))
            except UserMistake as mistake:
                sentence = Fault(
                    outcome.row.line, "Structure", outcome.row.text("organisation")[:60], mistake.message
                )
                plan.refuse(*outcome.faults, sentence)
        self._places = Municipality.objects.in_bulk(
            {outcome.row.text("municipality_code") for outcome, _ in kept} - {""}
        )
        sites = Organisation.objects.prefetch_related("sites__municipality")
        self._sheets = sites.in_bulk([known.pk for _, known in kept if known.pk])
        for outcome, known in kept:
            self._plan_line(outcome, known, plan)
        used = {line.facts.known for line in plan.lines}
        plan.newcomers = [known.name for known in self._authors.newcomers if known in used]
        return plan

    def _plan_line(self, outcome: Outcome, known: KnownOrganisation, plan: Plan) -> None:
        row, faults = outcome.row, list(outcome.faults)
        kind = row.text("kind") or (IntentKind.NEED if self._schema.name == "needs" else IntentKind.OFFER)
        identity, intent = self._recognise(row, kind, known)
        try:
            facts, told = self._facts(row, kind, identity, intent, known)
        except UserMistakes as mistakes:
            plan.refuse(*faults, *self._told(row, mistakes.by_field))
            return
        except UserMistake as mistake:
            plan.refuse(*faults, *self._told(row, {mistake.field or "title": mistake.message}))
            return
        plan.faults.extend((*faults, *told))
        if (kind, identity) in self._lines:
            sentence = f"La ligne {self._lines[kind, identity]} dit déjà la même chose : celle-ci est laissée de côté."
            plan.faults.append(Fault(row.line, "Intitulé", row.text("title")[:60], sentence, blocking=False))
            plan.lines.append(PlannedLine(row, Action.KEEP, row.text("title"), known.name, (), facts))
            return
        self._lines[kind, identity] = row.line
        action, changes = self._action(row, facts, plan)
        plan.lines.append(PlannedLine(row, action, row.text("title"), known.name, changes, facts))

    def _recognise(self, row: TypedRow, kind: str, known: KnownOrganisation) -> tuple[str, Intent | None]:
        """Return the reference of a line and the intent that bears it; a reference used for another is not it."""
        intent = self._intents.get((kind, row.identity))
        another = (
            intent is not None
            and intent.author_id != known.pk
            and not near_enough(intent.title, row.text("title"))
        )
        if not another:
            return row.identity, intent
        identity = row.having(external_id=None).identity
        return identity, self._intents.get((kind, identity))

    def _facts(
        self, row: TypedRow, kind: str, identity: str, intent: Intent | None, known: KnownOrganisation
    ) -> tuple[_Facts, tuple[Fault, ...]]:
        resource_type, remark = self._types.understood(row)
        if intent is not None and intent.resource_type is not None and remark is not None:
            resource_type, remark = intent.resource_type, None
        said = said_by(row, resource_type, self._authorisations)
        draft = self._draft(row, kind, identity, intent, known, said)
        same_type = intent is not None and intent.resource_type == draft.resource_type
        check_draft(draft, on=self._on, retired_allowed=same_type)
        later = row.get("confirmed_on") if intent is not None else None
        if intent is not None and later is not None and later <= intent.confirmed_on:
            later = None
        if later is not None and later > self._on:
            raise UserMistake("Cette date est dans l’avenir. Quand l’a-t-on confirmé ?", field="confirmed_on")
        remarks = said.remarks if remark is None else (*said.remarks, remark)
        return _Facts(known, draft, intent, later), remarks

    def _draft(
        self,
        row: TypedRow,
        kind: str,
        identity: str,
        intent: Intent | None,
        known: KnownOrganisation,
        said: Said,
    ) -> IntentDraft:
        author = self._sheets.get(known.pk or 0) or Organisation(
            name=known.name, family=self._default_family, siren=known.siren
        )
        columns: dict[str, Any] = said.columns
        if intent is not None:
            # Names and families of newcomers are written with them; a known author takes the place of another.
            columns = columns | ({"author": author} if author.pk != intent.author_id else {})
            return replace(draft_of(intent), **columns, **self._moved(row, intent, author))
        return IntentDraft(
            kind=kind,
            pole=self.pole,
            author=author,
            **columns,
            **self._located(row, author),
            confirmed_on=row.get("confirmed_on"),
            source=self._source,
            source_id=identity,
            evidence=evidence_of(row),
        )

    def _located(self, row: TypedRow, author: Organisation) -> dict[str, Any]:
        """Return where a new intent is: a site of its author, else a commune and perhaps a point."""
        town = self._places.get(row.text("municipality_code"))
        sites = list(author.sites.all()) if author.pk else []
        site = _site_of(sites, row, town)
        found: dict[str, Any] = {"site": site, "municipality": town or (site.municipality if site else None)}
        if row.get("latitude") is not None and not row.get("of_municipality"):
            found |= {"latitude": row.get("latitude"), "longitude": row.get("longitude")}
        return found

    def _moved(self, row: TypedRow, intent: Intent, author: Organisation) -> dict[str, Any]:
        """Return the new place of a known intent, or nothing when the line says no other commune nor point."""
        town = self._places.get(row.text("municipality_code"))
        has_point = row.get("latitude") is not None and not row.get("of_municipality")
        if author.pk != intent.author_id or (town is not None and town.pk != intent.municipality_id):
            return {"latitude": None, "longitude": None} | self._located(row, author)
        return {"latitude": row.get("latitude"), "longitude": row.get("longitude")} if has_point else {}

    def _action(self, row: TypedRow, facts: _Facts, plan: Plan) -> tuple[Action, tuple[Change, ...]]:
        intent = facts.intent
        if intent is None:
            return Action.CREATE, ()
        now = draft_of(intent)
        changed = [
            one.name
            for one in fields(IntentDraft)
            if one.name in _LABELS and getattr(now, one.name) != getattr(facts.draft, one.name)
        ]
        changes = tuple(
            Change(_LABELS[name], _shown(getattr(now, name)), _shown(getattr(facts.draft, name)))
            for name in changed
        )
        if (changes or facts.only_confirmed_on) and intent.state == IntentState.WITHDRAWN:
            sentence = "La ligne a changé, mais elle est retirée dans le pôle : elle reste telle quelle."
            plan.faults.append(Fault(row.line, "Intitulé", intent.title[:60], sentence, blocking=False))
            return Action.KEEP, ()
        if changes:
            facts.only_confirmed_on = None
            return Action.UPDATE, changes
        if facts.only_confirmed_on:
            later = f"{facts.only_confirmed_on:%d/%m/%Y}"
            return Action.UPDATE, (Change("Confirmé le", f"{intent.confirmed_on:%d/%m/%Y}", later),)
        return Action.KEEP, ()

    def _told(self, row: TypedRow, by_field: Mapping[str, str]) -> list[Fault]:
        names = {column.name: column.label for column in self._schema.columns}
        return [
            Fault(row.line, names.get(_FIELDS.get(name, name), "Intitulé"), "", sentence)
            for name, sentence in by_field.items()
        ]

    # --- writing

    def write(self, plan: Plan, *, by: Account | None, on: date, at: datetime, progress: Progress) -> None:
        """Write the planned lines and the structures they bring, inside the caller's transaction."""
        todo = [line for line in plan.lines if line.action is not Action.KEEP]
        for done, line in enumerate(todo):
            if done % _TELLING_EVERY == 0:
                progress(done, len(todo), f"Enregistrer : {self._schema.label.lower()}")
            with naming_its_line(line):
                self._write_line(line, by=by, on=on, at=at)

    def _write_line(self, line: PlannedLine, *, by: Account | None, on: date, at: datetime) -> None:
        facts: _Facts = line.facts
        draft = self._signed(line, by=by, at=at)
        if facts.intent is None:
            note_intent(data=draft, by=by, on=on, at=at)
        elif facts.only_confirmed_on is not None:
            confirm(intent=facts.intent, on=facts.only_confirmed_on)
        else:
            update_intent(intent=facts.intent, data=draft, by=by, on=on)

    def _signed(self, line: PlannedLine, *, by: Account | None, at: datetime) -> IntentDraft:
        """Return the draft with its author written, and its place among the author's sites."""
        facts: _Facts = line.facts
        newcomer = self._authors.newcomers.get(facts.known)
        if newcomer is None:
            if not facts.known.in_directory:
                make_known(organisation=facts.draft.author, pole=self.pole)
                facts.known.in_directory = True
            return facts.draft
        if facts.known.pk is None:
            made = self._create(facts.known, newcomer.row, by=by, at=at)
            for other in Organisation.objects.filter(pk__in=newcomer.different_from):
                dismiss_duplicate(first=made, second=other, at=at, by=by)
            facts.known.pk = made.pk
        author = Organisation.objects.prefetch_related("sites__municipality").get(pk=facts.known.pk)
        return replace(facts.draft, author=author, **self._located(line.row, author))

    def _create(
        self, known: KnownOrganisation, row: TypedRow, *, by: Account | None, at: datetime
    ) -> Organisation:
        family, _ = family_of(row, self._default_family)
        town = self._places.get(row.text("municipality_code"))
        siret = row.get("siret")
        site = SiteFields(municipality=town, siret=siret, is_head=True) if town or siret else None
        return create_organisation(
            fields=OrganisationFields(name=known.name, family=family, siren=known.siren),
            site=site,
            pole=self.pole,
            check_duplicates=False,
            at=at,
            by=by,
        )


def _site_of(sites: list[Site], row: TypedRow, town: Municipality | None) -> Site | None:
    """Return the site of the SIRET, of the name, else the only one of the commune, else the head."""
    for site in sites:
        if row.get("siret") and site.siret == row.get("siret"):
            return site
        if row.get("site") and fold(site.name) == fold(row.text("site")):
            return site
    here = [site for site in sites if town is None or site.municipality_id == town.pk]
    if town is None:
        return next((site for site in here if site.is_head), here[0] if here else None)
    return here[0] if len(here) == 1 else None


def _shown(value: Any) -> str:
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, tuple):
        return (
            f"{len(value)}{NBSP}valeurs"
            if value and isinstance(value[0], dict | int)
            else ", ".join(map(str, value))
        )
    text = " ".join(str("" if value is None else value).split())
    return text if len(text) <= 80 else text[:79] + "…"
