"""The words, the signs, the fields and the maps, for templates: ``{% load maillage %}``."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django import forms, template
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import BoundField
from django.http import QueryDict

from maillage.interfaces.web import signs, wording

register = template.Library()

for _filter in (
    wording.fr,
    wording.number,
    wording.quantity,
    wording.since,
    wording.plural,
    wording.counted,
    signs.notice_class,
):
    register.filter(_filter.__name__, _filter)

for _tag in (
    signs.icon,
    signs.side,
    signs.state,
    signs.coverage,
    signs.reasons,
    signs.accord,
    signs.fit,
    signs.family,
    signs.family_legend,
    signs.loopicon,
    signs.notice_icon,
):
    register.simple_tag(_tag)


@register.simple_tag(takes_context=True)
def with_query(context: template.Context, **changes: object) -> str:
    """Return the present filters with some changed: ``<a href="{% with_query page=2 %}">``; None removes one."""
    request = context.get("request")
    query: QueryDict = request.GET.copy() if request else QueryDict(mutable=True)
    for name, value in changes.items():
        if value is None or value == "":
            query.pop(name, None)
        else:
            query[name] = str(value)
    return "?" + urlencode(sorted(query.lists()), doseq=True)


# ---------- fields ----------


def _described(bound: BoundField, help_text: str, extra: str = "") -> str:
    ids = [f"{bound.auto_id}_helptext"] if help_text else []
    return " ".join(
        [*ids, *([extra] if extra else []), *([f"{bound.auto_id}_error"] if bound.errors else [])]
    )


def _texts(bound: BoundField, label: str, help_text: str) -> dict[str, Any]:
    return {
        "bound": bound,
        "label": label or bound.label,
        "help": help_text or bound.help_text,
        "is_optional": not bound.field.required,
        "errors": bound.errors,
    }


@register.inclusion_tag("components/field.html")
def field(
    bound: BoundField,
    label: str = "",
    hint: str = "",
    repairs: Sequence[tuple[str, str]] = (),
    mark_optional: bool = True,
) -> dict[str, Any]:
    """Show a form field with its label, help and error; radios and several boxes become chips.

    ``repairs`` are (value, words): chips under the error that send the form again with that value.
    ``mark_optional=False`` leaves « facultatif » out, where a sentence says it for the whole group.
    """
    found = _texts(bound, label, hint)
    found["is_optional"] = found["is_optional"] and mark_optional
    widget = bound.field.widget
    several = isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple)
    single = isinstance(widget, forms.CheckboxInput)
    look = (
        "form-check-input"
        if several or single
        else "form-select"
        if isinstance(widget, forms.Select)
        else "form-control"
    )
    widget.attrs["class"] = " ".join(
        [widget.attrs.get("class", ""), look, "is-invalid" if bound.errors else ""]
    ).strip()
    described = _described(bound, found["help"])
    attrs = {"aria-describedby": described} if described and not several else {}
    control = (
        ""
        if several
        else bound.as_widget(attrs={**attrs, **({"aria-invalid": "true"} if bound.errors else {})})
    )
    return found | {
        "kind": "chips" if several else "check" if single else "line",
        "control": control,
        "described": described,
        "repairs": repairs,
    }


@register.inclusion_tag("components/combobox.html")
def combobox(
    bound: BoundField,
    url: str,
    text: str = "",
    label: str = "",
    hint: str = "",
    placeholder: str = "",
    new_hint: str = "",
    repairs: Sequence[tuple[str, str]] = (),
) -> dict[str, Any]:
    """Show a field that completes what one types from the JSON list at ``url``.

    It posts the chosen value under the field's name and the words typed under ``<name>_text``; ``new_hint`` is
    shown when the words match nothing and new names are welcome. Without script it is a plain text field.
    """
    return _texts(bound, label, hint) | {
        "url": url,
        "text": text,
        "value": bound.value() or "",
        "placeholder": placeholder,
        "new_hint": new_hint,
        "repairs": repairs,
        "described": _described(
            bound, str(hint or bound.help_text), f"{bound.auto_id}_new" if new_hint else ""
        ),
    }


def _named(label: object) -> str:
    return str(label) if str(label).rstrip().endswith("?") else f"{label} :"


@register.inclusion_tag("components/errors_summary.html")
def errors_summary(form: forms.BaseForm) -> dict[str, Any]:
    """List every mistake of a form, each a link to its field."""
    lines = [
        (form[name].auto_id, _named(form[name].label), error) if name != NON_FIELD_ERRORS else ("", "", error)
        for name, errors in form.errors.items()
        for error in errors
    ]
    return {"lines": lines}


# ---------- maps ----------


@register.inclusion_tag("components/map.html", takes_context=True)
def mesh_map(
    context: template.Context,
    name: str,
    label: str,
    data: Mapping[str, Any] | None = None,
    url: str = "",
    list_url: str = "",
    list_label: str = "Voir la liste",
    legend: str = "",
    framed: bool = False,
) -> dict[str, Any]:
    """Show a map from ``data`` or from the JSON at ``url`` (see docs/explanation/visual-language.md).

    ``legend`` is ``families``, ``sides`` or nothing. A map always has ``list_url``: a page or an anchor that says
    the same in words. The scripts come along, once a page.
    """
    request = context.get("request")
    is_fragment = request is not None and request.headers.get("HX-Request") == "true"
    needs_assets = not is_fragment and not context.render_context.get("mesh_map_assets")
    context.render_context["mesh_map_assets"] = True
    return {
        "id": name,
        "data_id": f"{name}-data",
        "label": label,
        "data": data,
        "url": url,
        "list_url": list_url,
        "list_label": list_label,
        "legend": legend,
        "framed": framed,
        "needs_assets": needs_assets,
    }
