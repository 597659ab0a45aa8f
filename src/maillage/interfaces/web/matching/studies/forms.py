"""What one asks of a study."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms

from maillage.core.errors import UserMistake
from maillage.core.quantities import unit_named
from maillage.domain.actors.models import Pole
from maillage.domain.catalogue.models import ResourceKind
from maillage.domain.catalogue.queries import search_types
from maillage.domain.exchanges.models import Intent
from maillage.domain.places.queries import municipality_named

EVERYTHING = ("", "Tout")
FAIRNESS = (
    ("none", "Le plus de besoins servis, c’est tout"),
    ("municipality", "D’abord la commune la moins servie"),
    ("type", "D’abord le type de besoin le moins servi"),
)
GESTURES = (
    ("resize", "cette offre était plus grande ou plus petite"),
    ("remove", "cette offre n’existait plus"),
    ("move", "cette offre était ailleurs"),
    ("add", "une offre s’ajoutait"),
)
MOST_KM = 500


class ShareOutForm(forms.Form):
    """What to share out, and how."""

    kind = forms.ChoiceField(
        label="Quoi", choices=(EVERYTHING, *ResourceKind.choices), required=False, widget=forms.RadioSelect
    )
    fairness = forms.ChoiceField(
        label="Équité",
        choices=FAIRNESS,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choisissez une règle d’équité.",
            "invalid_choice": "Choisissez dans la liste.",
        },
    )
    months = forms.BooleanField(
        label="Compter mois par mois",
        required=False,
        help_text="Une offre d’été ne sert pas un besoin d’hiver.",
    )
    reach_km = forms.IntegerField(
        label="Distance acceptée quand rien n’est dit",
        required=False,
        min_value=1,
        max_value=MOST_KM,
        help_text="En kilomètres. Vide : aucune limite de plus.",
        error_messages={
            "invalid": "Écrivez un nombre entier de kilomètres.",
            "min_value": "Il faut 1 km au moins.",
            "max_value": f"Il faut {MOST_KM} km au plus.",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False

    @staticmethod
    def initial_from(parameters: Mapping[str, Any]) -> dict[str, Any]:
        """What the last run asked, or the usual."""
        return {
            "kind": parameters.get("kind", ""),
            "fairness": parameters.get("fairness", "none"),
            "months": parameters.get("months", False),
            "reach_km": parameters.get("reach_km"),
        }

    def asked(self) -> dict[str, Any]:
        """The parameters of the run."""
        told = self.cleaned_data
        return {name: told[name] for name in ("kind", "fairness", "months", "reach_km")}


class WhatIfForm(forms.Form):
    """One offer changed: resized, removed, moved or added."""

    gesture = forms.ChoiceField(
        label="Et si…",
        choices=GESTURES,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Dites ce qui changerait.",
            "invalid_choice": "Choisissez dans la liste.",
        },
    )
    offer = forms.ChoiceField(
        label="Quelle offre",
        required=False,
        help_text="Inutile quand une offre s’ajoute.",
        error_messages={"invalid_choice": "Cette offre n’est plus ouverte. Choisissez-en une autre."},
    )
    quantity = forms.CharField(
        label="Quelle quantité par an",
        required=False,
        max_length=30,
        help_text="Avec son unité : 12 t, 300 h, 40 m². Pour changer la taille ou ajouter.",
    )
    type_code = forms.CharField(
        label="De quel type",
        required=False,
        max_length=120,
        help_text="Pour une offre qui s’ajoute : compostage…",
    )
    commune = forms.CharField(
        label="Dans quelle commune", required=False, max_length=100, help_text="Pour déplacer ou ajouter."
    )

    def __init__(self, *args: Any, offers: Sequence[Intent], pole: Pole, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        self._pole = pole
        choices = [(str(one.pk), f"{one.title} — {one.author.name}") for one in offers]
        self.fields["offer"].choices = [("", "Choisir…"), *choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Check that what the gesture needs is there, and understand it."""
        told = super().clean() or {}
        gesture = told.get("gesture")
        if gesture in {"resize", "remove", "move"} and not told.get("offer"):
            self.add_error("offer", "Choisissez l’offre qui changerait.")
        if gesture in {"resize", "add"}:
            self._clean_quantity(told)
        if gesture in {"move", "add"}:
            self._clean_commune(told)
        if gesture == "add":
            self._clean_type(told)
        return told

    def change(self) -> dict[str, Any]:
        """The change as plain values; quantities are in the unit said, over a year."""
        told = self.cleaned_data
        return {
            "gesture": told["gesture"],
            "offer": told.get("offer", ""),
            "quantity": told.get("amount"),
            "unit": told.get("unit", ""),
            "type": told.get("type", ""),
            "commune": told.get("commune_code", ""),
        }

    def _clean_quantity(self, told: dict[str, Any]) -> None:
        figure, _, unit = told.get("quantity", "").strip().partition(" ")
        try:
            amount = Decimal(figure.replace(",", "."))
            found = unit_named(unit.strip())
        except (InvalidOperation, UserMistake):
            self.add_error("quantity", "Écrivez un nombre puis une unité : 12 t, 300 h, 40 m².")
            return
        if not amount.is_finite() or amount <= 0:
            self.add_error("quantity", "Il faut une quantité au-dessus de 0.")
            return
        told["amount"], told["unit"] = str(amount), found.code

    def _clean_commune(self, told: dict[str, Any]) -> None:
        text = told.get("commune", "").strip()
        if not text:
            self.add_error("commune", "Dites dans quelle commune.")
            return
        try:
            told["commune_code"] = municipality_named(text, near_territory=self._pole.territory).code
        except UserMistake as mistake:
            self.add_error("commune", mistake.message)

    def _clean_type(self, told: dict[str, Any]) -> None:
        found = search_types(text=told.get("type_code", "").strip(), limit=1)
        if not found:
            self.add_error(
                "type_code", "Aucun type du catalogue ne ressemble à cela. Essayez un mot plus courant."
            )
            return
        told["type"] = found[0].code


