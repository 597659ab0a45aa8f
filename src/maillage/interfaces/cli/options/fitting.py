"""An option that would change nothing to what is asked is refused: nothing is ever left aside in silence."""

from collections.abc import Mapping

from maillage.core.errors import UserMistake
from maillage.core.french import plural

TWO_FILES = "sans deux fichiers, de besoins puis d’offres"


def refuse_useless(given: Mapping[str, object], *, because: str) -> None:
    """Raise ``UserMistake`` when one of ``given`` (option → value, empty when it was not written) says something.

    ``because`` ends the sentence: « n’a pas d’effet avec --format orlib ».
    """
    useless = [option for option, value in given.items() if value is not None and value != ()]
    if useless:
        has, take = plural(len(useless), "n’a", "n’ont"), plural(len(useless), "Retirez-la", "Retirez-les")
        raise UserMistake(f"{', '.join(useless)} {has} pas d’effet {because}. {take}.")
