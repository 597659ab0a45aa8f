"""``docs/reference/formats.md``: the columns of each kind of table, from the importers' schemas."""

from maillage.importers.schemas import SCHEMAS, Column, Schema


def _row(column: Column) -> str:
    needed = "oui" if column.required else ""
    help_text = column.help.replace("|", "\\|")
    if column.choices:
        help_text += " Valeurs : " + ", ".join(one.label for one in column.choices) + "."
    return f"| {column.label} | {needed} | {help_text} | {column.example.replace('|', ' ')} |"


def _section(schema: Schema) -> list[str]:
    return [
        f"## {schema.label}",
        "",
        "| colonne | obligatoire | ce qu’on y met | exemple |",
        "|---|---|---|---|",
        *[_row(column) for column in schema.columns],
        "",
    ]


def page() -> str:
    """Return the page."""
    lines = [
        "# Formats de fichiers",
        "",
        "CSV (point-virgule, virgule ou tabulation ; UTF-8 ou Windows-1252), XLSX ou ODS. Les colonnes peuvent être",
        "dans n’importe quel ordre et nommées à peu près. Un modèle de chaque sorte se télécharge dans « Importer ».",
        "",
    ]
    for schema in SCHEMAS.values():
        lines += _section(schema)
    return "\n".join(lines)
