"""The forms of the room: what was typed is kept as it was; the rooms say what is wrong."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django import forms

from maillage.core.errors import UserMistake, UserMistakes
from maillage.domain.agreements.enums import RefusalReason, RefusalWay
from maillage.domain.agreements.templates import Field, Template, read_templates

A_DAY = "Écrivez une date, par exemple 31/12/2027."
_A_MOMENT = "Écrivez un jour et une heure, par exemple 31/12/2027 09:00."
Choices = Iterable[tuple[str, str]]


class KeptForm(forms.Form):
    """A form whose mistakes may come from the rooms."""

    def text(self, name: str) -> str:
        """Return what was typed in a field, or in the words beside it."""
        return str(self.data.get(name, "")).strip()

    def tell(self, refused: UserMistake | UserMistakes) -> None:
        """Put each sentence under its field."""
        self.is_valid()
        found = (
            refused.by_field if isinstance(refused, UserMistakes) else {refused.field or "": refused.message}
        )
        for name, sentence in found.items():
            self.add_error(name if name in self.fields else None, sentence)


class _Asked(forms.CharField):
    """A field one must fill; what is missing is said by the room, with better words."""

    def validate(self, value: Any) -> None:
        """Leave the judgement to the room."""


def _text(label: str, help_text: str = "", *, longest: int = 300, **attrs: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        widget=forms.TextInput(attrs={"maxlength": longest, "autocomplete": "off", **attrs}),
    )


def _lines(label: str, help_text: str = "", rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, required=False, widget=forms.Textarea(attrs={"rows": rows})
    )


def _day(label: str, help_text: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": A_DAY},
    )


def _moment(label: str) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        required=False,
        input_formats=["%Y-%m-%dT%H:%M", "%d/%m/%Y %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": _A_MOMENT},
    )


def _one_of(label: str, choices: Choices = (), help_text: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=list(choices),
        required=False,
        help_text=help_text,
        error_messages={"invalid_choice": "Choisissez dans la liste."},
    )


def choose_party(form: forms.Form, parties: list[tuple[str, str]]) -> str:
    """Let a form choose among the parties; return the name of the only one, which needs no choice."""
    if not parties:
        del form.fields["organisation"]
        return ""
    form.fields["organisation"].choices = parties  # type: ignore[attr-defined]  # a choice field
    if len(parties) > 1:
        return ""
    form.fields["organisation"].widget = forms.HiddenInput()
    form.fields["organisation"].initial = parties[0][0]
    return parties[0][1]


class NewAgreementForm(KeptForm):
    """A new agreement: what kind, between whom."""

    template = forms.ChoiceField(
        label="Quel accord ?", widget=forms.RadioSelect, error_messages={"required": "Choisissez un modèle."}
    )
    title = _Asked(
        label="Titre",
        help_text="Ce que vous en direz au téléphone : « Prêt du fourgon le mardi ».",
        widget=forms.TextInput(attrs={"maxlength": 200}),
    )
    first = _Asked(label="Une structure")
    second = _Asked(label="L’autre structure")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["template"].choices = [  # type: ignore[attr-defined]  # a choice field
            (one.code, one.label) for one in read_templates().values()
        ]


class TermsForm(KeptForm):
    """The terms of a draft: the same for all, then what its template asks."""

    title = _Asked(label="Titre", widget=forms.TextInput(attrs={"maxlength": 200}))
    giver = _one_of("Qui donne ou prête")
    starts_on = _day("À partir du", "Vide : le jour où tous ont dit oui.")
    ends_on = _day("Jusqu’au")
    conditions = _lines("Conditions particulières", "Ce que le modèle ne dit pas, avec vos mots.", rows=4)

    def __init__(self, *args: Any, template: Template | None, parties: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.template = template
        if template is None or not template.has_roles:
            del self.fields["giver"]
        else:
            self.fields["giver"].label = template.giver
            self.fields["giver"].choices = list(parties)  # type: ignore[attr-defined]  # a choice field
        if template is None or not template.needs_end:
            self.fields["ends_on"].help_text = "Vide : sans date de fin."
        for one in template.fields if template else ():
            self.fields[one.code] = _asked_field(one)

    @property
    def own_rows(self) -> list[list[forms.BoundField]]:
        """What the template asks, in its order; short fields stand side by side."""
        return _rows(self, self.template)

    def typed(self) -> dict[str, str]:
        """What was typed in the fields of the template."""
        return {one.code: self.text(one.code) for one in (self.template.fields if self.template else ())}


def _rows(form: forms.Form, template: Template | None) -> list[list[forms.BoundField]]:
    """Put up to three short fields of a template on a row; a field of several lines has its own."""
    rows: list[list[forms.BoundField]] = []
    for kind, group in groupby(template.fields if template else (), key=lambda one: one.kind == "lines"):
        fields = [form[one.code] for one in group]
        size = 1 if kind else 2 if len(fields) in {2, 4} else 3
        rows += [fields[start : start + size] for start in range(0, len(fields), size)]
    return rows


def _asked_field(one: Field) -> forms.CharField:
    """A field of a template as a field of the form: a text until the room reads it; blanks are for later."""
    attrs: dict[str, Any] = {"autocomplete": "off"}
    widget: forms.Widget = forms.TextInput(attrs={**attrs, "maxlength": 300})
    if one.kind == "lines":
        widget = forms.Textarea(attrs={"rows": 3})
    elif one.kind == "date":
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    elif one.kind in {"money", "number"}:
        widget = forms.TextInput(attrs={**attrs, "inputmode": "decimal", "maxlength": 30})
    field = forms.CharField(label=one.label, help_text=one.help, required=False, widget=widget)
    if one.required:
        field.required = True
        field.validate = lambda value: None  # type: ignore[method-assign]  # a blank is asked again before signing
    return field


class LineForm(KeptForm):
    """A promise: who gives what to whom, how much, when."""

    provider = _one_of("Qui donne")
    receiver = _one_of("Qui reçoit")
    action = _one_of("Le geste")
    resource_type = _text("Quoi")
    resource = _one_of(
        "Une chose précise", help_text="Pour la réserver : deux réservations ne se croisent pas."
    )
    thing = _text(
        "Ou une chose nouvelle",
        "Le nom qu’on lui donne : « Fourgon blanc ». Elle pourra se réserver.",
        longest=200,
    )
    quantity = _text("Combien", longest=30, inputmode="decimal")
    unit = _text("Unité", longest=30, list="units")
    starts_at = _moment("Du")
    ends_at = _moment("Au")
    due_on = _day("Au plus tard le")
    note = _text("Précision", longest=300)

    def __init__(
        self, *args: Any, parties: Choices, actions: Choices, resources: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (
            ("provider", parties),
            ("receiver", parties),
            ("action", actions),
            ("resource", [("", "Aucune en particulier"), *resources]),
        ):
            self.fields[name].choices = list(choices)  # type: ignore[attr-defined]  # a choice field


class ChangedLineForm(KeptForm):
    """A promise as an amendment would make it: how much, when, on what condition."""

    quantity = _text("Combien", longest=30, inputmode="decimal")
    unit = _text("Unité", longest=30, list="units")
    starts_at = _moment("Du")
    ends_at = _moment("Au")
    due_on = _day("Au plus tard le")
    note = _text("Précision", longest=300)


class SignForm(KeptForm):
    """A yes: who, as what, having read."""

    organisation = _one_of("Au nom de")
    signer = _Asked(
        label="Prénom et nom", widget=forms.TextInput(attrs={"maxlength": 120, "autocomplete": "name"})
    )
    capacity = _Asked(
        label="En qualité de",
        help_text="Présidente, gérant, maire, déléguée par le bureau…",
        widget=forms.TextInput(attrs={"maxlength": 120, "autocomplete": "organization-title"}),
    )
    read = forms.BooleanField(
        label="J’ai lu le texte, et je dis oui au nom de la structure.",
        error_messages={"required": "Cochez la case quand vous avez lu le texte."},
    )
    digest = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, parties: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.only = choose_party(self, list(parties))


class FileSignForm(SignForm):
    """A yes on paper: the signed file is kept as its proof."""

    file = forms.FileField(
        label="Le document signé",
        help_text="Un PDF ou une photo lisible.",
        error_messages={"required": "Joignez le document signé.", "missing": "Joignez le document signé."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["read"].label = "Le document signé porte ce texte, sans changement."
        self.fields["signer"].label = "Qui a signé"


class DeclineForm(KeptForm):
    """A no: why, and who says it."""

    organisation = _one_of("Au nom de")
    reason = forms.ChoiceField(
        label="Pourquoi ?",
        help_text="L’équipe du pôle et les autres parties lisent cette raison.",
        choices=RefusalReason.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Dites pourquoi : choisissez une raison.",
            "invalid_choice": "Choisissez dans la liste.",
        },
    )
    words = _lines(
        "Ce qu’il faudrait changer", "Pour l’équipe du pôle : les autres parties ne le lisent pas."
    )
    said_by = _Asked(
        label="Votre nom", widget=forms.TextInput(attrs={"maxlength": 120, "autocomplete": "name"})
    )
    digest = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, parties: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.only = choose_party(self, list(parties))


class ToldNoForm(DeclineForm):
    """A no that somebody told the team: who, when, how, and the letter if there is one."""

    field_order = ("organisation", "way", "said_by", "told_on", "reason", "words", "file", "digest")

    way = forms.ChoiceField(
        label="Comment ?",
        choices=[(RefusalWay.PHONE.value, "De vive voix"), (RefusalWay.PAPER.value, "Par écrit")],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Dites comment : de vive voix ou par écrit.",
            "invalid_choice": "Choisissez dans la liste.",
        },
    )
    told_on = _day("Dit le")
    file = forms.FileField(label="Le courrier", help_text="Un PDF ou une photo lisible.", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["said_by"].label = "Qui l’a dit"
        self.fields["said_by"].widget.attrs["autocomplete"] = "off"

    def clean_file(self) -> Any:
        """Keep a letter for what was written only."""
        file = self.cleaned_data.get("file")
        if file and self.data.get("way") != RefusalWay.PAPER.value:
            raise forms.ValidationError("Pour joindre un courrier, choisissez « Par écrit ».")
        return file


class InviteForm(KeptForm):
    """Where to send the link that lets somebody without account sign."""

    organisation = _one_of("Pour")
    email = forms.EmailField(
        label="Courriel",
        error_messages={
            "required": "Donnez l’adresse à qui écrire.",
            "invalid": "Ce courriel n’est pas complet. Il s’écrit par exemple contact@exemple.fr.",
        },
    )

    def __init__(self, *args: Any, parties: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].choices = list(parties)  # type: ignore[attr-defined]  # a choice field


class AnnexForm(KeptForm):
    """A file joined to the agreement."""

    annex_title = _text("Ce que c’est", "État des lieux, attestation d’assurance, plan.", longest=200)
    file = forms.FileField(label="Fichier", error_messages={"required": "Choisissez un fichier."})


class AmendmentForm(KeptForm):
    """The terms as they would be after: what differs becomes the amendment."""

    reason = _lines("Pourquoi cet avenant", "Une phrase suffit.", rows=2)
    starts_on = forms.DateField(
        label="S’applique à partir du",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": A_DAY, "required": "Dites à partir de quand."},
    )
    ends_on = _day("Fin de l’accord")
    conditions = _lines("Conditions particulières", rows=4)

    def __init__(self, *args: Any, template: Template | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.template = template
        for one in template.fields if template else ():
            self.fields[one.code] = _asked_field(one)

    @property
    def own_rows(self) -> list[list[forms.BoundField]]:
        """What the template asks, in its order; short fields stand side by side."""
        return _rows(self, self.template)

    def typed(self) -> dict[str, str]:
        """What was typed in the fields of the template."""
        return {one.code: self.text(one.code) for one in (self.template.fields if self.template else ())}
