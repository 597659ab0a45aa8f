"""The forms of the room: what was typed is kept as it was; ``reading`` and the rooms say what is wrong."""

from typing import Any

from django import forms

from maillage.domain.actors.enums import (
    ActorFamily,
    InclusionType,
    LegalForm,
    MandateRole,
    NafVersion,
    PartnerKind,
    SocialEconomyGround,
    StaffBand,
)

_A_DAY = "Écrivez une date, par exemple 31/12/2027."


class _Asked(forms.CharField):
    """A field one must fill; what is missing is said by the room, with better words."""

    def validate(self, value: Any) -> None:
        """Leave the judgement to the room."""


class _OneOf(forms.ChoiceField):
    """A choice one must make, said by ``reading``."""

    def validate(self, value: Any) -> None:
        """Refuse only what is not in the list."""
        if value and not self.valid_value(value):
            raise forms.ValidationError("Choisissez dans la liste.", code="invalid_choice")


def _text(label: str, help_text: str = "", *, longest: int = 300, **attrs: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        widget=forms.TextInput(attrs={"maxlength": longest, **attrs}),
    )


def _day(label: str, help_text: str = "", *, required: bool = False) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _A_DAY, "required": "Donnez une date."},
    )


def _one_of(
    label: str, choices: Any, help_text: str = "", *, empty: str = "Non précisé"
) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=[("", empty), *choices],
        required=False,
        help_text=help_text,
        error_messages={"invalid_choice": "Choisissez dans la liste."},
    )


class KeptForm(forms.Form):
    """A form whose mistakes may come from the rooms."""

    def text(self, name: str) -> str:
        """Return what was typed in a field, or in the words beside it."""
        return str(self.data.get(name, "")).strip()

    def tell(self, mistakes: dict[str, str]) -> None:
        """Put each sentence under its field."""
        self.is_valid()
        for name, sentence in mistakes.items():
            self.add_error(name if name in self.fields else None, sentence)


class SiteForm(KeptForm):
    """A place where a structure works."""

    municipality = _text("Commune")
    address = _text("Adresse", "Numéro et rue.", autocomplete="off")
    siret = _text(
        "SIRET", "14 chiffres. Il donne aussi le SIREN.", longest=40, inputmode="numeric", autocomplete="off"
    )
    site_name = _text("Nom du site", "Vide : celui de la structure.", longest=200)
    latitude = _text("Latitude", longest=20, inputmode="decimal", autocomplete="off")
    longitude = _text("Longitude", longest=20, inputmode="decimal", autocomplete="off")
    is_head = forms.BooleanField(label="C’est le siège", required=False)


class OrganisationForm(SiteForm):
    """The sheet of a structure, with its head site when it is new."""

    name = _Asked(label="Nom de la structure", widget=forms.TextInput(attrs={"maxlength": 200}))
    family = _OneOf(label="C’est…", choices=ActorFamily.choices, widget=forms.RadioSelect)
    short_name = _text("Sigle", longest=50)
    legal_form = _one_of("Forme", LegalForm.choices)
    description = forms.CharField(
        label="En une phrase",
        help_text="Ce qu’elle fait, pour quelqu’un qui ne la connaît pas.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    siren = _text("SIREN", "9 chiffres.", longest=40, inputmode="numeric", autocomplete="off")
    rna = _text(
        "Numéro RNA", "Pour une association : W suivi de neuf signes.", longest=40, autocomplete="off"
    )
    naf_code = _text("Code d’activité (NAF)", "Par exemple 94.99Z.", longest=20, autocomplete="off")
    naf_version = forms.ChoiceField(
        label="Nomenclature",
        choices=NafVersion.choices,
        required=False,
        initial=NafVersion.REV2.value,
        error_messages={"invalid_choice": "Choisissez dans la liste."},
    )
    ess_ground = _one_of("À quel titre dans l’ESS", SocialEconomyGround.choices)
    inclusion_type = _one_of(
        "Insertion ou handicap",
        [(value, f"{label} ({value})") for value, label in InclusionType.choices],
        empty="Non concernée",
    )
    esus_until = _day("Agrément ESUS jusqu’au")
    staff_band = forms.ChoiceField(label="Effectif", choices=StaffBand.choices, required=False)
    website = _text("Site", "Par exemple https://exemple.fr.", longest=200, inputmode="url")
    email = _text("Courriel", longest=254, inputmode="email", autocomplete="off")
    phone = _text("Téléphone", longest=30, inputmode="tel", autocomplete="off")
    verified_on = _day("Fiche vérifiée le")
    is_fictional = forms.BooleanField(
        label="Structure inventée, pour un essai ou une démonstration", required=False
    )


class JoinForm(KeptForm):
    """A structure joins the pole."""

    since = _day("Membre depuis le", required=True)
    college = forms.ChoiceField(label="Collège", required=False)

    def __init__(self, *args: Any, colleges: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["college"].choices = [("", "Sans collège"), *colleges]  # type: ignore[attr-defined]  # a choice field


class PartnerForm(KeptForm):
    """A structure works with the pole without being a member."""

    partner_since = _day("Partenaire depuis le", required=True)
    kind = forms.ChoiceField(label="À quel titre", choices=PartnerKind.choices)
    note = _text("Précision")


class EndForm(KeptForm):
    """Something ends: the first day without it."""

    until = _day("Jusqu’au", required=True)


class MandateForm(KeptForm):
    """Somebody receives a role in the pole, and an account when an e-mail is given."""

    given_name = _Asked(label="Prénom", widget=forms.TextInput(attrs={"maxlength": 100}))
    family_name = _text("Nom", longest=100)
    email = _text(
        "Courriel",
        "La personne reçoit un lien pour entrer. Vide : elle est nommée, sans compte.",
        longest=254,
        inputmode="email",
        autocomplete="off",
    )
    role = _OneOf(label="Rôle", choices=MandateRole.choices, widget=forms.RadioSelect)
    organisation = _text("Structure", "Celle que la personne représente.")
    since = _day("Depuis le", required=True)
