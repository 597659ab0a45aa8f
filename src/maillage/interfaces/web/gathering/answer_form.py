"""The public questionnaire as a form: the common core, the campaign's own questions, who answers, the consent."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict

from maillage.domain.gathering.core_questions import (
    CORE,
    NUMBER,
    OFTEN,
    OFTEN_CHOICES,
    TEXT,
    WHO,
    CoreQuestion,
)
from maillage.domain.gathering.enums import QuestionKind
from maillage.domain.gathering.models import Campaign, Question
from maillage.domain.gathering.operations.answers import Said, key_of
from maillage.interfaces.web.gathering.forms import TypedForm

TRAP = "site_web"
GROUPS = (
    ("Ce qui vous manque", ("lacks", "lacks_quantity", "lacks_often", "people")),
    ("Ce que vous avez", ("has", "has_quantity", "has_often")),
    ("Où", ("where",)),
)


class AnswerForm(TypedForm):
    """Everything is a text until it is read; ``site_web`` is a trap that people do not see."""

    consents = forms.BooleanField(label="J’accepte", required=False)

    def __init__(self, *args: Any, campaign: Campaign, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = list(campaign.questions.all())
        for core in (*CORE, *WHO):
            self.fields[core.name] = _core_field(core)
        for question in self.questions:
            self.fields[key_of(question)] = _own_field(question)
        self.order_fields([name for name in self.fields if name != "consents"])

    def typed(self) -> Said:
        """Return what was typed, by question."""
        found: Said = {}
        for name, field in self.fields.items():
            if name in {"consents", "where"}:
                continue
            several = isinstance(field, forms.MultipleChoiceField)
            found[name] = self._several(name) if several else str(self.data.get(name, ""))
        found["where"] = str(self.data.get("where_text", ""))
        found["where_code"] = str(self.data.get("where", ""))
        return found

    def _several(self, name: str) -> list[str]:
        return [str(one) for one in self.data.getlist(name)] if isinstance(self.data, QueryDict) else []

    @property
    def groups(self) -> list[tuple[str, list[Any]]]:
        """The core, group by group, with its fields."""
        return [(title, [self[name] for name in names]) for title, names in GROUPS]

    @property
    def own(self) -> list[Any]:
        """The fields of the campaign's own questions."""
        return [self[key_of(one)] for one in self.questions]

    @property
    def who(self) -> list[Any]:
        """The fields that say who answers."""
        return [self[one.name] for one in WHO]

    @property
    def where_text(self) -> str:
        """The commune as it was typed."""
        return (
            str(self.data.get("where_text", "")) if self.is_bound else str(self.initial.get("where_text", ""))
        )


def initial_of(said: dict[str, Any], *, consents: bool) -> dict[str, Any]:
    """Return the values of the fields for an answer that was kept."""
    return {
        **said,
        "where": said.get("where_code", ""),
        "where_text": said.get("where", ""),
        "consents": consents,
    }


def _core_field(core: CoreQuestion) -> forms.Field:
    if core.kind == OFTEN:
        return forms.ChoiceField(
            label=core.text, help_text=core.easy, choices=OFTEN_CHOICES, required=False, widget=forms.Select
        )
    attrs: dict[str, str] = {"inputmode": "numeric", "autocomplete": "off"} if core.kind == NUMBER else {}
    if core.name == "email":
        attrs = {"inputmode": "email", "autocomplete": "email", "autocapitalize": "none"}
    widget = forms.Textarea(attrs={"rows": 2}) if core.kind == TEXT else forms.TextInput(attrs=attrs)
    return forms.CharField(label=core.text, help_text=core.easy, required=False, widget=widget)


def _own_field(question: Question) -> forms.Field:
    given: dict[str, Any] = {"label": question.text, "help_text": question.text_easy, "required": False}
    options: Iterable[tuple[str, str]] = [(one, one) for one in question.choices]
    if question.kind == QuestionKind.CHOICE:
        return forms.ChoiceField(choices=options, widget=forms.RadioSelect, **given)
    if question.kind == QuestionKind.SEVERAL:
        return forms.MultipleChoiceField(choices=options, widget=forms.CheckboxSelectMultiple, **given)
    if question.kind == QuestionKind.TEXT:
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), **given)
    numeric = {"inputmode": "numeric"} if question.kind == QuestionKind.NUMBER else {}
    return forms.CharField(widget=forms.TextInput(attrs=numeric), **given)
