"""Writes the needs, the offers, the flows, who shares them, and the leads already set aside."""

from datetime import date

from maillage.domain.actors.models import Account, Person
from maillage.domain.exchanges.drafts import EvidenceDraft, IntentDraft
from maillage.domain.exchanges.models import Intent
from maillage.domain.exchanges.operations import cover, note_intent, support
from maillage.domain.matching.models import Decision
from maillage.domain.matching.operations import set_lead_aside
from maillage.importers.demonstration.loaded import Loaded
from maillage.importers.demonstration.schema import SOURCE, IntentRow


def load_intents(loaded: Loaded) -> None:
    """Note the intents that are missing, as said on their own day."""
    known = Intent.objects.filter(pole=loaded.pole, source=SOURCE)
    loaded.intents.update({one.source_id: one for one in known})
    people = {str(person): person for person in _people(loaded)}
    for row in loaded.rows.intents:
        if row.key not in loaded.intents:
            loaded.intents[row.key] = note_intent(
                data=_draft(loaded, row, people),
                by=loaded.facilitator,
                on=loaded.day(row.said.days),
                at=loaded.moment(row.said.days),
            )
            loaded.created["intents"] += 1
            _supports(loaded, row)
            if row.answered is not None:
                cover(
                    intent=loaded.intents[row.key],
                    by=loaded.facilitator,
                    at=loaded.moment(row.answered.days),
                    reason=row.answered.reason,
                )


def _people(loaded: Loaded) -> list[Person]:
    emails = [row.email for row in loaded.rows.people]
    return list(Person.objects.filter(email__in=emails).order_by("pk"))


def _draft(loaded: Loaded, row: IntentRow, people: dict[str, Person]) -> IntentDraft:
    author = loaded.organisations[row.author]
    elsewhere = loaded.municipalities[row.commune] if row.commune else None
    return IntentDraft(
        kind=row.kind,
        pole=loaded.pole,
        author=author,
        title=row.title,
        words=row.words,
        site=None if elsewhere else author.sites.first(),
        municipality=elsewhere or loaded.municipalities[loaded.rows.commune_of[row.author]],
        resource_type=loaded.types[row.type_code],
        quantity=row.quantity,
        minimum=row.minimum,
        unit=row.unit,
        period=row.period,
        available_from=_ahead(loaded, row.from_days),
        available_until=_ahead(loaded, row.until_days),
        weekly=row.week,
        seasonality=row.months,
        reach_km=row.reach_km,
        price_kind=row.price_kind,
        price=row.price,
        conditions=row.conditions,
        qualities=row.qualities,
        holds=tuple(loaded.authorisations[code] for code in row.holds),
        requires=tuple(loaded.authorisations[code] for code in row.requires),
        visibility=row.visibility,
        source=SOURCE,
        source_id=row.key,
        evidence=_evidence(row, people),
    )


def _ahead(loaded: Loaded, days: int | None) -> date | None:
    return None if days is None else loaded.day(-days)


def _evidence(row: IntentRow, people: dict[str, Person]) -> EvidenceDraft:
    return EvidenceDraft(
        said_by=row.said.by,
        person=people.get(row.said.by.partition(",")[0]),
        channel=row.said.how,
        place=row.said.place,
        people_concerned=row.said.people,
    )


def _supports(loaded: Loaded, row: IntentRow) -> None:
    for one in row.supports:
        support(
            intent=loaded.intents[row.key],
            organisation=loaded.organisations[one.organisation],
            on=loaded.day(max(row.said.days - 1, 0)),
            people_concerned=one.people,
            note=one.note,
        )
        loaded.created["supports"] += 1


def load_decisions(loaded: Loaded) -> None:
    """Set aside the leads that the facilitators already set aside."""
    known = set(Decision.objects.filter(pole=loaded.pole).values_list("need_id", "offer_id"))
    emails = {person.key: person.email for person in loaded.rows.people}
    for row in loaded.rows.decisions:
        need, offer = loaded.intents[row.need], loaded.intents[row.offer]
        if (need.pk, offer.pk) not in known:
            by: Account | None = loaded.account_of.get(emails[row.by])
            set_lead_aside(
                pole=loaded.pole,
                need=need,
                offer=offer,
                reason=row.reason,
                words=row.words,
                by=by,
                at=loaded.moment(row.days),
            )
            loaded.created["decisions"] += 1
