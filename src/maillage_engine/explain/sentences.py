"""The French sentence of each reason and of each refusal."""

from collections.abc import Callable, Mapping

from maillage_engine.explain.french_numbers import (
    DIMENSION_WORDS,
    NBSP,
    age_fr,
    amount_fr,
    apart_fr,
    day_fr,
    kilometres_fr,
    months_fr,
    number_fr,
    weekdays_fr,
)
from maillage_engine.explain.reasons import Reason
from maillage_engine.explain.verdict import Refusal
from maillage_engine.rules.rule import Numbers

_THE = {"need": "le besoin", "offer": "l’offre"}
_OF = {"need": "du besoin", "offer": "de l’offre", "both": "du besoin et de l’offre"}
_ON = {"need": "dans le besoin", "offer": "dans l’offre", "both": "des deux côtés"}


def sentence_fr(what: Reason | Refusal) -> str:
    """Return the French words of a reason (a piece of sentence, small initial) or of a refusal (a sentence)."""
    words = _REFUSALS[what.code] if isinstance(what, Refusal) else _REASONS[what.code]
    return words(what.numbers)


def relaxation_fr(refusal: Refusal) -> str:
    """Return what would let the pair pass, as a sentence; empty when nothing that somebody can change would."""
    return _RELAXATIONS[refusal.code](refusal.relaxation) if refusal.relaxation else ""


def _text(numbers: Numbers, name: str) -> str:
    return str(numbers[name])


def _int(numbers: Numbers, name: str) -> int:
    return int(numbers[name])


def _amount(numbers: Numbers, name: str) -> str:
    return amount_fr(float(numbers[name]), _text(numbers, "dimension"))


def _quoted(words: str) -> str:
    return f"«{NBSP}{words}{NBSP}»"


def _type_general(numbers: Numbers) -> str:
    return (
        f"l’offre est plus large ({_quoted(_text(numbers, 'offer_type'))})\u202f; vérifiez qu’elle convient"
    )


def _type_link(numbers: Numbers) -> str:
    offered, wanted = _quoted(_text(numbers, "offer_type")), _quoted(_text(numbers, "need_type"))
    condition = _text(numbers, "condition").rstrip(". ")
    joined = {
        "substitutes": f"{offered} peut remplacer {wanted}",
        "becomes": f"{offered} peut devenir {wanted}",
        "handles": f"{offered} prend en charge {wanted}",
        "includes": f"{offered} contient {wanted}",
    }.get(_text(numbers, "relation"), f"{offered} peut répondre à {wanted}")
    return (
        f"{joined}\u202f; à vérifier{NBSP}: {condition[0].lower() + condition[1:]}" if condition else joined
    )


def _meaning(numbers: Numbers) -> str:
    if _int(numbers, "meaning") >= 500:
        return "les deux textes parlent de la même chose"
    return "les deux textes se ressemblent peu\u202f; lisez-les"


def _distance(numbers: Numbers) -> str:
    about = "environ " if _int(numbers, "approximate") else ""
    metres = _int(numbers, "distance_m")
    return f"à {about}{kilometres_fr(metres)}" if metres >= 500 else f"{about}sur place".strip()


def _dates(numbers: Numbers) -> str:
    if "first_day" in numbers and "last_day" in numbers:
        return f"possible du {day_fr(_int(numbers, 'first_day'))} au {day_fr(_int(numbers, 'last_day'))}"
    if "first_day" in numbers:
        return f"possible à partir du {day_fr(_int(numbers, 'first_day'))}"
    return f"possible jusqu’au {day_fr(_int(numbers, 'last_day'))}"


def _numbers_of(text: str) -> list[int]:
    return [int(one) for one in text.split()]


def _quantity(numbers: Numbers) -> str:
    wanted, offered = _amount(numbers, "wanted"), _amount(numbers, "offered")
    covered = _int(numbers, "covered_per_mille")
    if covered >= 1000:
        return f"couvre tout le besoin ({wanted})"
    share = number_fr(covered / 10, 0 if covered >= 10 else 1)
    return f"couvre {share}{NBSP}% du besoin ({offered} sur {wanted})"


def _quantity_unknown(numbers: Numbers) -> str:
    side = _text(numbers, "side")
    if side == "neither":
        return "les quantités ne se comparent pas\u202f; à préciser"
    return f"quantité {_OF[side]} à préciser"


def _never_confirmed(numbers: Numbers) -> str:
    side = _text(numbers, "side")
    verb = (
        "n’ont pas encore été confirmés"
        if side == "both"
        else "n’a pas encore été confirmé" + "e" * (side == "offer")
    )
    who = "le besoin et l’offre" if side == "both" else _THE[side]
    return f"{who} {verb}\u202f; un appel suffit"


def _confirmed(numbers: Numbers) -> str:
    side = _text(numbers, "side")
    feminine = "e" if side == "offer" else ""
    return f"{_THE[side]} confirmé{feminine} {age_fr(_int(numbers, 'age_days'))}"


