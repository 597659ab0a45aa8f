"""The list of projects as a table to take away."""

from maillage.domain.projects.queries import ProjectRow
from maillage.interfaces.web.takeaway import Takeaway

PROJECTS: Takeaway[ProjectRow] = Takeaway(
    title="Projets",
    columns=(
        ("numero", "Numéro", lambda row: row.pk),
        ("nom", "Nom", lambda row: row.name),
        ("nature", "Nature", lambda row: row.kind_label),
        ("stade", "Stade", lambda row: row.stage_label),
        ("porte_par", "Porté par", lambda row: row.lead),
        ("resume", "En une phrase", lambda row: row.summary),
        ("depuis", "Depuis le", lambda row: row.since),
        ("jusqu_au", "Jusqu’au", lambda row: row.until),
        ("raison_arret", "Raison de l’arrêt", lambda row: row.stop_reason),
        ("besoins", "Besoins", lambda row: row.needs),
        ("structures", "Structures", lambda row: row.parties),
        ("taches", "Tâches à faire", lambda row: row.todo),
        ("en_retard", "Tâches en retard", lambda row: row.late),
    ),
)
