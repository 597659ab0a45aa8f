"""What was typed in the forms of the room, as the room understands it."""

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, BinaryIO, cast

from django.core.files.uploadedfile import UploadedFile

from maillage.core.errors import UserMistake, UserMistakes
from maillage.domain.ledger.drafts import Proof
from maillage.interfaces.web.ledger.forms import LedgerForm

_A_NUMBER = "Écrivez un nombre, par exemple 12,5."


def form_mistakes(form: LedgerForm) -> dict[str, str]:
    """Return what the form itself refuses: dates, lists, an empty file."""
    return {name: " ".join(map(str, errors)) for name, errors in form.errors.items()}


def number_typed(text: str, *, field: str = "quantity") -> Decimal:
    """Return a number as people write it, « 1 250,5 » included; raise ``UserMistake`` when it is none."""
    bare = "".join(text.split()).replace("\u202f", "").replace("\u00a0", "").replace(",", ".")
    if not bare:
        raise UserMistake("Dites combien.", field=field)
    try:
        value = Decimal(bare)
    except InvalidOperation as error:
        raise UserMistake(_A_NUMBER, field=field) from error
    if not value.is_finite():
        raise UserMistake(_A_NUMBER, field=field)
    return value


def number_shown(value: Decimal | None) -> str:
    """Write a number back into its field."""
    return "" if value is None else f"{value.normalize():f}".replace(".", ",")


def proof_given(form: LedgerForm) -> Proof | None:
    """Return the photo or the document that was joined, if any."""
    given = cast("UploadedFile[bytes] | None", form.cleaned_data.get("proof"))
    return Proof(given.name or "", cast(BinaryIO, given.file)) if given is not None else None


def day_given(form: LedgerForm) -> date:
    """Return the day, which the form has checked."""
    return cast(date, form.cleaned_data["happened_on"])


def mistakes_of(refused: UserMistake | UserMistakes, also: dict[str, str]) -> dict[str, str]:
    """Return what the room refuses by field of the form."""
    found = refused.by_field if isinstance(refused, UserMistakes) else {refused.field or "": refused.message}
    return {also.get(name, name) or "__all__": sentence for name, sentence in found.items()}


def initial_values(quantity: Decimal | None, unit: str, on: date, **more: Any) -> dict[str, Any]:
    """Return what is proposed in a form that records."""
    return {"quantity": number_shown(quantity), "unit": unit, "happened_on": on, **more}
