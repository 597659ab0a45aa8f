"""A PDF is paper: one that runs something, opens something or carries other files is refused."""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf

from maillage.core.archives import MEBIBYTE
from maillage.core.errors import UserMistake
from maillage.domain.ledger.files.traps import refuse_hidden_archive, two_in_one

_UNFOLDED = 200 * MEBIBYTE  # what one compressed part may become
_MOST_OBJECTS = 200_000
_DEEPEST = 30
_RUNS = frozenset({"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/Rendition", "/GoToE", "/Movie"})
_ACTIVE_KEYS = frozenset({"/JS", "/JavaScript", "/RichMediaContent", "/XFA"})
_CARRIES = frozenset({"/EF", "/EmbeddedFiles", "/AF"})


def check_pdf(content: bytes, *, name: str) -> None:
    """Raise ``UserMistake`` for a PDF that is broken, locked, active, that carries files or is glued to another."""
    if not content.startswith(b"%PDF-"):
        raise two_in_one(name)
    refuse_hidden_archive(content, name=name)
    end = content.rfind(b"%%EOF")
    if end < 0 or content[end + 5 :].strip(b"\x00\r\n\t "):
        raise two_in_one(name)
    pikepdf.settings.set_qpdf_limits(flate_max_memory=_UNFOLDED)
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            if len(pdf.objects) > _MOST_OBJECTS:
                raise UserMistake(
                    f"« {name} » est trop compliqué pour être vérifié. Imprimez-le en PDF, puis recommencez.",
                    field="file",
                )
            for one in pdf.objects:
                _check_object(one, name)
    except pikepdf.PasswordError as error:
        raise UserMistake(
            f"« {name} » est protégé par un mot de passe. Retirez-le, puis recommencez.", field="file"
        ) from error
    except (pikepdf.PdfError, RuntimeError, ValueError) as error:
        raise UserMistake(
            f"« {name} » est abîmé ou incomplet. Enregistrez-le de nouveau en PDF, puis recommencez.",
            field="file",
        ) from error


def _check_object(one: Any, name: str) -> None:
    for told in _dictionaries(one, 0):
        keys = set(told.keys())
        if keys & _CARRIES:
            raise UserMistake(
                f"Le PDF « {name} » contient d’autres fichiers. Envoyez-les à part, et le PDF seul.",
                field="file",
            )
        if keys & _ACTIVE_KEYS or str(told.get("/S", "")) in _RUNS:
            raise UserMistake(
                f"Le PDF « {name} » contient du code qui s’exécute. Imprimez-le en PDF, puis envoyez la copie.",
                field="file",
            )


def _dictionaries(one: Any, depth: int) -> Iterator[Any]:
    """Yield every dictionary written inside an object; those it names elsewhere come in their own turn."""
    if depth > _DEEPEST:
        return
    if isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
        yield one
        for _, value in one.items():
            if isinstance(value, pikepdf.Object) and not value.is_indirect:
                yield from _dictionaries(value, depth + 1)
    elif isinstance(one, pikepdf.Array):
        for value in one:
            if isinstance(value, pikepdf.Object) and not value.is_indirect:
                yield from _dictionaries(value, depth + 1)
