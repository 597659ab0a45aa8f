"""The forms of the room: what was typed is kept as it was; the rooms say what is wrong."""

from typing import Any

from django import forms

from maillage.domain.projects.enums import (
    MeasureMoment,
    MeetingKind,
    PartyRole,
    ProjectKind,
    ProjectVisibility,
    Wished,
)
from maillage.interfaces.web.actors.forms import KeptForm

_A_DAY = "Écrivez une date, par exemple 31/12/2027."
_QUICK: dict[str, Any] = {"data-shortcut": "a", "data-shortcut-label": "Ajouter une tâche"}
_AN_HOUR = "Écrivez une heure, par exemple 18:30."


def _text(label: str, help_text: str = "", *, longest: int = 200, **attrs: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        widget=forms.TextInput(attrs={"maxlength": longest, "autocomplete": "off", **attrs}),
    )


class _Asked(forms.CharField):
    """A line one must fill; what is missing is said by the room, with better words."""

    def validate(self, value: Any) -> None:
        """Leave the judgement to the room."""


def _asked(label: str, help_text: str = "", *, longest: int = 200, **attrs: Any) -> forms.CharField:
    look = {"maxlength": longest, "autocomplete": "off", **attrs}
    return _Asked(label=label, help_text=help_text, widget=forms.TextInput(attrs=look))


def _lines(label: str, help_text: str = "", *, rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, required=False, widget=forms.Textarea(attrs={"rows": rows})
    )


def _day(label: str, help_text: str = "", *, required: bool = False) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _A_DAY, "required": "Donnez une date."},
    )


def _hour(label: str, *, required: bool = False) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        required=required,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _AN_HOUR, "required": "Donnez une heure."},
    )


def _number(label: str, help_text: str = "", **attrs: Any) -> forms.CharField:
    return _text(label, help_text, longest=20, inputmode="decimal", **attrs)


def _one_of(label: str, choices: Any, *, radio: bool = False, help_text: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        help_text=help_text,
        widget=forms.RadioSelect if radio else forms.Select,
        error_messages={
            "invalid_choice": "Choisissez dans la liste.",
            "required": "Choisissez dans la liste.",
        },
    )


class ProjectForm(KeptForm):
    """The sheet of a project or of a working group."""

    name = _asked("Nom")
    kind = _one_of("C’est…", ProjectKind.choices, radio=True)
    summary = _text(
        "En une phrase", "Ce qu’on veut faire, pour quelqu’un qui n’en a jamais entendu parler.", longest=300
    )
    lead = _text("Porté par", "La structure qui mène le projet. Vide : pas encore choisie.")
    since = _day("Depuis le", required=True)
    visibility = _one_of("Qui peut voir", ProjectVisibility.choices, radio=True)
    description = _lines("Description", rows=5)


class TaskForm(KeptForm):
    """What somebody does, by when."""

    title = _asked("Quoi", **_QUICK)
    owner = forms.CharField(label="Qui", required=False, widget=forms.Select)
    due_on = _day("Pour le")

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        widget: Any = self.fields["owner"].widget
        widget.choices = [("", "À confier"), *people]


class PartyForm(KeptForm):
    """A structure takes part."""

    organisation = _asked("Structure")
    role = _one_of("À quel titre", PartyRole.choices)
    words = _text("Précision")
    since = _day("Depuis le", required=True)


class FileForm(KeptForm):
    """A file to keep."""

    file = forms.FileField(
        label="Fichier",
        help_text="Document, tableau ou photo.",
        error_messages={"required": "Choisissez un fichier.", "empty": "Ce fichier est vide."},
    )
    words = _text("Ce que c’est")


class NeedForm(KeptForm):
    """A need that the project answers."""

    need = _asked("Besoin", "Cherchez un mot de son titre.")


class MeetingForm(KeptForm):
    """A meeting; without a date, dates are proposed on the next page."""

    title = _asked("Titre")
    kind = _one_of("C’est…", MeetingKind.choices)
    day = _day("Date", "Vide : vous proposerez plusieurs dates à la page suivante.")
    hour = _hour("Heure")
    minutes_long = _number("Durée en minutes")
    place = _text("Lieu")
    visio_url = _text(
        "Lien de visio",
        "L’adresse entière, par exemple https://visio.exemple.fr/notre-salle.",
        longest=500,
        inputmode="url",
    )
    words = _lines("Mot d’invitation", "Il part dans le courriel.")


class DateForm(KeptForm):
    """A date that may suit."""

    day = _day("Date", required=True)
    hour = _hour("Heure", required=True)


class AgendaForm(KeptForm):
    """A line of the agenda."""

    title = _asked("Sujet")
    agenda_minutes = _number("Minutes")


class GuestForm(KeptForm):
    """Somebody who is asked: of the pole, or anybody."""

    person = forms.CharField(label="Une personne du pôle", required=False, widget=forms.Select)
    name = _text("Ou quelqu’un d’autre : son nom")
    email = _text("Son courriel", longest=254, inputmode="email")

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        widget: Any = self.fields["person"].widget
        widget.choices = [("", "Choisir"), *people]


class AddendumForm(KeptForm):
    """What is added to published minutes."""

    addendum = _lines(
        "Ce que vous ajoutez", "Daté et signé de votre nom ; le compte rendu publié ne change pas."
    )


class TrialForm(KeptForm):
    """What one wants to know."""

    question = _asked(
        "La question", "Par exemple : une collecte par semaine suffit-elle à trois cantines ?", longest=300
    )
    starts_on = _day("Du", required=True)
    ends_on = _day("Au")
    method = _lines("Comment on s’y prend")


class IndicatorForm(KeptForm):
    """What is measured."""

    label = _asked("Ce que vous mesurez", "Par exemple : biodéchets jetés.", longest=120)
    unit = _asked("Unité", "kg, t, h, personnes, repas, €…", longest=30)
    wished = _one_of("Ce que vous espérez", Wished.choices)


class MeasureForm(KeptForm):
    """A number, before or after."""

    moment = _one_of("Quand", MeasureMoment.choices, radio=True)
    quantity = _number("Combien")
    measured_on = _day("Mesuré le", required=True)
    source = _asked("D’où vient ce chiffre", "Pesée, relevé, enquête, comptabilité…")


class DecisionForm(KeptForm):
    """Go on, or stop."""

    verb = _one_of("La décision", [("go", "On continue"), ("stop", "On arrête")], radio=True)
    deciders = _asked("Qui a décidé", "Par exemple : le comité de pilotage du 12 mars.")
    reason = _asked("Pourquoi", longest=300)
