"""The forms of the accounts."""

from django import forms


class LinkForm(forms.Form):
    """Asks for a link to come in."""

    email = forms.EmailField(
        label="Courriel",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": "Donnez votre courriel.",
            "invalid": "Ce courriel n’est pas complet. Il s’écrit par exemple lea@exemple.fr.",
        },
    )
