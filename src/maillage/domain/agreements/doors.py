"""Where the letters of an agreement lead."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Doors:
    """Where the letters lead.

    ``reading`` is the address of the page of a link, to which its token is added; ``sheet`` the path of the agreement
    on this site, whose address is ``site``.
    """

    reading: str
    sheet: str
    site: str
