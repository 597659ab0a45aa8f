"""What a run says at its end: ten lines in French."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from maillage.core.french import number, plural, typography
from maillage.interfaces.cli.console import seconds
from maillage.interfaces.cli.matching.answers import VERDICTS, Found
from maillage.interfaces.cli.matching.line import Line, ReadFile

_RULES = {
    "type": "type différent",
    "distance": "trop loin",
    "same_party": "même structure",
    "unit": "quantités qui ne se comparent pas",
    "minimum": "quantité trop petite",
    "dates": "dates qui ne se croisent pas",
    "week": "aucune heure commune",
    "months": "aucun mois commun",
    "authorisation": "autorisation manquante ou non dite",
    "meaning": "textes trop éloignés",
    "excluded": "déjà écartées",
}


def refusals_fr(found: Found) -> list[tuple[str, int]]:
    """Return why pairs were refused, in words, the most frequent first."""
    counted = sorted(found.result.refused.items(), key=lambda item: -item[1])
    return [(_RULES[code], count) for code, count in counted if count]


def count_of(count: int, one: str, many: str) -> str:
    """Return « 1 besoin », « 2 500 besoins »."""
    return f"{number(count)} {plural(count, one, many)}"


def summary(
    needs: ReadFile,
    offers: ReadFile,
    found: Found,
    *,
    encoder: str,
    duration: float,
    written: Sequence[Path],
) -> list[str]:
    """Return at most ten lines."""
    return [typography(line) for line in _lines(needs, offers, found, encoder, duration, written)]


def _lines(
    needs: ReadFile, offers: ReadFile, found: Found, encoder: str, duration: float, written: Sequence[Path]
) -> Iterator[str]:
    yield _side(needs, "besoin", "besoins")
    yield _side(offers, "offre", "offres")
    answered = [one for one in found.needs if one.answers]
    nothing = len(found.needs) - len(answered)
    some = count_of(len(answered), "besoin a", "besoins ont")
    yield f"{some} au moins une réponse ; {number(nothing)} n’en ont aucune."
    verdicts = Counter(one.answers[0].verdict for one in answered)
    said = ", ".join(f"{number(verdicts[word])} {word.lower()}" for word in VERDICTS)
    yield f"Meilleures réponses : {said}."
    result = found.result
    yield f"{count_of(result.pairs, 'paire regardée', 'paires regardées')}, {number(result.feasible)} possibles."
    refused = ", ".join(f"{words} {number(count)}" for words, count in refusals_fr(found)[:4])
    yield f"Refus : {refused}." if refused else "Aucun refus."
    best = max(answered, key=lambda one: (one.answers[0].score, -one.need), default=None)
    if best is not None:
        yield f"Le plus net : {_pair(needs.lines[best.need], offers.lines[best.answers[0].offer])}."
    certificate = found.certificate
    judged = count_of(certificate.checked_pairs, "paire rejugée", "paires rejugées")
    proved = count_of(certificate.checked_rows, "liste prouvée complète", "listes prouvées complètes")
    yield f"Résultat vérifié : {judged} par le calcul lent, {proved}."
    yield f"Moteur {result.engine_version}, {encoder}, empreinte {result.digest[:12]}, en {seconds(duration)}."
    if written:
        yield f"Écrit : {', '.join(path.name for path in written)}."


def _side(file: ReadFile, one: str, many: str) -> str:
    kept = count_of(len(file.lines), one, many)
    parts = [f"{count_of(file.lines_read, 'ligne lue', 'lignes lues')} dans {file.filename}"]
    if file.silent:
        parts.append(f"{number(len(file.silent))} sans mots laissées de côté")
    if file.outside:
        parts.append(f"{number(file.outside)} hors du territoire")
    if file.faults:
        parts.append(count_of(len(file.faults), "case à corriger", "cases à corriger"))
    return f"{kept} ({', '.join(parts)})."


def _pair(need: Line, offer: Line) -> str:
    places = [f" ({line.municipality})" if line.municipality else "" for line in (need, offer)]
    return f"« {_cut(need.title)} »{places[0]} et « {_cut(offer.title)} »{places[1]}"


def _cut(title: str) -> str:
    return title if len(title) <= 70 else title[:69].rstrip() + "…"
