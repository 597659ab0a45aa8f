"""From the form to the room: who, where, what and the details become a draft, every mistake named at once."""

from dataclasses import dataclass, replace
from datetime import date

from maillage.core.errors import UserMistakes
from maillage.core.quantities import Dimension, unit_named, units
from maillage.domain.actors.models import Organisation, Pole
from maillage.domain.actors.viewer import Viewer
from maillage.domain.exchanges.checks import check_draft
from maillage.domain.exchanges.drafts import EvidenceDraft, IntentDraft
from maillage.domain.exchanges.enums import EvidenceChannel, IntentKind
from maillage.domain.exchanges.models import Intent
from maillage.domain.exchanges.queries import choices
from maillage.interfaces.web.exchanges.forms import IntentForm
from maillage.interfaces.web.exchanges.kinds import Kind, kind_of
from maillage.interfaces.web.exchanges.professions import chosen_profession, with_profession
from maillage.interfaces.web.exchanges.reading import Details, Reader, read_details, title_of
from maillage.interfaces.web.exchanges.understanding import Understood, understood
from maillage.interfaces.web.exchanges.where import Repair, Where, where_of
from maillage.interfaces.web.exchanges.who import Who, who_of

NOTHING_SAID = {
    IntentKind.NEED.value: "Dites en quelques mots ce qui manque.",
    IntentKind.OFFER.value: "Dites en quelques mots ce que vous proposez.",
}
_FIELD_OF = {
    "kind": "words",
    "weekly": "hours",
    "seasonality": "months",
    "site": "municipality",
    "latitude": "municipality",
    "longitude": "municipality",
    "said_on": "evidence_on",
    "confirmed_on": "evidence_on",
    "evidence_words": "said_by",
}
SUBJECTS = ("amount", "dates", "week")


@dataclass(slots=True)
class Drafted:
    """A form read whole; ``draft`` is None when there are mistakes."""

    who: Who
    where: Where
    kind: Kind
    said: Understood
    used: Understood
    mistakes: dict[str, str]
    repairs: dict[str, tuple[Repair, ...]]
    draft: IntentDraft | None = None


def said_of(form: IntentForm, *, kind: Kind, on: date) -> tuple[Understood, Understood]:
    """Return what the words say, and the part of it that was not refused by unticking its chip."""
    dimension = kind.chosen.dimension if kind.chosen else ""
    said = understood(form.text("words"), on=on, dimension=dimension)
    refused = set(form.several("shown")) - set(form.several("keep"))
    used = Understood(
        amount=None if "amount" in refused else said.amount,
        start=None if "dates" in refused else said.start,
        end=None if "dates" in refused else said.end,
        week=() if "week" in refused else said.week,
    )
    return said, used


def drafted(
    form: IntentForm, *, viewer: Viewer, pole: Pole, on: date, intent: Intent | None = None
) -> Drafted:
    """Read a form; ``intent`` is the one being changed: what it says is then taken as typed, nothing is guessed."""
    words = form.text("words")
    where = where_of(form, pole=pole)
    who = who_of(form, viewer=viewer, pole=pole, where=where.municipality)
    kind = kind_of(form, text=words, guesses=intent is None)
    said, used = said_of(form, kind=kind, on=on) if intent is None else (Understood(), Understood())
    reader = Reader(form)
    if not words:
        reader.mistakes["words"] = NOTHING_SAID[form.kind]
    for name, found in (("author", who), ("municipality", where), ("other_type", kind)):
        if found.mistake:
            reader.mistakes[name] = found.mistake
    weights = {str(at): weight for at, weight in enumerate(intent.seasonality)} if intent else None
    details = read_details(reader, said=used, kept=weights)
    data = _draft(form, who, where, kind, details, viewer=viewer, pole=pole, intent=intent)
    _check(form, data, reader, intent, on=on)
    repairs = {"municipality": where.repairs, "other_type": kind.repairs} | _unit_repairs(
        reader, kind, details
    )
    result = Drafted(who, where, kind, said, used, reader.mistakes, repairs)
    if not reader.mistakes:
        result.draft = data
    return result


def _draft(
    form: IntentForm,
    who: Who,
    where: Where,
    kind: Kind,
    details: Details,
    *,
    viewer: Viewer,
    pole: Pole,
    intent: Intent | None,
) -> IntentDraft:
    words, title = form.text("words"), form.text("title")
    author = who.organisation or Organisation(name=who.text or "…")
    seat = choices.seat_of(author) if who.organisation and not where.text else None
    shown = {
        one.code: one for one in choices.authorisations([*form.several("requires"), *form.several("holds")])
    }
    evidence = details.evidence
    if evidence is None and intent is None:
        usual = EvidenceChannel.OTHER if viewer.runs(pole.pk) else EvidenceChannel.FORM
        said = form.text("channel")
        evidence = EvidenceDraft(channel=said if said in EvidenceChannel.values else usual.value)
    moved = intent is not None and intent.municipality_id != (where.municipality and where.municipality.code)
    return IntentDraft(
        kind=form.kind,
        pole=pole,
        author=author,
        title=title or title_of(words),
        words="" if words == (title or title_of(words)) else words,
        site=intent.site if intent and not moved and intent.author_id == author.pk else None,
        municipality=where.municipality or seat,
        latitude=intent.latitude if intent and not moved else None,
        longitude=intent.longitude if intent and not moved else None,
        resource_type=kind.chosen,
        quantity=details.quantity,
        minimum=details.minimum,
        unit=details.unit if details.quantity is not None else "",
        period=details.period,
        available_from=details.start,
        available_until=details.end,
        weekly=details.week,
        seasonality=details.seasonality,
        reach_km=details.reach_km,
        price_kind=details.price_kind,
        price=details.price,
        conditions=form.text("conditions"),
        qualities=with_profession(details.qualities, chosen_profession(form, kind)),
        holds=tuple(shown[code] for code in form.several("holds") if code in shown),
        requires=tuple(shown[code] for code in form.several("requires") if code in shown),
        visibility=details.visibility,
        evidence=evidence,
    )


def _check(form: IntentForm, data: IntentDraft, reader: Reader, intent: Intent | None, *, on: date) -> None:
    """Add what the room would refuse, so that every mistake shows at once."""
    same = (
        intent is not None
        and data.resource_type is not None
        and (data.resource_type.pk == intent.resource_type_id)
    )
    try:
        check_draft(data if data.title else replace(data, title="…"), on=on, retired_allowed=same)
    except UserMistakes as found:
        for name, sentence in found.by_field.items():
            shown = _FIELD_OF.get(name, name)
            if shown == "title" and not form.text("title"):
                shown = "words"
            reader.mistakes.setdefault(shown if shown in form.fields else "words", sentence)


def _unit_repairs(reader: Reader, kind: Kind, details: Details) -> dict[str, tuple[Repair, ...]]:
    """Propose the units of the type under an unknown or a wrong unit."""
    if "unit" not in reader.mistakes:
        return {}
    if kind.chosen is None:
        codes = ["kg", "t", "m2", "h", "u", "place"]
    else:
        usual, dimension = kind.chosen.unit, Dimension(kind.chosen.dimension)
        codes = [usual, *(unit.code for unit in units().values() if unit.dimension is dimension)]
    named = [unit_named(code) for code in dict.fromkeys(codes) if code in units()][:6]
    return {"unit": tuple(Repair(one.code, one.symbol or one.plural) for one in named)}
