"""Pictures are drawn again, point by point: position, model of the phone and whatever was glued to them are lost."""

import io
import struct
import warnings

from PIL import Image, ImageOps

from maillage.core.errors import UserMistake
from maillage.core.french import NBSP, number
from maillage.domain.ledger.files.kinds import JPEG, PNG, WEBP, FileKind

MOST_POINTS = 60_000_000
LONGEST_SIDE = 2_560
_FORMATS = {JPEG: "JPEG", PNG: "PNG", WEBP: "WEBP"}
_QUALITY = 85


def drawn_again(content: bytes, *, kind: FileKind, name: str) -> bytes:
    """Return the picture alone, upright, at most ``LONGEST_SIDE`` wide or high.

    Raises ``UserMistake`` when it has too many points (read in its header, nothing is unfolded) or is broken.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=[_FORMATS[kind]]) as opened:
                _check_points(opened.size, name)
                return _alone(opened, kind)
    except Image.DecompressionBombError as error:
        raise _too_many(name) from error
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, struct.error) as error:
        raise UserMistake(
            f"La photo « {name} » est abîmée ou incomplète. Prenez-la de nouveau, ou choisissez-en une autre.",
            field="file",
        ) from error


def _check_points(size: tuple[int, int], name: str) -> None:
    if size[0] * size[1] > MOST_POINTS:
        raise _too_many(name)


def _too_many(name: str) -> UserMistake:
    return UserMistake(
        f"La photo « {name} » a trop de points : {number(MOST_POINTS // 1_000_000)}{NBSP}millions au plus. "
        "Réduisez-la, ou prenez-la de nouveau.",
        field="file",
    )


def _alone(opened: Image.Image, kind: FileKind) -> bytes:
    opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    upright = ImageOps.exif_transpose(opened)
    has_veil = kind is not JPEG and (upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info)
    mode = "RGBA" if has_veil else "RGB"
    plain = upright.convert(mode)
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    alone = Image.new(mode, plain.size)  # a new sheet: nothing of what the file carried beside its points
    alone.paste(plain)
    kept = io.BytesIO()
    options = {} if kind is PNG else {"quality": _QUALITY}
    alone.save(kept, _FORMATS[kind], **options)
    return kept.getvalue()
