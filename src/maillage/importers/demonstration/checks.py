"""The cross checks of the demonstration: what one line says of another, of the catalogue, of the territory."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from maillage.core.quantities import units
from maillage.domain.catalogue.files import CatalogueFiles
from maillage.importers.demonstration.faults import Fault
from maillage.importers.demonstration.schema import Demonstration, IntentRow


@dataclass(frozen=True, slots=True)
class _Subject:
    """The rows with what they are checked against."""

    rows: Demonstration
    catalogue: CatalogueFiles
    communes: frozenset[str]
    organisations: frozenset[str]
    needs: frozenset[str]
    offers: frozenset[str]


def faults_of(rows: Demonstration, *, catalogue: CatalogueFiles, communes: frozenset[str]) -> Iterator[Fault]:
    """Yield every fault of the rows."""
    subject = _Subject(
        rows=rows,
        catalogue=catalogue,
        communes=communes,
        organisations=frozenset(row.key for row in rows.organisations),
        needs=frozenset(row.key for row in rows.intents if row.kind == "need"),
        offers=frozenset(row.key for row in rows.intents if row.kind == "offer"),
    )
    for check in _CHECKS:
        yield from check(subject)


def _unique(subject: _Subject) -> Iterator[Fault]:
    rows = subject.rows
    yield from _repeated("organisations", (row.key for row in rows.organisations))
    yield from _repeated("organisations", (row.name for row in rows.organisations))
    yield from _repeated("people.yaml", (row.key for row in rows.people))
    yield from _repeated("people.yaml", (row.email for row in rows.people))
    yield from _repeated("memberships.yaml", (row.organisation for row in rows.memberships))
    yield from _repeated("intents", (row.key for row in rows.intents))
    ledger = rows.ledger
    promises = (one.key for row in ledger.agreements for one in row.commitments)
    yield from _repeated("ledger.yaml", promises)
    yield from _repeated("ledger.yaml", (row.key for row in ledger.agreements))
    yield from _repeated("ledger.yaml", (row.key for row in ledger.events))


def _repeated(file: str, values: Iterable[str]) -> Iterator[Fault]:
    seen: set[str] = set()
    for value in values:
        if value in seen:
            yield Fault(file, value, "Cette ligne est écrite deux fois.")
        seen.add(value)


def _places(subject: _Subject) -> Iterator[Fault]:
    rows = subject.rows
    named = [(row.file, row.key, row.commune) for row in rows.organisations]
    named += [(row.file, row.key, row.commune) for row in rows.intents if row.commune]
    named += [("positions.csv", code, code) for code in rows.positions]
    for file, key, commune in named:
        if commune not in subject.communes:
            yield Fault(file, key, f"La commune « {commune} » n’est pas dans le territoire du pôle.")


def _actors(subject: _Subject) -> Iterator[Fault]:
    rows = subject.rows
    known = subject.organisations
    colleges = {row.key for row in rows.pole.colleges}
    if sum(row.weight for row in rows.pole.colleges) != 100:
        yield Fault("pole.yaml", "colleges", "Les poids des collèges font 100.")
    yield from _named("pole.yaml", "sponsor", [rows.pole.sponsor], known)
    yield from _named("pole.yaml", "partners", (row.organisation for row in rows.pole.partners), known)
    for person in rows.people:
        yield from _named(person.file, person.key, (one.organisation for one in person.mandates), known)
        if not person.email.endswith("@example.org"):
            yield Fault(person.file, person.key, "Un courriel de démonstration finit par @example.org.")
        if person.account and person.account not in _ACCOUNTS:
            yield Fault(person.file, person.key, f"Aucun compte n’est prévu pour « {person.account} ».")
    for row in rows.memberships:
        yield from _named("memberships.yaml", row.organisation, [row.organisation], known)
        if row.college not in colleges:
            yield Fault("memberships.yaml", row.organisation, f"Le collège « {row.college} » n’existe pas.")


_ACCOUNTS = {"member", "board", "authority_agent", "facilitator", "network", "administrator"}


def _named(file: str, key: str, names: Iterable[str], known: frozenset[str]) -> Iterator[Fault]:
    for name in names:
        if name not in known:
            yield Fault(file, key, f"« {name} » n’est pas dans les fichiers.")


def _intents(subject: _Subject) -> Iterator[Fault]:
    for row in subject.rows.intents:
        if row.kind not in {"need", "offer"}:
            yield Fault(row.file, row.key, f"« {row.kind} » n’est ni need ni offer.")
        yield from _named(row.file, row.key, [row.author], subject.organisations)
        yield from _named(
            row.file, row.key, (one.organisation for one in row.supports), subject.organisations
        )
        yield from _type(subject, row)
        for code in (*row.holds, *row.requires):
            if code not in {one.code for one in subject.catalogue.authorisations}:
                yield Fault(row.file, row.key, f"L’autorisation « {code} » n’est pas au catalogue.")
        if row.minimum is not None and row.quantity is not None and row.minimum > row.quantity:
            yield Fault(row.file, row.key, "Le minimum dépasse la quantité.")


def _type(subject: _Subject, row: IntentRow) -> Iterator[Fault]:
    known = subject.catalogue.by_code.get(row.type_code)
    if known is None:
        yield Fault(row.file, row.key, f"Le type « {row.type_code} » n’est pas au catalogue.")
        return
    if row.unit and units()[row.unit].dimension != known.dimension:
        yield Fault(row.file, row.key, f"« {known.label} » se compte en {known.unit}, pas en {row.unit}.")
    if row.flow is None:
        return
    if known.kind != "material":
        yield Fault(row.file, row.key, f"« {known.label} » n’est pas une matière.")
    if row.flow.waste_code and row.flow.waste_code != known.waste_code:
        yield Fault(row.file, row.key, f"Le code déchet de « {known.label} » est {known.waste_code}.")
    if row.flow.seeks and row.flow.seeks not in {
        link.offer for link in subject.catalogue.links if link.need == row.type_code
    }:
        yield Fault(
            row.file, row.key, f"Le catalogue ne dit pas que « {row.flow.seeks} » prend cette matière."
        )


def _ledger(subject: _Subject) -> Iterator[Fault]:
    ledger = subject.rows.ledger
    promises = [one for row in ledger.agreements for one in row.commitments]
    keys = frozenset(one.key for one in promises)
    for resource in ledger.resources:
        yield from _named("ledger.yaml", resource.key, [resource.owner], subject.organisations)
    for process in ledger.processes:
        yield from _named("ledger.yaml", process.key, [process.lead], subject.organisations)
        yield from _named("ledger.yaml", process.key, process.needs, subject.needs)
    for agreement in ledger.agreements:
        yield from _named("ledger.yaml", agreement.key, agreement.parties, subject.organisations)
        needs = [agreement.need] if agreement.need else []
        yield from _named("ledger.yaml", agreement.key, needs, subject.needs)
        for one in agreement.commitments:
            sides = frozenset(agreement.parties)
            yield from _named("ledger.yaml", one.key, [one.provider, one.receiver], sides)
    for event in ledger.events:
        if event.of:
            yield from _named("ledger.yaml", event.key, [event.of], keys)
        else:
            yield from _named(
                "ledger.yaml", event.key, [event.provider, event.receiver], subject.organisations
            )
    yield from _measures(subject)


def _measures(subject: _Subject) -> Iterator[Fault]:
    ledger = subject.rows.ledger
    promises = {one.key: one for row in ledger.agreements for one in row.commitments}
    counted = [(one.key, one.type_code, one.unit) for one in promises.values()]
    counted += [(row.key, row.type_code, row.unit) for row in ledger.resources]
    counted += [
        (row.key, promises[row.of].type_code if row.of in promises else row.type_code, row.unit)
        for row in ledger.events
    ]
    for key, code, unit in counted:
        known = subject.catalogue.by_code.get(code)
        if known is None:
            yield Fault("ledger.yaml", key, f"Le type « {code} » n’est pas au catalogue.")
        elif units()[unit].dimension != known.dimension:
            yield Fault("ledger.yaml", key, f"« {known.label} » se compte en {known.unit}, pas en {unit}.")


def _pairs(subject: _Subject) -> Iterator[Fault]:
    rows = subject.rows
    named = [("expected.yaml", pair.need, pair.offer) for pair in rows.expected.pairs]
    named += [("decisions.yaml", decision.need, decision.offer) for decision in rows.decisions]
    for file, need, offer in named:
        yield from _named(file, f"{need} – {offer}", [need], subject.needs)
        yield from _named(file, f"{need} – {offer}", [offer], subject.offers)
    for need, offers in rows.expected.together.items():
        yield from _named("expected.yaml", need, [need], subject.needs)
        yield from _named("expected.yaml", need, offers, subject.offers)
    yield from _named("expected.yaml", "unanswered", rows.expected.unanswered, subject.needs)
    people = frozenset(person.key for person in rows.people)
    for decision in rows.decisions:
        yield from _named("decisions.yaml", decision.need, [decision.by], people)


_CHECKS: tuple[Callable[[_Subject], Iterator[Fault]], ...] = (
    _unique,
    _places,
    _actors,
    _intents,
    _ledger,
    _pairs,
)
