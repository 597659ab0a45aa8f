"""What is written once is what Django writes each time."""

from datetime import date, datetime
from typing import Any

import pytest
from django.template import Context, Template, defaultfilters
from django.test import override_settings
from django.urls import NoReverseMatch, reverse, set_script_prefix
from django.utils import timezone, translation

from maillage.interfaces.web.addresses import address


def shown(source: str, **context: Any) -> str:
    return Template(source).render(Context(context))


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("exchanges:detail", ("berry", 3)),
        ("exchanges:detail", ("berry", "3")),
        ("actors:list", ("berry",)),
        ("account_login", ()),
    ],
)
def test_address__is_what_reverse_gives_each_time(name: str, args: tuple[object, ...]) -> None:
    for _ in range(2):
        assert address(name, *args) == reverse(name, args=args)
        words = " ".join(f"args.{at}" for at in range(len(args)))
        assert shown(f"{{% url name {words} %}}", name=name, args=args) == reverse(name, args=args)


def test_address__of_one_and_of_true_are_two() -> None:
    assert address("exchanges:detail", "berry", 1).endswith("/1/")
    with pytest.raises(NoReverseMatch):
        address("exchanges:detail", "berry", True)


def test_address__follows_the_prefix_of_the_site() -> None:
    plain = address("account_login")
    set_script_prefix("/sous/")
    try:
        assert address("account_login") == "/sous" + plain
    finally:
        set_script_prefix("/")


def test_url__that_leads_nowhere_fails_or_is_named_empty() -> None:
    with pytest.raises(NoReverseMatch):
        shown("{% url 'exchanges:detail' 'berry' 'x' %}")
    assert shown("{% url 'exchanges:detail' 'berry' 'x' as found %}[{{ found }}]") == "[]"


def test_url__is_escaped() -> None:
    assert shown("{% url 'account_login' %}?a=1&amp;b") == reverse("account_login") + "?a=1&amp;b"


@pytest.mark.parametrize("form", ["j F Y", "d/m/Y", "D j M", "Y-m-d", "l j F"])
def test_date__is_what_django_writes_each_time(form: str) -> None:
    for day in (date(2026, 3, 1), date(2024, 2, 29), date(2026, 3, 1)):
        assert shown("{{ day|date:form }}", day=day, form=form) == defaultfilters.date(day, form)


def test_date__speaks_the_language_of_the_moment() -> None:
    day = date(2026, 8, 1)
    assert shown('{{ day|date:"F" }}', day=day) == "août"
    with translation.override("en"):
        assert shown('{{ day|date:"F" }}', day=day) == "August"


def test_date__of_a_moment_is_its_local_day() -> None:
    late = datetime(2026, 11, 24, 23, 30, tzinfo=timezone.get_fixed_timezone(0))
    with override_settings(USE_TZ=True):
        assert shown('{{ at|date:"j F" }}', at=late) == "25 novembre"
        assert shown('{{ at|date:"j F" }}', at="") == ""
