"""The faults of the catalogue's files, said in French: which file, which line, what to mend."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from jsonschema.exceptions import ValidationError

from maillage.core.errors import UserMistake


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: the file, the code of the line, and a sentence that says what to mend."""

    file: str
    code: str
    sentence: str

    def __str__(self) -> str:
        place = f"{self.file}, {self.code}" if self.code else self.file
        return f"{place} : {self.sentence}"


class CatalogueFault(UserMistake):
    """The catalogue's files hold at least one fault; ``faults`` lists them all."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("Le catalogue est à corriger :\n" + "\n".join(f"- {fault}" for fault in self.faults))


def form_fault(file: str, content: Any, error: ValidationError) -> Fault:
    """Say in French what the schema refuses in one line of a file."""
    path = list(error.absolute_path)
    field = next((str(part) for part in reversed(path[2:]) if isinstance(part, str)), "la ligne")
    return Fault(file, _named(content, path), _sentence(error, field if len(path) > 1 else "le fichier"))


def _named(content: Any, path: list[Any]) -> str:
    if len(path) < 2:
        return ""
    entry = content[path[0]][path[1]]
    unnamed = f"entrée n° {path[1] + 1}"
    if not isinstance(entry, dict):
        return unnamed
    if "offer" in entry or "need" in entry:
        return f"{entry.get('offer', '?')} → {entry.get('need', '?')}"
    return str(entry.get("code", unnamed))


def _sentence(error: ValidationError, field: str) -> str:
    rule, value = error.validator, cast(Any, error.instance)
    wanted = cast(Any, error.validator_value)
    schema = cast(Any, error.schema)
    if rule == "required":
        missing = [f"« {name} »" for name in wanted if name not in value]
        return f"Il manque {', '.join(missing)}."
    if rule == "additionalProperties":
        extra = [f"« {name} »" for name in value if name not in schema["properties"]]
        return f"Le catalogue n’a pas de champ {', '.join(extra)}. Retirez-le."
    if rule == "enum":
        return f"« {field} » vaut « {value} » ; choisissez parmi : {', '.join(wanted)}."
    if rule == "pattern":
        return _pattern_sentence(field, value)
    if rule in {"minimum", "maximum"}:
        return f"« {field} » vaut {value} ; donnez un nombre entre 0,1 et 0,95."
    if rule == "uniqueItems":
        return f"« {field} » répète deux fois la même chose. Gardez-en une."
    if rule in {"minLength", "maxLength", "minItems"}:
        return f"« {field} » est trop court ou trop long."
    return f"« {field} » n’a pas la forme attendue."


def _pattern_sentence(field: str, value: Any) -> str:
    if field == "waste_code":
        return f"Le code déchet « {value} » s’écrit en trois paires de chiffres, comme 20 01 08 ou 16 02 13*."
    if field in {"definition", "condition"}:
        return f"« {field} » est une phrase : une majuscule au début, un point à la fin."
    return f"Le code « {value} » s’écrit en minuscules sans accent, les mots séparés par un tiret."
