"""The faults of the recipes' files, said in French: which file, which line, which recipe, what to mend."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from jsonschema.exceptions import ValidationError

from maillage.core.errors import UserMistake


@dataclass(frozen=True, slots=True)
class RecipeFault:
    """One fault: the file, its line (None: the whole file), the code of the recipe, and a sentence."""

    file: str
    line: int | None
    code: str
    sentence: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}, ligne {self.line}"
        return f"{place}, {self.code} : {self.sentence}" if self.code else f"{place} : {self.sentence}"


class RecipesFault(UserMistake):
    """The recipes' files hold at least one fault; ``faults`` lists them all, by file and line."""

    def __init__(self, faults: Iterable[RecipeFault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda one: (one.file, one.line or 0, one.sentence)))
        super().__init__("Les recettes sont à corriger :\n" + "\n".join(f"- {one}" for one in self.faults))


def form_sentence(error: ValidationError, place: list[Any]) -> str:
    """Say in French what the schema refuses at one place of a file."""
    field = next((str(part) for part in reversed(place) if isinstance(part, str)), "le fichier")
    rule, value = error.validator, cast(Any, error.instance)
    wanted = cast(Any, error.validator_value)
    if rule == "required":
        return f"Il manque {', '.join(f'« {name} »' for name in wanted if name not in value)}."
    if rule == "oneOf":
        return "Écrivez « source » si la quantité est connue, sinon « to_specify » : l’un des deux, pas les deux."
    if rule == "dependentRequired":
        return "Une quantité va avec « unit » et « period », et une source avec sa quantité."
    if rule == "additionalProperties":
        known = cast(Any, error.schema)["properties"]
        extra = [f"« {name} »" for name in value if name not in known]
        return f"Une recette n’a pas de champ {', '.join(extra)}. Retirez-le."
    if rule == "enum":
        return f"« {field} » vaut « {value} » ; choisissez parmi : {', '.join(map(str, wanted))}."
    if rule == "pattern":
        return f"Le code « {value} » s’écrit en minuscules sans accent, les mots séparés par un tiret."
    if rule == "exclusiveMinimum":
        return f"« {field} » vaut {value} ; donnez un nombre au-dessus de 0."
    if rule in {"minLength", "maxLength", "minItems"}:
        return f"« {field} » est trop court ou trop long."
    if rule == "uniqueItems":
        return f"« {field} » répète deux fois la même chose. Gardez-en une."
    return f"« {field} » n’a pas la forme attendue."
