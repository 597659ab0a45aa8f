"""The form of a need or an offer: what was typed, kept as it was; ``reading`` says what it means."""

from collections.abc import Iterable
from typing import Any

from django import forms

from maillage.core.periods import DAYS, MONTHS
from maillage.core.quantities import units
from maillage.domain.actors.enums import ActorFamily
from maillage.domain.catalogue.models import Authorisation
from maillage.domain.exchanges.enums import EvidenceChannel, IntentKind, PeriodChoice, PriceKind, Visibility

HALF_DAYS = (("matin", "matin", 8, 12), ("apres-midi", "après-midi", 13, 18), ("soir", "soir", 18, 22))
WHAT = {
    IntentKind.NEED.value: "Qu’est-ce qui manque ?",
    IntentKind.OFFER.value: "Qu’est-ce que vous proposez ?",
}
VISIBILITY_HELP = {
    Visibility.PUBLIC: "Tout le monde : aussi les personnes qui ne sont pas connectées.",
    Visibility.MEMBERS: "Les membres du pôle, avec le nom de la structure.",
    Visibility.ANONYMOUS: "Les membres, sans le nom : ils voient le type, l’ordre de grandeur et l’intercommunalité.",
    Visibility.FACILITATORS: "L’animation seulement, le temps d’en parler.",
}
Choices = Iterable[tuple[str, str]]
_BOX = {"class": "form-check-input"}


class _Asked(forms.CharField):
    """A field one must fill; what is missing is said by ``reading``, with better words."""

    def validate(self, value: Any) -> None:
        """Leave the judgement to the reading."""


def _text(label: str, help_text: str = "", **attrs: Any) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, required=False, widget=forms.TextInput(attrs=attrs)
    )


def _lines(label: str, help_text: str = "", rows: int = 2) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, required=False, widget=forms.Textarea(attrs={"rows": rows})
    )


def _day(label: str) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


def _several(label: str, choices: Choices, help_text: str = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        choices=list(choices),
        help_text=help_text,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class IntentForm(forms.Form):
    """Three fields to see, the others folded; every value stays a text until it is read."""

    words = _Asked(help_text="Avec les mots de la personne.", widget=forms.Textarea(attrs={"rows": 3}))
    author = _Asked(label="Qui le dit ?")
    municipality = _text("Où ?")
    resource_type = _text("De quoi s’agit-il ?")
    other_type = _text("Autre chose")
    profession = _text("Quel métier ?")
    new_family = forms.ChoiceField(
        label="C’est…", choices=ActorFamily.choices, required=False, widget=forms.RadioSelect(attrs=_BOX)
    )
    title = _text("Titre", "Vide : le début de ce qui est dit.")
    quantity = _text("Quantité", inputmode="decimal", autocomplete="off")
    unit = _text("Unité", list="units", autocomplete="off")
    period = forms.ChoiceField(label="Combien de fois", choices=PeriodChoice.choices, required=False)
    minimum = _text("Au moins", inputmode="decimal", autocomplete="off")
    available_from = _day("À partir du")
    available_until = _day("Jusqu’au")
    slots = _several("Jours de la semaine", ())
    hours = _text("D’autres heures", "Par exemple : mardi de 9 h à 11 h.", autocomplete="off")
    months = _several("Mois", [(str(at), name) for at, name in enumerate(MONTHS)], "Vide : toute l’année.")
    reach_km = _text(
        "Distance, en kilomètres", "Vide : sans limite.", inputmode="numeric", autocomplete="off"
    )
    price_kind = forms.ChoiceField(
        label="En échange", choices=PriceKind.choices, required=False, widget=forms.RadioSelect
    )
    price = _text("Prix, en euros", inputmode="decimal", autocomplete="off")
    conditions = _lines("Conditions", "Ce qu’il faut savoir avant de se mettre d’accord.")
    qualities = _text("Ce qui compte", "Séparé par des virgules : sans plastique, accessible en fauteuil.")
    requires = _several("L’autre doit avoir", ())
    holds = _several("La structure détient", ())
    visibility = forms.ChoiceField(
        label="Qui peut voir",
        choices=list(VISIBILITY_HELP.items()),
        required=False,
        widget=forms.RadioSelect(attrs=_BOX),
    )
    said_by = _text("Qui l’a dit", "Une fonction plutôt qu’un nom : la cheffe de cuisine.")
    channel = forms.ChoiceField(label="Comment", choices=EvidenceChannel.choices, required=False)
    evidence_on = _day("Quand")
    place = _text("À quelle occasion", "Une rencontre, une visite, un atelier.")
    people_concerned = _text("Personnes concernées", inputmode="numeric", autocomplete="off")

    def __init__(
        self, *args: Any, kind: str, authorisations: Iterable[Authorisation] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.fields["words"].label = WHAT[kind]
        self.fields["words"].widget.attrs |= {"maxlength": "20000"}
        self._give_choices(
            "slots",
            [
                (f"{day}-{code}", f"{name} {label}")
                for day, name in enumerate(DAYS)
                for code, label, _, _ in HALF_DAYS
            ],
        )
        known = [(one.code, one.label) for one in authorisations]
        for name in ("requires", "holds"):
            self._give_choices(name, known)

    def _give_choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = choices

    def text(self, name: str) -> str:
        """What was typed or chosen in a field, trimmed; "" when nothing was."""
        if not self.is_bound:
            return str(self.initial.get(name) or "")
        return str(self.data.get(name) or "").strip()

    def several(self, name: str) -> list[str]:
        """What was ticked in a field."""
        if not self.is_bound:
            return [str(one) for one in self.initial.get(name) or []]
        return [str(one) for one in self.data.getlist(name)] if hasattr(self.data, "getlist") else []


def unit_choices() -> list[tuple[str, str]]:
    """The units one may type, for the list that completes the field."""
    return [(unit.symbol or unit.plural, unit.plural) for unit in units().values()]