_REASONS: Mapping[str, Callable[[Numbers], str]] = {
    "type_same": lambda n: f"même type{NBSP}: {_text(n, 'need_type')}",
    "type_specific": lambda n: (
        f"{_quoted(_text(n, 'offer_type'))} fait partie de {_quoted(_text(n, 'need_type'))}"
    ),
    "type_general": _type_general,
    "type_link": _type_link,
    "type_unknown": lambda n: f"type à préciser {_ON[_text(n, 'side')]}",
    "meaning": _meaning,
    "distance": _distance,
    "place_unknown": lambda n: f"lieu {_OF[_text(n, 'side')]} à préciser",
    "dates": _dates,
    "week": lambda n: f"disponible {weekdays_fr(_numbers_of(_text(n, 'days')))}",
    "months": lambda n: f"disponible {months_fr(_numbers_of(_text(n, 'months')))}",
    "quantity": _quantity,
    "quantity_unknown": _quantity_unknown,
    "authorisation": lambda n: "détient l’autorisation demandée",
    "never_confirmed": _never_confirmed,
    "confirmed": _confirmed,
}


def _refused_type(numbers: Numbers) -> str:
    offered, wanted = _quoted(_text(numbers, "offer_type")), _quoted(_text(numbers, "need_type"))
    return f"Pas le même objet{NBSP}: rien dans le catalogue ne relie l’offre {offered} au besoin {wanted}."


def _refused_distance(numbers: Numbers) -> str:
    metres, limit = _int(numbers, "distance_m"), _int(numbers, "limit_m")
    way, most = apart_fr(metres / 1000, limit / 1000)
    return f"Trop loin{NBSP}: {way}{NBSP}km, {_THE[_text(numbers, 'limited_by')]} dit {most} au plus."


def _refused_unit(numbers: Numbers) -> str:
    wanted = DIMENSION_WORDS[_text(numbers, "need_dimension")]
    offered = DIMENSION_WORDS[_text(numbers, "offer_dimension")]
    return f"Les quantités ne se comparent pas{NBSP}: le besoin compte {wanted}, l’offre {offered}."


def _refused_minimum(numbers: Numbers) -> str:
    side = _text(numbers, "minimum_of")
    other = "offer" if side == "need" else "need"
    least, amount = _amount(numbers, "minimum"), _amount(numbers, "amount")
    has = "en propose" if other == "offer" else "n’en demande que"
    return f"Trop peu{NBSP}: {_THE[side]} part de {least} au moins, {_THE[other]} {has} {amount}."


def _refused_dates(numbers: Numbers) -> str:
    last, who = _int(numbers, "last_day"), _THE[_text(numbers, "ended")]
    if last < _int(numbers, "today"):
        return f"Trop tard{NBSP}: {who} a pris fin le {day_fr(last)}."
    first = day_fr(_int(numbers, "first_day"))
    return f"Les dates ne se croisent pas{NBSP}: rien avant le {first}, et {who} s’arrête le {day_fr(last)}."


def _refused_authorisation(numbers: Numbers) -> str:
    codes = _text(numbers, "missing").split("|")
    noun = "une autorisation" if len(codes) == 1 else "des autorisations"
    return f"Il manque {noun}{NBSP}: {', '.join(codes)}."


_REFUSALS: Mapping[str, Callable[[Numbers], str]] = {
    "type": _refused_type,
    "distance": _refused_distance,
    "same_party": lambda n: "La même structure est des deux côtés.",
    "excluded": lambda n: "Cette réponse a déjà été écartée.",
    "unit": _refused_unit,
    "minimum": _refused_minimum,
    "dates": _refused_dates,
    "week": lambda n: "Aucune heure de la semaine ne convient aux deux.",
    "months": lambda n: "Aucun mois de l’année ne convient aux deux.",
    "authorisation": _refused_authorisation,
    "meaning": lambda n: "Les deux textes ont trop peu en commun, et un type manque pour en juger autrement.",
}

_RELAXATIONS: Mapping[str, Callable[[Numbers], str]] = {
    "distance": lambda n: f"Il faudrait accepter {_int(n, 'reach_km')}{NBSP}km.",
    "excluded": lambda n: "Il faudrait la remettre parmi les réponses possibles.",
    "unit": lambda n: f"Il faudrait compter l’offre comme {DIMENSION_WORDS[_text(n, 'dimension')]}.",
    "minimum": lambda n: f"Il faudrait un minimum de {_amount(n, 'minimum')}.",
    "dates": lambda n: f"Il faudrait aller jusqu’au {day_fr(_int(n, 'until_day'))} au moins.",
    "week": lambda n: "Il faudrait une heure de la semaine en commun.",
    "months": lambda n: "Il faudrait un mois en commun.",
    "authorisation": lambda n: "Il faudrait vérifier si la structure la détient, et l’indiquer sur sa fiche.",
    "meaning": lambda n: "Il faudrait donner un type au besoin et à l’offre.",
}
