"""From a file to the database: received, mapped, checked against what is there, then written whole or not at all."""

from maillage.importers.database.batches import (
    answer_questions,
    cancel_batch,
    choose_sheet,
    receive_file,
    set_mapping,
)
from maillage.importers.database.enterprises import import_enterprises, search_lines, sirene_lines
from maillage.importers.database.official import (
    import_division,
    import_insee_municipalities,
    import_outlines,
)
from maillage.importers.database.policies import check_user_can_import, user_can_import
from maillage.importers.database.report import FaultGroup, Report, ReportLine, read_report
from maillage.importers.database.running import apply_batch, check_batch

__all__ = [
    "FaultGroup",
    "Report",
    "ReportLine",
    "answer_questions",
    "apply_batch",
    "cancel_batch",
    "check_batch",
    "check_user_can_import",
    "choose_sheet",
    "import_division",
    "import_enterprises",
    "import_insee_municipalities",
    "import_outlines",
    "read_report",
    "receive_file",
    "search_lines",
    "set_mapping",
    "sirene_lines",
    "user_can_import",
]
