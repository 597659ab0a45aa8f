"""The SQL functions say the same as their Python twins."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maillage.core.french import fold


def _sql(question: str, *values: object) -> object:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        row = cursor.fetchone()
    return row[0] if row else None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("digits", "valid"),
    [
        ("20003452800014", True),
        ("35600000000048", True),
        ("35600000009075", True),
        ("20003452800041", False),
        ("35600000009076", False),
        ("2000345280001", False),
    ],
)
def test_siret_function__knows_luhn_and_la_poste(digits: str, valid: bool) -> None:
    assert _sql("SELECT maillage_siret(%s)", digits) is valid


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text", ["Saint-Amand-Montrond", "L'Œil d’Ambre", "Ci&el", "ÉCOLE  n° 3", "Châlette"]
)
def test_fold_function__agrees_with_python_on_names(text: str) -> None:
    assert _sql("SELECT maillage_fold(%s)", text) == fold(text)


@pytest.mark.django_db
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.text(alphabet="abcéèàçôùüïœ -'’&0123456789ABÉÇ", max_size=30))
def test_fold_function__agrees_with_python_on_french_letters(text: str) -> None:
    assert _sql("SELECT maillage_fold(%s)", text) == fold(text)
