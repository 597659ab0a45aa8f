"""What one types about a synergy; the room says what is wrong, with better words."""

from collections.abc import Sequence

from django import forms

from maillage.domain.synergies.operations.note import STEP_LENGTH, TITLE_LENGTH

NOBODY = ("", "Personne pour l’instant")


class FollowForm(forms.Form):
    """Who follows it, what comes next, for when."""

    owner = forms.ChoiceField(
        label="Suivie par",
        required=False,
        error_messages={"invalid_choice": "Choisissez dans la liste."},
    )
    next_step = forms.CharField(
        label="Prochaine étape",
        required=False,
        max_length=STEP_LENGTH,
        help_text="Une chose à faire, en quelques mots.",
        error_messages={"max_length": f"C’est trop long : {STEP_LENGTH} caractères au plus."},
    )
    due_on = forms.DateField(
        label="Pour le",
        required=False,
        help_text="Nous vous le rappelons ce jour-là.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Écrivez une date, par exemple 31/12/2027."},
    )

    def __init__(self, *args: object, owners: Sequence[tuple[int, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed through as they come
        choices = [NOBODY, *((str(pk), name) for pk, name in owners)]
        self.fields["owner"].choices = choices  # type: ignore[attr-defined]  # a choice field


class NewForm(FollowForm):
    """A synergy noted by hand; its lines are read apart, there are as many as one wants."""

    title = forms.CharField(
        label="Titre",
        required=False,
        max_length=TITLE_LENGTH,
        help_text="Vide : le titre du premier besoin.",
        error_messages={"max_length": f"Le titre est trop long : {TITLE_LENGTH} caractères au plus."},
    )
    field_order = ("title", "owner", "next_step", "due_on")
