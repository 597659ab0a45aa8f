"""The forms of the room: what was typed is kept as it was; the room says what is wrong."""

from collections.abc import Sequence
from typing import Any

from django import forms

from maillage.core.quantities import Unit
from maillage.domain.ledger.enums import ApiScope, EvidenceKind
from maillage.domain.ledger.files.kinds import IMAGES_FIRST

_A_DAY = "Écrivez une date, par exemple 31/12/2027."


class LedgerForm(forms.Form):
    """A form whose mistakes may come from the room."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False

    def text(self, name: str) -> str:
        """Return what was typed in a field."""
        return str(self.data.get(name, "")).strip()

    def tell(self, mistakes: dict[str, str]) -> None:
        """Put each sentence under its field."""
        self.is_valid()
        for name, sentence in mistakes.items():
            self.add_error(name if name in self.fields else None, sentence)


class _Asked(forms.CharField):
    """A field one must fill; what is missing is said by the room, with better words."""

    def validate(self, value: Any) -> None:
        """Leave the judgement to the room."""


def _amount(label: str) -> forms.CharField:
    return _Asked(
        label=label,
        widget=forms.TextInput(
            attrs={"inputmode": "decimal", "autocomplete": "off", "class": "big-field", "maxlength": 20}
        ),
    )


def _day(label: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _A_DAY, "required": "Donnez une date."},
    )


def _words(label: str, help_text: str = "", *, longest: int = 300, **attrs: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        widget=forms.TextInput(attrs={"maxlength": longest, **attrs}),
    )


class RecordForm(LedgerForm):
    """How much, when, with which proof; everything is proposed, one tap confirms."""

    quantity = _amount("Combien")
    unit = forms.ChoiceField(label="Unité", error_messages={"invalid_choice": "Choisissez dans la liste."})
    happened_on = _day("Quel jour")
    proof = forms.FileField(
        label="Photo ou document",
        required=False,
        help_text="Pesée, bon, facture. La position de la photo est effacée.",
        widget=forms.FileInput(attrs={"accept": IMAGES_FIRST}),
        error_messages={"empty": "Ce fichier est vide. Choisissez-en un autre."},
    )
    note = _words("Remarque")
    key = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, units: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [  # type: ignore[attr-defined]  # a choice field
            (one.code, f"{one.plural} ({one.symbol})" if one.symbol not in {"", one.plural} else one.plural)
            for one in units
        ]


class ScanForm(RecordForm):
    """The same, without an account: who records says so."""

    told_by = _words(
        "Votre nom", "Ou celui de votre structure. L’équipe du pôle le lit.", longest=100, autocomplete="name"
    )


class CorrectForm(LedgerForm):
    """What is right, and why."""

    quantity = _amount("Combien, en vrai")
    unit = forms.ChoiceField(label="Unité", error_messages={"invalid_choice": "Choisissez dans la liste."})
    happened_on = _day("Quel jour")
    evidence_kind = forms.ChoiceField(label="Preuve", choices=EvidenceKind.choices, required=False)
    reason = _words("Pourquoi", "Une faute de frappe, une pesée refaite. Les deux structures le lisent.")

    def __init__(self, *args: Any, units: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [(one.code, one.plural) for one in units]  # type: ignore[attr-defined]  # a choice field


class LabelForm(LedgerForm):
    """Where the label goes, and what is usual there."""

    name = _words("Où va cette étiquette", "Par exemple : Bac n° 3, cantine.", longest=100)
    usual = _words(
        "Quantité habituelle", "Elle sera proposée à chaque fois.", longest=20, inputmode="decimal"
    )


class TokenForm(LedgerForm):
    """For which structure, for which program, what it may do."""

    organisation = forms.ChoiceField(
        label="Structure", error_messages={"invalid_choice": "Choisissez dans la liste."}
    )
    name = _words("Pour quel logiciel", "Par exemple : pesées du camion.", longest=100)
    scopes = forms.MultipleChoiceField(
        label="Ce que la clé permet",
        choices=ApiScope.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choisissez dans la liste."},
    )

    def __init__(self, *args: Any, holders: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].choices = holders  # type: ignore[attr-defined]  # a choice field
