"""What it is about: the types proposed from the words, and the one that was chosen."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings

from maillage.domain.catalogue.files import read_catalogue
from maillage.domain.catalogue.models import ResourceType
from maillage.domain.catalogue.queries import search_types
from maillage.domain.catalogue.words import propose_types
from maillage.domain.exchanges.queries import choices
from maillage.domain.matching.bridges import types as model_of_types
from maillage.interfaces.web.exchanges.forms import IntentForm
from maillage.interfaces.web.exchanges.where import Repair

OTHER, NONE = "autre", "aucun"
SURE, AHEAD = 0.5, 0.1
_CLEAR = 2.0
_MOST = 3


@dataclass(frozen=True, slots=True)
class Proposed:
    """A chip: a type that the words may be about; ``is_guess`` when none of its words was said."""

    code: str
    label: str
    because: str
    is_guess: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """The type of the form, the chips, and the sentence when another one was typed and is not known."""

    chosen: ResourceType | None = None
    proposed: tuple[Proposed, ...] = ()
    guess: str = ""
    is_other: bool = False
    is_none: bool = False
    other_text: str = ""
    mistake: str = ""
    repairs: tuple[Repair, ...] = ()


def proposed_types(text: str, *, keep: ResourceType | None = None) -> tuple[list[Proposed], str]:
    """Return the chips for a text, and the code of the one sure enough, and far enough ahead, to be ticked.

    The words come first, for they can be quoted; the model adds what they did not find, and is never ticked for
    the person: a wrong type would refuse good answers.
    """
    found = propose_types(text, read_catalogue(), limit=_MOST)
    guesses = _guesses(text) if len(found) < _MOST else []
    known = choices.types_coded(dict.fromkeys([*(one.code for one in found), *guesses]))
    chips = [Proposed(one.code, known[one.code].label, one.because) for one in found if one.code in known]
    said = {one.code for one in found}
    chips += [
        Proposed(code, known[code].label, "", is_guess=True)
        for code in guesses
        if code in known and code not in said
    ][: _MOST - len(chips)]
    is_clear = len(found) == 1 or (len(found) > 1 and found[0].score - found[1].score >= AHEAD)
    guess = found[0].code if is_clear and found[0].score >= SURE and found[0].code in known else ""
    if keep is not None and keep.code not in {one.code for one in chips}:
        chips.insert(0, Proposed(keep.code, keep.label, ""))
    return chips, guess


def _guesses(text: str) -> list[str]:
    """Return the codes that the trained model names; none while there is no model."""
    found = model_of_types.proposed_types(text, 2 * _MOST, trained())
    return [code for code, _ in found]


def trained() -> model_of_types.TrainedOn:
    """The model of this site and its encoder."""
    return model_of_types.TrainedOn(settings.TYPE_MODEL, settings.ENCODER, settings.VECTOR_CACHE)


def kind_of(form: IntentForm, *, text: str, guesses: bool = True) -> Kind:
    """Read the type: the chip that was ticked, another that was searched, none, or the guess that follows the words.

    ``type_guess`` travels in the form: a chip that is only our guess follows the words when they change.
    """
    said, guessed = form.text("resource_type"), form.text("type_guess")
    if said == OTHER:
        return _other(form, text)
    is_explicit = said not in {"", guessed}
    chosen = choices.type_coded(said) if is_explicit and said != NONE else None
    chips, guess = proposed_types(text, keep=chosen) if guesses or not is_explicit else ([], "")
    if said == NONE and guessed != NONE:
        return Kind(None, tuple(chips), guess, is_none=True)
    if chosen is not None:
        return Kind(chosen, tuple(chips), guess)
    if not guesses:
        chosen = choices.type_coded(said)
        return Kind(chosen, _with(chips, chosen), "")
    return Kind(choices.type_coded(guess), tuple(chips), guess, is_none=not chips)


def _with(chips: Sequence[Proposed], chosen: ResourceType | None) -> tuple[Proposed, ...]:
    if chosen is None or chosen.code in {one.code for one in chips}:
        return tuple(chips)
    return (Proposed(chosen.code, chosen.label, ""), *chips)


def _other(form: IntentForm, text: str) -> Kind:
    chips, guess = proposed_types(text)
    chosen = choices.type_coded(form.text("other_type"))
    typed = form.text("other_type_text")[:200]
    if chosen is not None:
        return Kind(chosen, tuple(chips), guess, is_other=True, other_text=chosen.label)
    if not typed:
        return Kind(None, tuple(chips), guess, is_other=True)
    near = search_types(text=typed, limit=_MOST)
    if near and near[0].closeness >= _CLEAR:
        found = choices.type_coded(near[0].code)
        return Kind(found, tuple(chips), guess, is_other=True, other_text=near[0].label)
    sentence = f"Le catalogue ne connaît pas « {typed} »." + (
        " Vouliez-vous dire :" if near else " Essayez un autre mot, ou choisissez « Aucun de ces types »."
    )
    repairs = tuple(Repair(one.code, one.label) for one in near)
    return Kind(None, tuple(chips), guess, True, False, typed, sentence, repairs)