class RoundsForm(forms.Form):
    """Where the van leaves from, what it carries, how long it works, which days."""

    depot = forms.CharField(
        label="D’où part-on",
        max_length=100,
        help_text="Une commune. On y revient le soir.",
        error_messages={"required": "Dites de quelle commune on part."},
    )
    days = forms.IntegerField(label="Sur combien de jours", min_value=1, max_value=14, initial=5)
    number = forms.IntegerField(label="Combien de véhicules", min_value=1, max_value=20)
    kg = forms.FloatField(label="Charge utile de chacun, en kg", min_value=1, max_value=40_000)
    m3 = forms.FloatField(label="Volume utile de chacun, en m³", min_value=0.1, max_value=100)
    leaves = forms.TimeField(label="Départ", error_messages={"invalid": "Écrivez une heure : 7:30."})
    back = forms.TimeField(
        label="Retour au plus tard", error_messages={"invalid": "Écrivez une heure : 17:00."}
    )
    service_minutes = forms.IntegerField(label="Durée d’un arrêt, en minutes", min_value=0, max_value=240)
    km_cost = forms.FloatField(
        label="Coût d’un kilomètre, en euros",
        min_value=0,
        max_value=100,
        help_text="Le vôtre : il pèse sur le choix.",
    )
    hour_cost = forms.FloatField(label="Coût d’une heure, en euros", min_value=0, max_value=1000)
    careful = forms.BooleanField(label="Chercher plus longtemps", required=False)

    def __init__(self, *args: Any, pole: Pole, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        self._pole = pole
        for name in ("leaves", "back"):
            self.fields[name].widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
        for name, field in self.fields.items():
            if isinstance(field, forms.IntegerField | forms.FloatField):
                field.error_messages["required"] = "Donnez un nombre."
                field.error_messages["invalid"] = "Écrivez un nombre."
            field.error_messages.setdefault(
                "required", "Donnez une heure." if name in {"leaves", "back"} else "À remplir."
            )

    def clean(self) -> dict[str, Any]:
        """Find the commune; refuse a day that ends before it begins."""
        told = super().clean() or {}
        if told.get("leaves") and told.get("back") and told["back"] <= told["leaves"]:
            self.add_error("back", "Le retour vient après le départ.")
        if told.get("depot"):
            try:
                told["town"] = municipality_named(told["depot"], near_territory=self._pole.territory)
            except UserMistake as mistake:
                self.add_error("depot", mistake.message)
        return told


def every_days(text: str) -> int:
    """Read « tous les n jours » of one stop; raise ``UserMistake`` when it is not a number of days."""
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 366):
        raise UserMistake("Un arrêt revient tous les 1 à 366 jours.")
    return int(text)


WAYS = (
    ("smallest", "Le moins de partenaires possible"),
    ("cheapest", "Le plus près possible"),
    ("chain", "Avec une recette : qui collecte, qui transforme, qui redonne"),
)
MOST_ALTERNATIVES = 10


class AssembleForm(forms.Form):
    """Which need, and in which way."""

    need = forms.ChoiceField(
        label="Pour quel besoin",
        error_messages={
            "required": "Choisissez un besoin.",
            "invalid_choice": "Ce besoin n’est plus ouvert. Choisissez-en un autre.",
        },
    )
    way = forms.ChoiceField(
        label="Comment",
        choices=WAYS,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une façon.", "invalid_choice": "Choisissez dans la liste."},
    )
    k = forms.IntegerField(
        label="Combien de possibilités",
        min_value=1,
        max_value=MOST_ALTERNATIVES,
        error_messages={
            "required": "Donnez un nombre.",
            "invalid": "Écrivez un nombre entier.",
            "min_value": "Il en faut une au moins.",
            "max_value": f"{MOST_ALTERNATIVES} au plus.",
        },
    )

    worth = forms.FloatField(
        label="Ce que la filière rapporterait en un an, en euros",
        required=False,
        min_value=0,
        max_value=1e9,
        help_text="Avec une recette seulement. S’il est donné, son partage équitable entre les structures est calculé.",
        error_messages={"invalid": "Écrivez un nombre d’euros.", "min_value": "Il faut 0 ou plus."},
    )
    km_cost = forms.FloatField(
        label="Coût d’un kilomètre entre deux structures, en euros par an",
        required=False,
        min_value=0,
        max_value=1e6,
        help_text="Sans lui, une filière se compare à ses kilomètres.",
        error_messages={"invalid": "Écrivez un nombre d’euros.", "min_value": "Il faut 0 ou plus."},
    )

    def __init__(self, *args: Any, needs: Sequence[Intent], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False
        choices = [(str(one.pk), f"{one.title} — {one.author.name}") for one in needs]
        self.fields["need"].choices = [("", "Choisir…"), *choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse a gain without the cost of a kilometre: the two would not be in one money."""
        told = super().clean() or {}
        if told.get("worth") is not None and told.get("km_cost") is None and "km_cost" not in self.errors:
            self.add_error(
                "km_cost", "Donnez aussi le coût d’un kilomètre : le gain et les coûts se comptent en euros."
            )
        return told
