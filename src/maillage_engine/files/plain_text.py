"""The text of a file that somebody gives: UTF-8, UTF-16 with its mark, else Windows-1252; bytes are never words."""

import codecs
from pathlib import Path

from maillage_engine.errors import InvalidFile


def text_of(path: Path) -> str:
    """Return the text of a file; raise ``InvalidFile`` with a French sentence that says what to do."""
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise InvalidFile(str(path), "ce fichier n’existe pas ; vérifiez son nom.") from error
    except IsADirectoryError as error:
        raise InvalidFile(str(path), "c’est un dossier ; donnez un fichier.") from error
    except PermissionError as error:
        raise InvalidFile(str(path), "vous n’avez pas le droit de lire ce fichier.") from error
    except OSError as error:
        raise InvalidFile(str(path), "le fichier ne se lit pas ; copiez-le ailleurs et réessayez.") from error
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace")
    if b"\0" in content:
        raise InvalidFile(str(path), "ce n’est pas un texte ; enregistrez-le en .csv ou .txt, en UTF-8.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
