"""What the roof hands to the command line: how to open the database, where things are kept.

The command line stands below the settings and may not import them; ``maillage.config.command`` fills this in.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Entrance:
    """``open_database`` starts the embedded PostgreSQL when there is no other, and sets Django up.

    ``erase_database`` stops the embedded one and deletes its data; it says no while another process uses it.
    """

    open_database: Callable[[], None]
    erase_database: Callable[[], bool]
    uses_embedded_database: Callable[[], bool]
    home: Path
    node_modules: Path
    project_root: Path
