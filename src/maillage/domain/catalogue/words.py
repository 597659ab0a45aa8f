"""Proposes types of resources from the words people say; works without Django and without the network.

A phrase (a label or a synonym) counts when all its words are said close together. Words are folded and stemmed,
weigh by their rarity in the catalogue, and a longer phrase takes precedence over the shorter ones it covers.
"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

import snowballstemmer

from maillage.core.french import fold
from maillage.domain.catalogue.files import CatalogueFiles

MOST_WORDS = 400
_GAP = 2
_HALF_SURE = 4.0
_LEAST = 0.38
_LEAST_OF_BEST = 0.5
_COVERED = 0.3
_SAME_STEM_ONLY = 0.85
_ONE_STEM_ONLY = 0.55
_ONE_OF_MANY = 0.5
_STEM_OF_FORM = 0.75
_APART = 0.8
_AS_SAID = 1.15
_WHOLE_TEXT = 1.3
_SECOND = 0.25

_STOP = frozenset(
    """
    a afin ai aimerait aimerais aimerions alors apres assez au aucun aujourd aupres aurait aussi autour autre
    autres aux avait avant avec avoir avons avez beaucoup besoin bien bonjour c car ce ceci cela celle celui ces
    cet cette ceux chacun chaque cherche cherchent chercher cherchons chez ci combien comme comment d dans de
    demain depuis des deux disponible disponibles dispo dispos doit doivent donc donner donne donnons dont du elle
    elles en encore entre est et etait etre eu eux faire fait faisons faut faudra faudrait font faudrai grand grande
    grands hui ici il ils j je jour jours jusqu jusque l la le les leur leurs lui m ma mais manque manquent me meme
    mes moi moins mois mon n ne ni non nos notre nous on ont ou oui par parfois pas pendant petit petite peu peut
    peuvent plein plus plusieurs pour pourrait pouvoir pres proposer propose proposons puis qu quand que quel quelle
    quelqu quelque quelques quels qui quoi recherche recherchons s sa salut sans se sera serait ses si soit sommes son
    sont sous souvent sur t ta te tes toi ton tous tout toute toutes tres trois trop trouver tu un une urgent
    vers veut voir voici voudrait voudrais voudrions vos votre vous y merci svp stp annee annees an ans fois environ
    kg km m2 m3 tonne tonnes kilo kilos litre litres euro euros h min semaine semaines
    """.split()  # noqa: SIM905 - a list of words reads better as text
)
_STEMMER = snowballstemmer.stemmer("french")
_ONE_AT_A_TIME = Lock()
_ODD_HOUR = "horaire decale"
_TOKEN = re.compile(
    r"(?P<odd>\b(?:dès|des|à|a|vers|après|jusqu.à|partir de)\s+(?:[0-6]|2[0-3])\s*h\b(?:\s*\d\d)?(?!\s*d)"
    r"|\bavant\s+[0-8]\s*h\b(?:\s*\d\d)?)|[^\W_]+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class TypeProposal:
    """A type that a text may be about: how sure, from 0 to 1, and the words of the text that say so."""

    code: str
    score: float
    because: str


@dataclass(frozen=True, slots=True)
class _Word:
    form: str
    stem: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Phrase:
    code: str
    spoken: str
    forms: frozenset[str]
    stems: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class _Match:
    phrase: _Phrase
    places: frozenset[int]
    value: float


@dataclass(frozen=True, slots=True)
class _Index:
    """Every phrase under its rarest stem, so that a text only meets the phrases it may hold."""

    by_stem: Mapping[str, tuple[_Phrase, ...]]


def propose_types(text: str, catalogue: CatalogueFiles, limit: int = 5) -> list[TypeProposal]:
    """Return the types that ``text`` is most likely about, best first; none rather than a silly guess."""
    words = _words(text)
    if not words:
        return []
    matches = _without_covered(_matches(text, words, _index(catalogue)))
    by_code: dict[str, list[_Match]] = {}
    for match in matches:
        by_code.setdefault(match.phrase.code, []).append(match)
    proposals = [_proposal(code, found, text, words) for code, found in by_code.items()]
    proposals.sort(key=lambda proposal: (-proposal.score, proposal.code))
    least = max(_LEAST, _LEAST_OF_BEST * proposals[0].score) if proposals else _LEAST
    return [proposal for proposal in proposals if proposal.score >= least][:limit]


def _proposal(code: str, found: list[_Match], text: str, words: Sequence[_Word]) -> TypeProposal:
    best, *others = sorted(found, key=lambda match: (-match.value, match.phrase.spoken))
    seen, value = set(best.places), best.value
    for other in others:
        if not other.places & seen:
            seen |= other.places
            value += _SECOND * other.value
    said = text[words[min(best.places)].start : words[max(best.places)].end]
    return TypeProposal(code, round(value / (value + _HALF_SURE), 3), " ".join(said.split()))


# --- what the text says ----------------------------------------------------------------------------------


def _words(text: str) -> list[_Word]:
    """Return the words of ``text`` that mean something, in order; only the first ones of a very long text."""
    found: list[_Word] = []
    for token in _TOKEN.finditer(text):
        if token.lastgroup == "odd":
            found.append(_Word(_ODD_HOUR, _ODD_HOUR, token.start(), token.end()))
        else:
            said = fold(token.group())
            if len(said) > 1 and said not in _STOP and not said.isdigit():
                form = _singular(said)
                found.append(_Word(form, _stem(form), token.start(), token.end()))
        if len(found) == MOST_WORDS:
            break
    return found


def _singular(form: str) -> str:
    if form.endswith("aux") and not form.endswith("eaux"):
        return form[:-3] + "al"
    return form[:-1] if len(form) > 3 and form[-1] in "sx" else form


@lru_cache(maxsize=20_000)
def _stem(form: str) -> str:
    with _ONE_AT_A_TIME:  # the stemmer keeps its cursor in itself: two threads would mix their words
        return str(_STEMMER.stemWord(form))


# --- what the catalogue knows ----------------------------------------------------------------------------


@lru_cache(maxsize=4)
def _index(catalogue: CatalogueFiles) -> _Index:
    spoken = {
        (row.code, fold(name)): _words(name) for row in catalogue.types for name in (row.label, *row.synonyms)
    }
    users: dict[str, set[str]] = {}
    for (code, _), words in spoken.items():
        for word in words:
            users.setdefault(word.stem, set()).add(code)
    rarity = {stem: math.log(1 + len(catalogue.types) / len(codes)) for stem, codes in users.items()}
    by_stem: dict[str, list[_Phrase]] = {}
    for (code, name), words in spoken.items():
        if words:
            stems = tuple(sorted({word.stem for word in words}, key=lambda stem: (-rarity[stem], stem)))
            forms = frozenset(word.form for word in words)
            phrase = _Phrase(code, name, forms, stems, sum(rarity[stem] for stem in stems))
            by_stem.setdefault(stems[0], []).append(phrase)
    return _Index({stem: tuple(phrases) for stem, phrases in by_stem.items()})


# --- where both meet -------------------------------------------------------------------------------------


def _matches(text: str, words: Sequence[_Word], index: _Index) -> list[_Match]:
    places: dict[str, list[int]] = {}
    for place, word in enumerate(words):
        places.setdefault(word.stem, []).append(place)
    folded = f" {fold(text[: words[-1].end])} "
    found: list[_Match] = []
    for stem in places:
        for phrase in index.by_stem.get(stem, ()):
            window = _window(phrase, places)
            if window and not _far_apart(phrase, {words[place].form for place in window}):
                found.append(_Match(phrase, window, _value(phrase, window, words, folded)))
    return found


def _window(phrase: _Phrase, places: Mapping[str, list[int]]) -> frozenset[int]:
    """Return the closest places that say the whole phrase, or nothing when a word lacks or is too far."""
    if any(stem not in places for stem in phrase.stems):
        return frozenset()
    best: frozenset[int] = frozenset()
    for anchor in places[phrase.stems[0]]:
        window = frozenset(min(places[stem], key=lambda place: abs(place - anchor)) for stem in phrase.stems)
        if not best or _width(window) < _width(best):
            best = window
    return best if _width(best) <= len(phrase.stems) + _GAP else frozenset()


def _far_apart(phrase: _Phrase, said: set[str]) -> bool:
    """Whether one word stands for another that only shares a short stem, as « commune » for « communicant »."""
    if len(said) > 1 or said == phrase.forms:
        return False
    longest = max(len(form) for form in (*said, *phrase.forms))
    return len(phrase.stems[0]) < _STEM_OF_FORM * longest


def _width(window: Iterable[int]) -> int:
    places = list(window)
    return max(places) - min(places) + 1


def _value(phrase: _Phrase, window: frozenset[int], words: Sequence[_Word], folded: str) -> float:
    value = phrase.weight
    said = {words[place].form for place in window}
    if said != phrase.forms:
        value *= _ONE_STEM_ONLY if len(window) == 1 else _SAME_STEM_ONLY
    if _width(window) > len(window):
        value *= _APART
    if f" {phrase.spoken} " in folded:
        value *= _AS_SAID
    elif len(window) == 1 and _says_more(phrase):
        value *= _ONE_OF_MANY
    if len(window) == len(words):
        value *= _WHOLE_TEXT
    return value


def _says_more(phrase: _Phrase) -> bool:
    """Whether the phrase has lost much in keeping one word only, as « 9 places » or « trouver un logement »."""
    spoken = phrase.spoken.split()
    return len(spoken) > 2 or any(word.isdigit() for word in spoken)


def _without_covered(matches: list[_Match]) -> list[_Match]:
    """Lower what a longer phrase already covers: « chaises de bureau » says little about a « bureau »."""
    longest = sorted({match.places for match in matches}, key=len, reverse=True)
    return [
        _Match(match.phrase, match.places, match.value * _COVERED)
        if any(match.places < places for places in longest)
        else match
        for match in matches
    ]
