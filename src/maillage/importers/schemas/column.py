"""What a column of a table to import is: declared once, used to read, to propose a mapping, to write
templates and help.
"""

from dataclasses import dataclass
from enum import StrEnum

from maillage.core.french import fold


class Kind(StrEnum):
    """How the cells of a column are read."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    LIST = "list"
    DECIMAL = "decimal"
    WHOLE = "whole"
    MONEY = "money"
    QUANTITY = "quantity"
    UNIT = "unit"
    PERIOD = "period"
    KILOMETRES = "kilometres"
    START_DATE = "start_date"
    END_DATE = "end_date"
    DAY = "day"
    BOOLEAN = "boolean"
    CHOICE = "choice"
    STAFF_BAND = "staff_band"
    MONTHS = "months"
    WEEKLY = "weekly"
    LATITUDE = "latitude"
    LONGITUDE = "longitude"
    POSTCODE = "postcode"
    MUNICIPALITY_CODE = "municipality_code"
    DEPARTMENT = "department"
    SIREN = "siren"
    SIRET = "siret"
    RNA = "rna"
    NAF = "naf"
    WASTE_CODE = "waste_code"
    EMAIL = "email"
    PHONE = "phone"
    WEBSITE = "website"


@dataclass(frozen=True, slots=True)
class Choice:
    """One allowed answer: ``code`` is stored, ``label`` is shown, ``aliases`` are also understood."""

    code: str
    label: str
    aliases: tuple[str, ...] = ()

    @property
    def spellings(self) -> frozenset[str]:
        """Every folded way to write it."""
        return frozenset(fold(one) for one in (self.code, self.label, *self.aliases))


@dataclass(frozen=True, slots=True)
class Column:
    """One field; ``label`` is the header of the templates, ``aliases`` are other headers people use.

    ``otherwise`` is the code kept, with a remark, when the cell is none of the ``choices``; without it, the
    cell is a fault. ``longest`` is a number of characters. ``instead`` names the fields that can stand for a
    required one that is lacking, all of them together.
    """

    name: str
    label: str
    kind: Kind
    help: str
    example: str = ""
    required: bool = False
    aliases: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    longest: int = 500
    otherwise: str = ""
    instead: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Schema:
    """One kind of table; ``key`` lists the fields that tell two lines of one file apart."""

    name: str
    label: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ("external_id",)

    def column(self, name: str) -> Column:
        """Return the column of that name."""
        return next(column for column in self.columns if column.name == name)

    @property
    def vocabulary(self) -> frozenset[str]:
        """Every folded header that is known: helps to find the line of headers in a file."""
        return frozenset(
            fold(one) for column in self.columns for one in (column.label, column.name, *column.aliases)
        )
