"""A key of the API is shown once, kept as a digest, counted by the minute, revoked by a row."""

from datetime import timedelta

import pytest

from maillage.core.errors import UserMistake
from maillage.domain.actors.models import Organisation, Pole
from maillage.domain.actors.viewer import Role
from maillage.domain.ledger.models import ApiToken
from maillage.domain.ledger.operations import tokens
from maillage.domain.ledger.queries.tokens import holders_of, tokens_of, viewer_of_token
from tests.factories import NOW, TODAY
from tests.factories.actors import make_membership, make_organisation, make_pole, make_viewer

pytestmark = pytest.mark.django_db


def member() -> tuple[Pole, Organisation]:
    membership = make_membership()
    return membership.pole, membership.organisation


def make(pole: Pole, organisation: Organisation, *scopes: str, name: str = "Balance") -> tuple[ApiToken, str]:
    return tokens.make_token(
        pole=pole, organisation=organisation, name=name, scopes=scopes or ("read",), by=None, at=NOW
    )


def test_secret__is_not_in_the_database() -> None:
    token, secret = make(*member())
    assert secret.startswith("mll_")
    assert len(secret) > 40
    assert secret not in str(ApiToken.objects.filter(pk=token.pk).values())
    assert tokens.use_token(secret=secret, at=NOW) == (token, False)


def test_use__is_dated() -> None:
    token, secret = make(*member())
    tokens.use_token(secret=secret, at=NOW)
    token.refresh_from_db()
    assert token.used_at == NOW


def test_revoked_key__opens_nothing() -> None:
    token, secret = make(*member())
    tokens.revoke_token(token=token, by=None, at=NOW)
    assert tokens.use_token(secret=secret, at=NOW) == (None, False)


@pytest.mark.parametrize("secret", ["", "mll_faux", "autre", "mll_" + "x" * 500])
def test_wrong_secret__opens_nothing(secret: str) -> None:
    assert tokens.use_token(secret=secret, at=NOW) == (None, False)


def test_calls__are_counted_by_the_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "MOST_A_MINUTE", 2)
    _, secret = make(*member())
    told = [tokens.use_token(secret=secret, at=NOW)[1] for _ in range(3)]
    assert told == [False, False, True]
    assert tokens.use_token(secret=secret, at=NOW + timedelta(seconds=61))[1] is False


@pytest.mark.parametrize(
    ("scopes", "name", "field"), [((), "B", "scopes"), (("all",), "B", "scopes"), (("read",), " ", "name")]
)
def test_key__says_what_for(scopes: tuple[str, ...], name: str, field: str) -> None:
    pole, organisation = member()
    with pytest.raises(UserMistake) as told:
        tokens.make_token(pole=pole, organisation=organisation, name=name, scopes=scopes, by=None, at=NOW)
    assert told.value.field == field


def test_key__is_for_a_structure_of_the_pole() -> None:
    with pytest.raises(UserMistake, match="n’est pas dans l’annuaire"):
        make(make_pole(), make_organisation())


def test_keys__of_a_structure_are_few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "MOST_KEYS", 1)
    pole, organisation = member()
    make(pole, organisation)
    with pytest.raises(UserMistake, match="Retirez-en une"):
        make(pole, organisation)


def test_key__looks_as_its_structure_and_nobody_else() -> None:
    pole, organisation = member()
    seen = viewer_of_token(make(pole, organisation)[0], on=TODAY)
    assert seen.organisations_in(pole.pk) == {organisation.pk}
    assert not seen.runs(pole.pk)
    assert seen.organisations_in(make_pole().pk) == frozenset()


def test_keys__are_shown_to_their_structure_and_to_the_team() -> None:
    pole, organisation = member()
    token, _ = make(pole, organisation)
    other = make_organisation()
    make_membership(pole, other)
    assert list(tokens_of(viewer=make_viewer(Role.MEMBER, pole, organisation), pole=pole)) == [token]
    assert list(tokens_of(viewer=make_viewer(Role.MEMBER, pole, other), pole=pole)) == []
    assert list(tokens_of(viewer=make_viewer(Role.FACILITATOR, pole), pole=pole)) == [token]
    assert [one.pk for one in holders_of(viewer=make_viewer(Role.MEMBER, pole, other), pole=pole)] == [
        other.pk
    ]
