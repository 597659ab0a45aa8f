"""What the words say besides the thing: how much, how often, until when, which days. Each becomes a chip."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from maillage.core.errors import UserMistake
from maillage.core.french import fold, number
from maillage.core.periods import DAYS, MONTHS, Period, Slot, describe_week, week_mask
from maillage.core.quantities import Dimension, units
from maillage.domain.exchanges.describe import amount, dates_sentence, quantity_sentence
from maillage.importers.cells import quantities
from maillage.importers.cells.dates import month_named
from maillage.importers.cells.weekly import weekly

LONGEST = 3_000
_TENS = {
    "dizaine": 10,
    "douzaine": 12,
    "quinzaine": 15,
    "vingtaine": 20,
    "trentaine": 30,
    "quarantaine": 40,
    "cinquantaine": 50,
    "soixantaine": 60,
    "centaine": 100,
}
_SPELLED = {
    "deux": 2,
    "trois": 3,
    "quatre": 4,
    "cinq": 5,
    "six": 6,
    "sept": 7,
    "huit": 8,
    "neuf": 9,
    "dix": 10,
    "douze": 12,
    "quinze": 15,
    "vingt": 20,
    "trente": 30,
    "quarante": 40,
    "cinquante": 50,
    "cent": 100,
}
_ROUGHLY = re.compile(rf"\b(?:une|la)\s+({'|'.join(_TENS)})\s+(?:de\s+|d[’'])", re.IGNORECASE)
_IN_LETTERS = re.compile(rf"\b({'|'.join(_SPELLED)})\b(?=\s+[a-zà-ÿ])", re.IGNORECASE)
_START = re.compile(r"(?<![\w,.’'-])\d+(?:[\s\u00a0\u202f]\d{3}(?!\d))*(?:[.,]\d+)?(?=\s*[a-zà-ÿA-ZÀ-Ÿ€²³])")
_STOP = re.compile(r"[;:!?()\n]|\.(?!\d)|,(?!\d)")
_MOST_WORDS = 7
_NOT_A_THING = frozenset(  # what follows a number without being counted by it
    {
        "h",
        "heure",
        "heures",
        "min",
        "minute",
        "minutes",
        "an",
        "ans",
        "annee",
        "annees",
        "mois",
        "semaine",
        "semaines",
        "jour",
        "jours",
        "km",
        "kilometre",
        "kilometres",
        "rue",
        "avenue",
        "boulevard",
        "place",
        "bis",
        "ter",
        "er",
        "eme",
        "e",
        "fois",
        "premier",
        "premiere",
        "trimestre",
        "trimestres",
        "pour",
        "cent",
        "degre",
        "degres",
        "matin",
        "matins",
        "soir",
        "soirs",
        "midi",
        "et",
        "ou",
        "a",
        "de",
        "du",
        "des",
        "en",
        "le",
        "la",
        "les",
        "par",
        "sur",
        "sous",
        "avec",
    }
) | {fold(name) for name in (*MONTHS, *DAYS)}
_PERIOD = re.compile(
    r"\b(?:par|chaque|tous les|toutes les)\s+(jours?|semaines?|mois|trimestres?|ans?|années?)\b",
    re.IGNORECASE,
)
_MONTH = r"(?:janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[ûu]t|septembre|octobre|novembre|d[ée]cembre)"
_DAY_OF = (
    r"(?:(?P<{0}d>\d{{1,2}})(?:er)?\s+)?(?:(?P<{0}fin>fin)\s+|(?:le mois de|mi-)\s*)?"
    rf"(?P<{{0}}m>{_MONTH})(?:\s+(?P<{{0}}y>20\d\d))?"
)
_DATES = re.compile(
    r"\b(?:(?P<until>avant|jusqu[’']?\s?(?:au?|en|à)|d[’']ici(?:\s+(?:au?|à))?|au plus tard(?:\s+(?:le|en))?)"
    r"|(?P<from>à partir (?:du|de)|à compter (?:du|de)|dès|après))"
    rf"\s+(?:la\s+)?(?:le\s+|l[’'])?{_DAY_OF.format('a')}",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    rf"\b(?:du|de|d[’']|entre(?:\s+le)?)\s*{_DAY_OF.format('a').replace(_MONTH + ')', _MONTH + ')?', 1)}"
    rf"\s*\b(?:au|à|et(?:\s+le)?)\s+{_DAY_OF.format('b')}",
    re.IGNORECASE,
)
_DAYNAME = "(?:" + "|".join(f"{name}s?" for name in DAYS) + r"|week-?ends?)"
_MOMENT = r"(?:matin(?:ée)?s?|après-midi|midi|soirs?|soirée|journée)"
_HOURS = r"(?:(?:de|entre)\s+)?\d{1,2}\s*h(?:\d\d)?\s*(?:à|et|-|–)\s*\d{1,2}\s*h(?:\d\d)?"
_WEEK = re.compile(
    rf"\b(?:(?:le|les|du|chaque|tous les)\s+)?{_DAYNAME}"
    rf"(?:\s*(?:,|et|ou|au|-)?\s*(?:(?:le|les)\s+)?(?:{_DAYNAME}|{_MOMENT}|{_HOURS}))*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Amount:
    """How much was said; ``noun`` is the word used when it is no unit (« 40 ordinateurs »)."""

    value: Decimal
    unit: str
    period: Period
    noun: str = ""

    @property
    def words(self) -> str:
        """As a chip says it."""
        if self.noun:
            often = (
                ""
                if self.period is Period.ONCE
                else quantity_sentence(quantity=self.value, unit=self.unit, period=self.period).removeprefix(
                    amount(value=self.value, unit=self.unit)
                )
            )
            return f"{number(self.value)} {self.noun}{often}"
        if self.period is Period.ONCE:
            return amount(value=self.value, unit=self.unit)
        return quantity_sentence(quantity=self.value, unit=self.unit, period=self.period)


@dataclass(frozen=True, slots=True)
class Understood:
    """Everything that was understood of the words; None where nothing was said clearly."""

    amount: Amount | None = None
    start: date | None = None
    end: date | None = None
    week: tuple[Slot, ...] = ()

    @property
    def dates_words(self) -> str:
        """The dates, as a chip says them."""
        return dates_sentence(start=self.start, end=self.end)

    @property
    def week_words(self) -> str:
        """The days and hours, as a chip says them."""
        return describe_week(self.week) if self.week else ""


def understood(text: str, *, on: date, dimension: str = "") -> Understood:
    """Read the words of a need or an offer; ``dimension`` is that of its type, and a quantity of another is no
    guess worth making. A day without a year is the next one to come after ``on``.
    """
    text = text[:LONGEST]
    start, end = _dates(text, on)
    return Understood(amount=_amount(text, dimension), start=start, end=end, week=_week(text))


# --- how much ---------------------------------------------------------------------------------------------


def _amount(text: str, dimension: str) -> Amount | None:
    text = _ROUGHLY.sub(lambda found: f"{_TENS[found[1].lower()]} ", text)
    text = _IN_LETTERS.sub(lambda found: str(_SPELLED[found[1].lower()]), text)
    for found in _START.finditer(text):
        said = _measured(text[found.start() :]) or _counted(text, found)
        if said is not None and dimension in {"", units()[said.unit].dimension.value}:
            return said
    return None


def _measured(text: str) -> Amount | None:
    """Read « 12 t par an » at the beginning of ``text``: the longest beginning that is a quantity with its unit."""
    words = _STOP.split(text, maxsplit=1)[0].split()[:_MOST_WORDS]
    for count in range(len(words), 0, -1):
        try:
            said = quantities.quantity(" ".join(words[:count]))
        except UserMistake:
            continue
        if said.unit is None or said.weekly is not None or units()[said.unit].dimension is Dimension.DISTANCE:
            continue
        if units()[said.unit].code in {"h", "min"} and re.match(r"\d+\s*h\d*\b", text):
            return None  # an hour of the day
        return Amount(said.value, said.unit, said.period or _period(text))
    return None


def _counted(text: str, found: re.Match[str]) -> Amount | None:
    """Read « 40 ordinateurs »: a number and the name of things, counted by the unit."""
    after = re.match(r"\s*([a-zà-ÿ-]{3,})", text[found.end() :], re.IGNORECASE)
    if after is None or fold(after[1]) in _NOT_A_THING or not fold(after[1]).endswith(("s", "x")):
        return None
    try:
        value = quantities.quantity(found.group()).value
    except UserMistake:
        return None
    rest = _STOP.split(text[found.start() :], maxsplit=1)[0]
    return Amount(value, "u", _period(rest), after[1].lower())


def _period(text: str) -> Period:
    found = _PERIOD.search(_STOP.split(text, maxsplit=1)[0])
    if found is None:
        return Period.ONCE
    word = fold(found[1])
    for start, period in (
        ("jour", Period.DAY),
        ("semaine", Period.WEEK),
        ("mois", Period.MONTH),
        ("trimestre", Period.QUARTER),
        ("an", Period.YEAR),
    ):
        if word.startswith(start):
            return period
    return Period.ONCE


# --- when -------------------------------------------------------------------------------------------------


def _dates(text: str, on: date) -> tuple[date | None, date | None]:
    both = _BETWEEN.search(text)
    if both is not None:
        end = _day(both, "b", on, at_end=True)
        if end is not None:
            month = both["am"] or both["bm"]
            start = _built(both["ad"], month, both["ay"] or both["by"], on, at_end=False)
            if start is not None and start > end:
                start = _built(both["ad"], month, str(end.year), on, at_end=False)
            if start is not None and start <= end:
                return start, end
    first: date | None = None
    last: date | None = None
    for found in _DATES.finditer(text):
        if found["until"]:
            is_before = fold(found["until"]).startswith("avant")
            last = last or _until(found, on, is_before=is_before)
        else:
            first = first or _day(found, "a", on, at_end=False)
    return (first, last) if first is None or last is None or first <= last else (first, None)


def _until(found: re.Match[str], on: date, *, is_before: bool) -> date | None:
    """« Avant juin » ends on the eve of June; « jusqu’en juin » takes the month, « avant le 18 » the day."""
    if is_before and not found["ad"] and not found["afin"]:
        first = _day(found, "a", on, at_end=False)
        return first - timedelta(days=1) if first else None
    return _day(found, "a", on, at_end=True)


def _day(found: re.Match[str], which: str, on: date, *, at_end: bool) -> date | None:
    return _built(
        found[f"{which}d"],
        found[f"{which}m"],
        found[f"{which}y"],
        on,
        at_end=at_end or bool(found[f"{which}fin"]),
    )


def _built(day: str | None, month: str | None, year: str | None, on: date, *, at_end: bool) -> date | None:
    number_of_month = month_named(month) if month else None
    if number_of_month is None:
        return None
    for tried in [int(year)] if year else [on.year, on.year + 1]:
        try:
            built = (
                date(tried, number_of_month, int(day))
                if day
                else _edge(tried, number_of_month, at_end=at_end)
            )
        except ValueError:
            return None
        if year or built >= on or (not at_end and not day and built.month == on.month):
            return built
    return None


def _edge(year: int, month: int, *, at_end: bool) -> date:
    if not at_end:
        return date(year, month, 1)
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _week(text: str) -> tuple[Slot, ...]:
    for fragment in _fragments(text):
        try:
            return weekly(fragment).value
        except UserMistake:
            continue
    return ()


def _fragments(text: str) -> Iterator[str]:
    for found in _WEEK.finditer(text):
        after = text[found.end() :].lstrip()[:2]
        if re.match(r"\d{1,2}\b", after):
            continue  # « mardi 12 mai » is one day, not every week
        yield found.group()


def hours_text(slots: Sequence[Slot]) -> str:
    """Write slots as one would type them, so that reading the text gives the same week."""
    if not slots:
        return ""
    short = describe_week(slots)
    if _same_week(short, slots):
        return short
    return ", ".join(f"{DAYS[one['day']]} de {one['from_hour']} h à {one['to_hour']} h" for one in slots)


def _same_week(text: str, slots: Sequence[Slot]) -> bool:
    try:
        return week_mask(weekly(text).value) == week_mask(slots)
    except UserMistake:
        return False
