"""Lines of organisations: which sheet each one is, what it changes there, and the writing of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from maillage.core.errors import UserMistakes
from maillage.domain.actors.constraints import check_fields, tidy, tidy_lines
from maillage.domain.actors.enums import ActorFamily, LegalForm
from maillage.domain.actors.models import Account, Membership, Organisation, Pole, Site
from maillage.domain.actors.operations import (
    OrganisationFields,
    create_organisation,
    create_site,
    dismiss_duplicate,
    fields_of,
    join_pole,
    make_known,
    update_organisation,
    update_site,
)
from maillage.domain.places.models import Municipality
from maillage.importers.database.families import family_of
from maillage.importers.database.known import (
    KnownOrganisation,
    KnownOrganisations,
    near_enough,
    shown_candidates,
)
from maillage.importers.database.plan import (
    Action,
    Change,
    Plan,
    PlannedLine,
    Progress,
    Question,
    naming_its_line,
)
from maillage.importers.database.sites import (
    KnownSite,
    SitePlan,
    known_sites,
    plan_site,
    site_values,
)
from maillage.importers.dry_run import Outcome
from maillage.importers.municipalities import Gazetteer
from maillage.importers.rows import Fault, TypedRow

_COLUMNS = {
    "name": "name",
    "legal_form": "legal_form",
    "family": "family",
    "siren": "siren",
    "rna": "rna",
    "inclusion_type": "inclusion_type",
    "esus_until": "esus_until",
    "naf": "naf_code",
    "naf_version": "naf_version",
    "staff_band": "staff_band",
    "description": "description",
    "website": "website",
    "email": "email",
    "phone": "phone",
    "short_name": "short_name",
    "ess_ground": "ess_ground",
}
_LABELS = {
    "name": "Nom",
    "legal_form": "Forme juridique",
    "family": "Famille",
    "siren": "SIREN",
    "rna": "Numéro RNA",
    "inclusion_type": "Type d’insertion",
    "esus_until": "Agrément ESUS jusqu’au",
    "naf_code": "Code NAF",
    "staff_band": "Effectif",
    "description": "Description",
    "website": "Site web",
    "email": "Adresse électronique",
    "phone": "Téléphone",
    "short_name": "Sigle",
    "ess_ground": "Appartenance à l’ESS",
}
_TELLING_EVERY = 100


@dataclass(slots=True)
class _Facts:
    """What the writer of a line needs."""

    known: KnownOrganisation
    values: dict[str, Any]
    site: SitePlan | None
    joined_on: date | None
    reference: str
    different_from: tuple[int, ...] = ()


class OrganisationPlanner:
    """Plans and writes a file of organisations; ``source`` names where references come from."""

    def __init__(
        self,
        *,
        pole: Pole,
        source: str,
        gazetteer: Gazetteer,
        default_family: str,
        same: Mapping[str, int],
    ) -> None:
        self.pole = pole
        self._source = source
        self._gazetteer = gazetteer
        self._places: dict[str, Municipality] = {}
        self._default_family = default_family
        self._same = same
        self._known = KnownOrganisations.read(pole=pole, source=source)
        self._members = set(
            Membership.objects.filter(pole=pole).order_by().values_list("organisation_id", flat=True)
        )
        self._sites: dict[KnownOrganisation, list[KnownSite]] = {}
        self._questions: dict[str, Question] = {}
        self._joining: set[KnownOrganisation] = set()

    # --- planning

    def plan(self, outcomes: Iterable[Outcome]) -> Plan:
        """Say what each line does; nothing is written."""
        plan = Plan()
        matched: list[tuple[TypedRow, KnownOrganisation, bool]] = []
        for outcome in outcomes:
            plan.lines_read += 1
            if outcome.is_kept:
                plan.faults.extend(outcome.faults)
                matched.append((outcome.row, *self._recognise(outcome.row, plan)))
            else:
                plan.refuse(*outcome.faults)
        self._places = Municipality.objects.in_bulk(
            {row.text("municipality_code") for row, _, _ in matched} - {""}
        )
        sheets = self._read_sheets({known.pk for _, known, _ in matched if known.pk})
        for row, known, follows in matched:
            self._plan_line(row, known, follows, sheets, plan)
        return plan

    def _recognise(self, row: TypedRow, plan: Plan) -> tuple[KnownOrganisation, bool]:
        """Return the organisation of a line, and whether its reference says so; a new one becomes known."""
        siren, siret, name = row.text("siren"), row.text("siret"), row.text("name")
        code = row.text("municipality_code")
        numbered = self._known.by_number(siret=siret, siren=siren)
        referred = self._referred(row, numbered)
        if referred is not None:
            return referred, True
        if numbered is not None:
            return numbered, False
        same = self._known.same_name_and_place(name=name, siren=siren, code=code) if code else None
        chosen = self._ask(row, same, plan)
        if chosen is not None:
            return chosen, False
        fresh = KnownOrganisation(None, name, siren or None)
        self._known.add(fresh)
        self._known.by_reference.setdefault(row.identity, fresh)
        self._known.place(fresh, siret=siret, code=code)
        return fresh, False

    def _referred(self, row: TypedRow, numbered: KnownOrganisation | None) -> KnownOrganisation | None:
        """Return the organisation that bears the line's reference, unless all the rest says the contrary."""
        name, siren = row.text("name"), row.text("siren")
        for identity in (row.identity, row.having(external_id=None).identity):
            found = self._known.by_reference.get(identity)
            if found is None or not found.may_be(siren) or numbered not in (None, found):
                continue
            if numbered is found or identity.startswith("auto:") or near_enough(found.name, name):
                return found
        return None

    def _ask(self, row: TypedRow, same: KnownOrganisation | None, plan: Plan) -> KnownOrganisation | None:
        """Return the sheet that the line is, as the person said or else of the same name and commune."""
        siren, code = row.text("siren"), row.text("municipality_code")
        near = [] if same else self._known.look_alikes(name=row.text("name"), siren=siren, code=code)
        if same is not None and same.pk is not None:
            near = [(same, "même nom, même commune")]
        chosen = self._chosen(row, same)
        if near:
            self._questions[row.identity] = Question(
                key=row.identity,
                line=row.line,
                name=row.text("name"),
                municipality=row.text("municipality"),
                candidates=shown_candidates(near, self._gazetteer),
                chosen=(chosen.pk or 0) if chosen else 0,
            )
            plan.questions.append(self._questions[row.identity])
        return chosen

    def _chosen(self, row: TypedRow, same: KnownOrganisation | None) -> KnownOrganisation | None:
        if row.identity not in self._same:
            return same
        answered = self._known.by_pk.get(self._same[row.identity])
        return answered if answered is None or answered.may_be(row.text("siren")) else same

    def _read_sheets(self, pks: set[int]) -> dict[int, Organisation]:
        sheets: dict[int, Organisation] = {}
        wanted = sorted(pks)
        for start in range(0, len(wanted), 5_000):
            rows = Organisation.objects.prefetch_related("sites__municipality")
            sheets.update(rows.in_bulk(wanted[start : start + 5_000]))
        return sheets

    def _plan_line(
        self,
        row: TypedRow,
        known: KnownOrganisation,
        follows: bool,
        sheets: Mapping[int, Organisation],
        plan: Plan,
    ) -> None:
        values = self._values(row, is_new=known.pk is None and known.line is None, plan=plan)
        faults = _refusals(row, values)
        if faults:
            plan.refuse(*faults)
            return
        sheet = sheets.get(known.pk) if known.pk else None
        sites = self._sites.setdefault(known, known_sites(list(sheet.sites.all())) if sheet else [])
        if known.line is not None:
            values = {}
            sentence = f"Même structure que la ligne {known.line} : seul son site compte ici."
            plan.faults.append(Fault(row.line, "Nom", row.text("name")[:60], sentence, blocking=False))
        is_new = sheet is None and known.line is None
        known.line = known.line or row.line
        site = plan_site(sites, site_values(row, self._places), follows=follows)
        changes = self._changes(sheet, known, values, row) + (site.changes if site else ())
        joined = self._joins(row, known)
        if joined:
            changes += (Change("Membre depuis", "", f"{joined:%d/%m/%Y}"),)
        if sheet is not None and not known.in_directory:
            known.in_directory = True
            changes += (Change("Annuaire du pôle", "", "ajoutée"),)
        action = Action.CREATE if is_new else Action.UPDATE if changes else Action.KEEP
        asked = self._questions.get(row.identity) if is_new else None
        facts = _Facts(
            known=known,
            values=values,
            site=site,
            joined_on=joined,
            reference=self._reference(row, known, sheet),
            different_from=tuple(one.pk for one in asked.candidates) if asked else (),
        )
        plan.lines.append(
            PlannedLine(row, action, row.text("name"), row.text("municipality"), changes, facts)
        )

    def _values(self, row: TypedRow, *, is_new: bool, plan: Plan) -> dict[str, Any]:
        """Return what a line says of the sheet, tidied as the room tidies it."""
        values = {}
        for name, column in _COLUMNS.items():
            value = row.get(name)
            if isinstance(value, str):
                value = tidy_lines(value) if column == "description" else tidy(value)
            if value not in (None, ""):
                values[column] = value
        if is_new and "family" not in values:
            values["family"], sentence = family_of(row, self._default_family)
            plan.faults.append(Fault(row.line, "Famille", "", sentence, blocking=False))
        return values

    def _changes(
        self,
        sheet: Organisation | None,
        known: KnownOrganisation,
        values: Mapping[str, Any],
        row: TypedRow,
    ) -> tuple[Change, ...]:
        if sheet is None:
            return ()
        changed = [name for name in _LABELS if name in values and getattr(sheet, name) != values[name]]
        found = [
            Change(_LABELS[name], _said(name, getattr(sheet, name)), _said(name, values[name]))
            for name in changed
        ]
        if self._reference(row, known, sheet):
            found.append(Change("Référence", "", row.text("external_id")))
        return tuple(found)

    def _reference(self, row: TypedRow, known: KnownOrganisation, sheet: Organisation | None) -> str:
        """Return the reference to write: a new sheet gets one, a sheet without any takes the file's."""
        holder = self._known.by_reference.get(row.identity)
        if sheet is None:
            return row.identity if holder is known else row.having(external_id=None).identity
        return row.text("external_id") if holder is None and not sheet.source_id else ""

    def _joins(self, row: TypedRow, known: KnownOrganisation) -> date | None:
        """Return the day of a membership to note; a past or present one stays as it is."""
        joined: date | None = row.get("joined_on")
        if joined is None or known in self._joining or (known.pk and known.pk in self._members):
            return None
        self._joining.add(known)
        return joined

    # --- writing

    def write(self, plan: Plan, *, by: Account | None, on: date, at: datetime, progress: Progress) -> None:
        """Write the planned lines, inside the caller's transaction."""
        todo = [line for line in plan.lines if line.action is not Action.KEEP]
        for done, line in enumerate(todo):
            if done % _TELLING_EVERY == 0:
                progress(done, len(todo), "Enregistrer les structures")
            with naming_its_line(line):
                if line.action is Action.CREATE:
                    self._create(line, by=by, at=at)
                else:
                    self._update(line)

    def _create(self, line: PlannedLine, *, by: Account | None, at: datetime) -> None:
        facts: _Facts = line.facts
        fields = OrganisationFields(**facts.values, source=self._source, source_id=facts.reference)
        site = facts.site.site.fields if facts.site else None
        made = create_organisation(
            fields=fields, site=site, pole=self.pole, check_duplicates=False, at=at, by=by
        )
        facts.known.pk = made.pk
        if facts.site:
            facts.site.site.pk = made.sites.values_list("pk", flat=True).first()
        for other in Organisation.objects.filter(pk__in=facts.different_from):
            dismiss_duplicate(first=made, second=other, at=at, by=by)
        if facts.joined_on:
            join_pole(pole=self.pole, organisation=made, on=facts.joined_on)

    def _update(self, line: PlannedLine) -> None:
        facts: _Facts = line.facts
        sheet = Organisation.objects.get(pk=facts.known.written)
        if facts.site and not facts.site.is_new and facts.site.site.pk:
            update_site(site=Site.objects.get(pk=facts.site.site.pk), fields=facts.site.site.fields)
        fields = replace(fields_of(sheet), **facts.values)
        if facts.reference and not sheet.source_id:
            fields = replace(fields, source=self._source, source_id=facts.reference)
        sheet = update_organisation(organisation=sheet, fields=fields)
        if facts.site and facts.site.is_new:
            facts.site.site.pk = create_site(organisation=sheet, fields=facts.site.site.fields).pk
        make_known(organisation=sheet, pole=self.pole)
        if facts.joined_on:
            join_pole(pole=self.pole, organisation=sheet, on=facts.joined_on)


def _refusals(row: TypedRow, values: Mapping[str, Any]) -> list[Fault]:
    try:
        check_fields(Organisation, values)
    except UserMistakes as mistakes:
        return [
            Fault(row.line, _LABELS.get(name, "Nom"), str(values.get(name, ""))[:60], sentence)
            for name, sentence in mistakes.by_field.items()
        ]
    return []


def _said(name: str, value: Any) -> str:
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if name == "family":
        return str(ActorFamily(value).label)
    if name == "legal_form" and value:
        return str(LegalForm(value).label)
    text = " ".join(str(value or "").split())
    return text if len(text) <= 80 else text[:79] + "…"
