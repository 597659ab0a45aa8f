"""Numbers, amounts, days and months as French readers expect them."""

from datetime import date, timedelta

from maillage_engine.problem.dimensions import BASE_UNITS

NBSP = "\u00a0"
EPOCH = date(1970, 1, 1)
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
DIMENSION_WORDS = {
    "mass": "une masse",
    "volume": "un volume",
    "area": "une surface",
    "energy": "une énergie",
    "time": "du temps de travail",
    "count": "un nombre",
    "money": "une somme d’argent",
    "distance": "une distance",
    "area_time": "une surface sur une durée",
    "use_time": "une durée d’utilisation",
}
KILOGRAMMES_IN_TONNE = 1000


def number_fr(value: float, digits: int = 1) -> str:
    """Write 1234.5 as « 1 234,5 »: decimal comma, thousands parted, no useless zero."""
    text = f"{value:,.{digits}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(",", NBSP).replace(".", ",")


def counted_fr(count: int, one: str, many: str) -> str:
    """Write a count and its words: « 1 acteur », « 2 acteurs »; 0 and 1 are singular."""
    return f"{number_fr(count, 0)}{NBSP}{one if count < 2 else many}"


def apart_fr(one: float, other: float) -> tuple[str, str]:
    """Write two different numbers with as few decimals as keep them different, 3 at most."""
    for digits in range(4):
        words = number_fr(one, digits), number_fr(other, digits)
        if words[0] != words[1]:
            break
    return words


def amount_fr(value: float, dimension: str) -> str:
    """Write a quantity in base units with its unit: 8000 of mass is « 8 t »."""
    unit = BASE_UNITS[dimension]
    if dimension == "mass" and value >= KILOGRAMMES_IN_TONNE:
        value, unit = value / KILOGRAMMES_IN_TONNE, "t"
    digits = 0 if value >= 100 else 2
    return f"{number_fr(value, digits)}{NBSP}{unit}" if unit else number_fr(value, digits)


def kilometres_fr(metres: int) -> str:
    """Write a distance: tenths under 10 km, whole kilometres above."""
    return f"{number_fr(metres / 1000, 1 if metres < 9_950 else 0)}{NBSP}km"


def day_fr(day: int) -> str:
    """Write days since 1970-01-01 as « 1er mai 2026 »; a day outside the calendar's years as « une date lointaine »."""
    try:
        when = EPOCH + timedelta(days=day)
    except OverflowError:
        return "une date lointaine"
    number = "1er" if when.day == 1 else str(when.day)
    return f"{number}{NBSP}{MONTHS[when.month - 1]}{NBSP}{when.year}"


def list_fr(words: list[str]) -> str:
    """Join words: « a, b et c »."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} et {words[-1]}"


def weekdays_fr(days: list[int]) -> str:
    """Write days of the week, Monday 0: « le mardi », « du lundi au vendredi », « le mardi et le jeudi »."""
    if len(days) == len(DAYS):
        return "tous les jours"
    if len(days) > 2 and days == list(range(days[0], days[-1] + 1)):
        return f"du {DAYS[days[0]]} au {DAYS[days[-1]]}"
    return list_fr([f"le {DAYS[day]}" for day in days])


def months_fr(months: list[int]) -> str:
    """Write months, January 0: « en mai », « d’avril à octobre », across the new year « de novembre à mars »."""
    starts = [month for month in months if (month - 1) % 12 not in months]
    if len(months) > 2 and len(starts) == 1:
        first, last = starts[0], (starts[0] + len(months) - 1) % 12
        return f"{_from(MONTHS[first])} à {MONTHS[last]}"
    return list_fr([f"en {MONTHS[month]}" for month in months])


def age_fr(days: int) -> str:
    """Write an age: « aujourd’hui », « il y a 12 jours », « il y a 14 mois »."""
    if days == 0:
        return "aujourd’hui"
    if days == 1:
        return "hier"
    if days < 61:
        return f"il y a {days}{NBSP}jours"
    months = round(days / 30.4375)
    return f"il y a {months}{NBSP}mois" if months < 24 else f"il y a {months // 12}{NBSP}ans"


def _from(month: str) -> str:
    return f"d’{month}" if month[0] in "aeiouéo" else f"de {month}"
