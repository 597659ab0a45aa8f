"""The forms of the room: what was typed; the rooms judge it."""

from typing import Any

from django import forms

from maillage.domain.exchanges.enums import IntentKind
from maillage.domain.gathering.enums import Consent, QuestionKind
from maillage.domain.gathering.models.workshop import MOST_VOTES
from maillage.domain.gathering.operations.workshops import CONSENT

NUMBER = "Écrivez un nombre entier."


class TypedForm(forms.Form):
    """A form that takes the sentences of the rooms under its fields."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False

    def tell(self, mistakes: dict[str, str]) -> None:
        """Put each sentence under its field."""
        for name, sentence in mistakes.items():
            self.add_error(name if name in self.fields else None, sentence)


def day_field(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    """Return a field for a day, with the browser's calendar."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": "Donnez le jour.",
            "invalid": "Cette date n’existe pas : jour, mois, année.",
        },
    )


def whole_field(
    label: str, *, low: int, high: int, required: bool = False, help_text: str = ""
) -> forms.IntegerField:
    """Return a field for a whole number."""
    return forms.IntegerField(
        label=label,
        required=required,
        min_value=low,
        max_value=high,
        help_text=help_text,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": NUMBER,
            "invalid": NUMBER,
            "min_value": f"Il faut au moins {low}.",
            "max_value": f"{high} au plus.",
        },
    )


class WorkshopForm(TypedForm):
    """A workshop to prepare."""

    title = forms.CharField(
        label="Titre", max_length=120, error_messages={"required": "Donnez un titre à l’atelier."}
    )
    question = forms.CharField(
        label="La question posée",
        max_length=300,
        required=False,
        help_text="Elle s’affiche en grand : « Qu’est-ce qui vous manque, qu’avez-vous à partager ? »",
    )
    held_on = day_field("Le")
    place = forms.CharField(label="Où", max_length=200, required=False)
    votes_each = whole_field(
        "Votes par téléphone", low=1, high=MOST_VOTES, required=True, help_text="Trois suffisent d’habitude."
    )
    consent_text = forms.CharField(
        label="Ce que l’on dit de l’usage des noms",
        widget=forms.Textarea(attrs={"rows": 3}),
        initial=CONSENT,
        help_text="Ce texte est daté : le changer lui donne la date du jour.",
        error_messages={"required": "Dites à quoi serviront les noms et les courriels."},
    )


class CardForm(TypedForm):
    """A card, from a phone."""

    kind = forms.ChoiceField(
        label="C’est",
        choices=[(IntentKind.NEED.value, "Un besoin"), (IntentKind.OFFER.value, "Une offre")],
        widget=forms.RadioSelect,
        initial=IntentKind.NEED.value,
        error_messages={"required": "Dites s’il s’agit d’un besoin ou d’une offre."},
    )
    title = forms.CharField(
        label="En une phrase",
        required=False,
        help_text="« Une salle pour vingt personnes le mardi soir. »",
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": "200"}),
    )
    people = whole_field("Pour combien de personnes", low=0, high=100_000_000)


class SeatForm(TypedForm):
    """Who holds the phone; everything is optional."""

    table_number = whole_field("Numéro de table", low=1, high=200)
    organisation = forms.CharField(label="Votre structure", max_length=200, required=False)
    name = forms.CharField(label="Votre nom", max_length=200, required=False)
    email = forms.CharField(
        label="Votre courriel",
        max_length=254,
        required=False,
        help_text="Pour recevoir, à la fin, la liste de ce qui se répond.",
        widget=forms.TextInput(
            attrs={"inputmode": "email", "autocomplete": "email", "autocapitalize": "none"}
        ),
    )
    consents = forms.BooleanField(label="Je suis d’accord", required=False)


class InterviewForm(TypedForm):
    """Notes of somebody who was listened to."""

    subject = forms.CharField(
        label="Avec qui",
        max_length=200,
        required=False,
        help_text="Une fonction plutôt qu’un nom : la gardienne de l’école.",
    )
    organisation = forms.CharField(label="Sa structure", required=False)
    held_on = day_field("Le")
    place = forms.CharField(label="Où", max_length=200, required=False)
    notes = forms.CharField(
        label="Vos notes",
        required=False,
        help_text="Seule l’animation les lit. N’y mettez ni santé, ni nom d’enfant.",
        widget=forms.Textarea(attrs={"rows": 12}),
    )
    consent = forms.ChoiceField(
        label="Ce que la personne accepte",
        choices=[one for one in Consent.choices if one[0] != Consent.WITHDRAWN],
        widget=forms.RadioSelect,
        required=False,
    )
    person_name = forms.CharField(label="Son nom", max_length=200, required=False)
    person_contact = forms.CharField(label="Comment la joindre", max_length=200, required=False)


class CampaignForm(TypedForm):
    """A campaign to prepare."""

    title = forms.CharField(label="Titre", max_length=120, required=False)
    title_easy = forms.CharField(
        label="Le même, facile à lire",
        max_length=120,
        required=False,
        help_text="Une phrase courte, des mots courants.",
    )
    introduction = forms.CharField(
        label="Présentation", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    introduction_easy = forms.CharField(
        label="La même, facile à lire",
        required=False,
        help_text="Une idée par phrase. Pas de sigle.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    opens_on = day_field("Ouvre le")
    closes_on = day_field("Dernier jour", required=False, help_text="Vide : sans fin.")
    consent_text = forms.CharField(
        label="Ce que la personne accepte",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ce texte est daté : le changer lui donne la date du jour.",
    )


class QuestionForm(TypedForm):
    """A question of the pole's own."""

    text = forms.CharField(label="Question", max_length=300, required=False)
    text_easy = forms.CharField(label="La même, facile à lire", max_length=300, required=False)
    kind = forms.ChoiceField(label="On répond par", choices=QuestionKind.choices, initial=QuestionKind.LINE)
    choices = forms.CharField(
        label="Choix", required=False, help_text="Un par ligne.", widget=forms.Textarea(attrs={"rows": 3})
    )
    is_required = forms.BooleanField(label="Il faut y répondre", required=False)
