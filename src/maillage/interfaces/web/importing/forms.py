"""What one gives to begin an import."""

from typing import Any

from django import forms

from maillage.importers.models import BatchKind

ACCEPTED = ".csv,.tsv,.txt,.xlsx,.xlsm,.ods"


class UploadForm(forms.Form):
    """A file, and what its lines are."""

    kind = forms.ChoiceField(
        label="Ce que contient le tableau",
        choices=BatchKind.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Dites ce que contient le tableau.",
            "invalid_choice": "Choisissez une des listes.",
        },
    )
    file = forms.FileField(
        label="Le fichier",
        help_text="CSV, XLSX ou ODS. Choisissez-le, ou faites-le glisser ici.",
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED, "class": "py-4"}),
        error_messages={
            "required": "Choisissez un fichier.",
            "empty": "Ce fichier est vide. Choisissez-en un autre.",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
