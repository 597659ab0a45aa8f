"""Organisations from public registers: SIRENE's stock files and « recherche d’entreprises », by territory and ESS."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

from django.db import transaction

from maillage.domain.actors.enums import ActorFamily, LegalForm, SocialEconomyGround
from maillage.domain.actors.models import Account, Pole
from maillage.importers.database.legal_categories import legal_form_of
from maillage.importers.database.organisations import OrganisationPlanner
from maillage.importers.database.places import database_gazetteer
from maillage.importers.database.plan import Plan, Progress
from maillage.importers.database.report import Report, read_report, report_of
from maillage.importers.dry_run import Outcome
from maillage.importers.recherche_entreprises import EnterpriseRow, read_results
from maillage.importers.rows import Fault, TypedRow
from maillage.importers.sirene import (
    EstablishmentRow,
    Filter,
    LegalUnitRow,
    read_establishments,
    read_legal_units,
)

_SOCIAL_FORMS = frozenset(
    {LegalForm.ASSOCIATION, LegalForm.FOUNDATION, LegalForm.MUTUAL, LegalForm.SCOP, LegalForm.COOPERATIVE}
)
_AUTHORITIES = frozenset(
    {
        LegalForm.MUNICIPALITY,
        LegalForm.INTERMUNICIPAL,
        LegalForm.DEPARTMENT,
        LegalForm.REGION,
        LegalForm.MIXED_BODY,
    }
)


def search_lines(
    source: Path | BinaryIO,
    *,
    municipalities: Collection[str] | None = None,
    only_social_economy: bool = False,
) -> Iterator[Outcome]:
    """Yield the lines of a saved answer of « recherche d’entreprises »; an enterprise that closed is left out."""
    rows, faults = read_results(
        source, municipalities=municipalities, only_social_economy=only_social_economy
    )
    for fault in faults:
        yield Outcome(TypedRow(fault.line, {}), (fault,))
    for number, row in enumerate((one for one in rows if one.is_active), start=1):
        yield _kept(number, _searched(row))


def sirene_lines(
    units: Path,
    establishments: Path,
    *,
    municipalities: Collection[str] | None = None,
    only_social_economy: bool = False,
) -> Iterator[Outcome]:
    """Yield a line an establishment of the two stock files, the head of each legal unit first.

    The files are streamed; what is held in memory is what the territory keeps.
    """
    here = frozenset(municipalities) if municipalities is not None else None
    sirens = (
        frozenset(row.siren for row in read_establishments(establishments, Filter(municipalities=here)))
        if here is not None
        else None
    )
    chosen = Filter(sirens=sirens, only_social_economy=only_social_economy)
    kept = {row.siren: row for row in read_legal_units(units, chosen)}
    sites: dict[str, list[EstablishmentRow]] = defaultdict(list)
    for site in read_establishments(establishments, Filter(municipalities=here, sirens=frozenset(kept))):
        sites[site.siren].append(site)
    number = 0
    for siren in sorted(sites):
        for site in sorted(sites[siren], key=lambda one: (not one.is_head, one.siret)):
            number += 1
            yield _kept(number, _registered(kept[siren], site))


def import_enterprises(
    *,
    pole: Pole,
    lines: Iterable[Outcome],
    source: str,
    by: Account | None,
    on: date,
    at: datetime,
    write: bool,
    progress: Progress,
) -> Report:
    """Say what the lines would do to the directory and, when ``write``, do it, in one transaction or not at all."""
    with transaction.atomic():
        Pole.objects.select_for_update(no_key=True).get(pk=pole.pk)
        planner = OrganisationPlanner(
            pole=pole,
            source=source,
            gazetteer=database_gazetteer(),
            default_family=ActorFamily.BUSINESS,
            same={},
        )
        plan: Plan = planner.plan(lines)
        if write:
            planner.write(plan, by=by, on=on, at=at, progress=progress)
    report = read_report(report_of(plan, ()))
    if report is None:
        raise LookupError("a plan always has a report")
    return report


def _kept(number: int, values: dict[str, Any]) -> Outcome:
    told = {name: value for name, value in values.items() if value not in (None, "")}
    faults: tuple[Fault, ...] = ()
    if not told.get("name"):
        faults = (
            Fault(
                number,
                "Nom",
                str(told.get("siren", "")),
                "Le registre ne donne pas le nom de cette structure.",
            ),
        )
    return Outcome(TypedRow(number, told), faults)


def _searched(row: EnterpriseRow) -> dict[str, Any]:
    form = legal_form_of(row.legal_category)
    inclusion = row.inclusion_types[0] if row.inclusion_types else ""
    head = row.head
    return _common(row.siren, row.name, row.short_name, form, row.is_social_economy, inclusion) | {
        "rna": row.rna,
        "naf": row.naf,
        "naf_version": row.naf_version,
        "staff_band": row.staff_band,
        "siret": head.siret if head else None,
        "address": head.address if head else None,
        "municipality_code": head.municipality_code if head else None,
        "latitude": head.latitude if head else None,
        "longitude": head.longitude if head else None,
    }


def _registered(unit: LegalUnitRow, site: EstablishmentRow) -> dict[str, Any]:
    form = legal_form_of(unit.legal_category)
    return _common(unit.siren, unit.name, unit.short_name, form, unit.social_economy, "") | {
        "rna": unit.rna,
        "naf": unit.naf,
        "naf_version": unit.naf_version,
        "staff_band": unit.staff_band,
        "siret": site.siret,
        "address": " ".join(part for part in (site.address, site.postcode) if part),
        "municipality_code": site.municipality_code,
    }


def _common(
    siren: str, name: str, short_name: str, form: str, is_social: bool | None, inclusion: str
) -> dict[str, Any]:
    social = bool(is_social or inclusion or form in _SOCIAL_FORMS)
    family = (
        ActorFamily.AUTHORITY
        if form in _AUTHORITIES
        else ActorFamily.SOCIAL
        if social
        else ActorFamily.BUSINESS
    )
    ground = SocialEconomyGround.BY_FORM if form in _SOCIAL_FORMS else SocialEconomyGround.DECLARED
    return {
        "external_id": siren,
        "siren": siren,
        "name": name[:200],
        "short_name": short_name[:50],
        "legal_form": form,
        "family": family.value,
        "ess_ground": ground.value if family is ActorFamily.SOCIAL else None,
        "inclusion_type": inclusion,
    }
