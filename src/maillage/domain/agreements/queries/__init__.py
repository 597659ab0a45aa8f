"""Everything that reads the agreements for a page: what comes out is what the viewer may see."""

from maillage.domain.agreements.queries.listing import AgreementFilters, AgreementLine, agreement_lines
from maillage.domain.agreements.queries.sheet import (
    PaperSheet,
    agreement_of,
    is_written,
    line_of,
    names_everybody,
    paper_sheet,
    parties_of,
    terms_of,
)

__all__ = [
    "AgreementFilters",
    "AgreementLine",
    "PaperSheet",
    "agreement_lines",
    "agreement_of",
    "is_written",
    "line_of",
    "names_everybody",
    "paper_sheet",
    "parties_of",
    "terms_of",
]
