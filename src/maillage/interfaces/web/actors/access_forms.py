"""The forms of requests for an access: what a stranger writes, what the team answers."""

from typing import Any

from django import forms

from maillage.domain.actors.enums import MandateRole
from maillage.interfaces.web.actors.forms import KeptForm


def _asked(label: str, longest: int, help_text: str = "", **attrs: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=longest,
        widget=forms.TextInput(attrs=attrs),
        error_messages={"required": "Il manque cette réponse.", "max_length": "C’est un peu long."},
    )


class AskForm(KeptForm):
    """What a stranger writes to ask for an access."""

    given_name = _asked("Prénom", 100, autocomplete="given-name")
    family_name = _asked("Nom", 100, autocomplete="family-name")
    email = forms.EmailField(
        label="Courriel",
        help_text="La réponse y arrive.",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": "Donnez un courriel : la réponse y arrive.",
            "invalid": "Ce courriel n’est pas complet. Il s’écrit par exemple lea@exemple.fr.",
        },
    )
    organisation = forms.CharField(label="Votre structure", required=False)
    words = forms.CharField(
        label="En quelques mots",
        help_text="Ce qui vous amène, qui vous a parlé du pôle.",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": "C’est un peu long : deux mille signes au plus."},
    )


class AnswerForm(KeptForm):
    """What the team answers: a role and whom it speaks for, or a reason."""

    role = forms.ChoiceField(
        label="Rôle", choices=MandateRole.choices, required=False, widget=forms.RadioSelect
    )
    organisation = forms.CharField(label="Structure", required=False)
    reason = forms.CharField(
        label="Pourquoi", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, roles: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = roles  # type: ignore[attr-defined]  # a choice field
