"""Valid SIREN and SIRET numbers that nobody bears: they begin with 999."""

from itertools import count

from stdnum import luhn

_NUMBERS = count(1)


def next_siren() -> str:
    """Return a new SIREN whose key is right."""
    body = f"999{next(_NUMBERS):05d}"
    return body + luhn.calc_check_digit(body)


def siret_of(siren: str, establishment: int = 1) -> str:
    """Return a SIRET of ``siren`` whose key is right."""
    body = f"{siren}{establishment:04d}"
    return body + luhn.calc_check_digit(body)
