"""The API reads what the organisation of a key may see, and records a fact once; every error is a French sentence."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from maillage.domain.actors.models import Organisation, Pole
from maillage.domain.exchanges.enums import Visibility
from maillage.domain.ledger.enums import EventSource
from maillage.domain.ledger.models import Commitment, EconomicEvent
from maillage.domain.ledger.operations import correct_event, tokens
from maillage.interfaces.web.door import today
from tests.factories import NOW, TODAY
from tests.factories.actors import make_membership, make_organisation, make_pole
from tests.factories.catalogue import make_resource_type
from tests.factories.exchanges import make_need
from tests.factories.ledger import make_agreement, make_commitment, make_event_of

pytestmark = pytest.mark.django_db
PROBLEM = "application/problem+json; charset=utf-8"
BOTH = ("read", "record")


class Caller:
    """A program of one structure, with its key."""

    def __init__(self, pole: Pole, organisation: Organisation, scopes: tuple[str, ...] = BOTH) -> None:
        make_membership(pole, organisation)
        self.pole, self.organisation = pole, organisation
        self.token, self.secret = tokens.make_token(
            pole=pole, organisation=organisation, name="Balance", scopes=scopes, by=None, at=NOW
        )
        self.client = Client()

    def _headers(self, **more: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.secret}"} | more

    def get(self, path: str, slug: str = "") -> Any:
        return self.client.get(f"/api/poles/{slug or self.pole.slug}/{path}", headers=self._headers())

    def post(self, body: Any, key: str = "a") -> Any:
        return self.client.post(
            f"/api/poles/{self.pole.slug}/faits",
            body,
            content_type="application/json",
            headers=self._headers(**({"Idempotency-Key": key} if key else {})),
        )


@pytest.fixture
def caller() -> Caller:
    return Caller(make_pole(), make_organisation("La Nôtre"))


def promise(caller: Caller, **fields: Any) -> Commitment:
    return make_commitment(pole=caller.pole, provider=caller.organisation, **fields)


def fact(**fields: Any) -> dict[str, Any]:
    return {"quantite": 3.5, "unite": "t", "le": f"{today()}"} | fields


def told(answer: Any) -> dict[str, Any]:
    assert answer.headers["Content-Type"] == PROBLEM, answer.content
    found: dict[str, Any] = answer.json()
    assert found["status"] == answer.status_code
    return found


# ---------- recording ----------


def test_post__records_a_fact_of_a_promise(caller: Caller) -> None:
    answer = caller.post(fact(engagement=promise(caller).pk, preuve="weighing", reference="Bon 318"))
    assert answer.status_code == 201
    assert (answer.json()["quantite"], answer.json()["reference"]) == (3.5, "Bon 318")
    assert EconomicEvent.objects.get().source == EventSource.API


def test_post__sent_twice_is_one_fact(caller: Caller) -> None:
    body = fact(engagement=promise(caller).pk)
    first, second = caller.post(body), caller.post(body)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json()["numero"] == second.json()["numero"]
    assert EconomicEvent.objects.count() == 1


def test_post__with_the_key_of_another_fact_is_refused(caller: Caller) -> None:
    number = promise(caller).pk
    caller.post(fact(engagement=number))
    found = told(caller.post(fact(engagement=number, quantite=4)))
    assert found["errors"][0]["champ"] == "Idempotency-Key"


def test_post__records_a_fact_without_a_promise(caller: Caller) -> None:
    other, kind = make_organisation(), make_resource_type("compost")
    make_membership(caller.pole, other)
    promise(caller)
    body = fact(geste="transfer", de=caller.organisation.pk, a=other.pk, type="compost")
    assert caller.post(body).status_code == 201
    assert EconomicEvent.objects.get().resource_type == kind


def test_post__in_the_name_of_others_is_refused(caller: Caller) -> None:
    one, two = make_organisation(), make_organisation()
    make_membership(caller.pole, one)
    make_membership(caller.pole, two)
    make_resource_type("compost")
    answer = caller.post(fact(geste="transfer", de=one.pk, a=two.pk, type="compost"))
    assert answer.status_code == 403
    assert "Cette clé note ce que donne ou reçoit « La Nôtre »" in told(answer)["detail"]


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"quantite": "beaucoup"}, "quantite", "Un nombre est attendu"),
        ({"quantite": -1}, "quantite", "plus grand que zéro"),
        ({"le": "hier"}, "le", "Une date est attendue"),
        ({"le": "2999-01-01"}, "le", "dans l’avenir"),
        ({"unite": "boisseau"}, "unite", "n’est pas connue"),
        ({"unite": "h"}, "unite", "mesure du temps"),
        ({"preuve": "parole"}, "preuve", "n’est pas dans la liste"),
        ({"engagement": 999999}, "engagement", "n’existe pas, ou n’est pas à la structure"),
        ({"engagement": "x"}, "engagement", "Un nombre entier est attendu"),
        ({"geste": "transfer"}, "engagement", "l’engagement les dit déjà"),
        ({"recorded_by": 1}, "recorded_by", "Ce champ n’existe pas ici"),
        ({"remarque": "x" * 301}, "remarque", "Ce texte est trop long"),
    ],
)
def test_post__names_the_field_and_what_to_mend(
    caller: Caller, wrong: dict[str, Any], field: str, sentence: str
) -> None:
    answer = caller.post(fact(engagement=promise(caller).pk) | wrong)
    assert answer.status_code == 422
    errors = told(answer)["errors"]
    assert [one["champ"] for one in errors] == [field]
    assert sentence in errors[0]["message"]
    assert not EconomicEvent.objects.exists()


@pytest.mark.parametrize(
    ("body", "field"),
    [({}, "de"), ({"type": "rien"}, "de"), ({"de": 1, "a": 2}, "de")],
)
def test_post__without_a_promise_says_what_is_missing(
    caller: Caller, body: dict[str, Any], field: str
) -> None:
    assert told(caller.post(fact(**body)))["errors"][0]["champ"] == field


def test_post__of_an_unknown_type_says_so(caller: Caller) -> None:
    other = make_organisation()
    make_membership(caller.pole, other)
    found = told(caller.post(fact(geste="transfer", de=caller.organisation.pk, a=other.pk, type="licorne")))
    assert found["errors"][0]["champ"] == "type"


def test_post__without_an_idempotency_key_is_refused(caller: Caller) -> None:
    found = told(caller.post(fact(engagement=promise(caller).pk), key=""))
    assert "Idempotency-Key" in found["detail"]


def test_post__that_is_no_json_says_so(caller: Caller) -> None:
    answer = caller.post("{pas du json")
    assert answer.status_code == 400
    assert "JSON" in told(answer)["detail"]


def test_post__that_is_too_long_is_refused(caller: Caller, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    answer = caller.post(fact(remarque="x" * 300))
    assert answer.status_code == 413


# ---------- keys ----------


@pytest.mark.parametrize("header", ["", "Bearer mll_faux", "Basic abc", "Bearer"])
def test_call__without_a_good_key_is_refused(caller: Caller, header: str) -> None:
    headers = {"Authorization": header} if header else {}
    answer = Client().get(f"/api/poles/{caller.pole.slug}/faits", headers=headers)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert "clé valable" in told(answer)["detail"]


def test_call__with_a_revoked_key_is_refused(caller: Caller) -> None:
    tokens.revoke_token(token=caller.token, by=None, at=NOW)
    assert caller.get("faits").status_code == 401


def test_call__to_another_pole_finds_nothing(caller: Caller) -> None:
    assert told(caller.get("faits", slug=make_pole().slug))["status"] == 404


@pytest.mark.parametrize(
    ("scope", "call"),
    [
        ("record", lambda caller: caller.get("faits")),
        ("read", lambda caller: caller.post(fact(engagement=promise(caller).pk))),
    ],
)
def test_call__beyond_what_the_key_permits_is_refused(scope: str, call: Callable[[Caller], Any]) -> None:
    answer = call(Caller(make_pole(), make_organisation(), (scope,)))
    assert answer.status_code == 403
    assert "ne permet pas" in told(answer)["detail"]


def test_call__too_often_waits_a_minute(caller: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "MOST_A_MINUTE", 1)
    caller.get("faits")
    answer = caller.get("faits")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")
    assert "Attendez une minute" in told(answer)["detail"]


# ---------- reading ----------


def test_intents__hide_who_asked_to_stay_unnamed(caller: Caller) -> None:
    author = make_organisation("Secret Et Compagnie")
    make_membership(caller.pole, author)
    make_need(pole=caller.pole, author=author, title="Un besoin de Secret", visibility=Visibility.ANONYMOUS)
    answer = caller.get("besoins-et-offres?sens=besoin")
    assert answer.json()["total"] == 1
    assert "Secret" not in answer.content.decode()


def test_intents__of_the_team_only_are_not_there(caller: Caller) -> None:
    make_need(pole=caller.pole, title="Entre nous", visibility=Visibility.FACILITATORS)
    assert caller.get("besoins-et-offres").json()["total"] == 0


def test_lists__hold_what_concerns_the_structure_only(caller: Caller) -> None:
    mine, others = promise(caller), make_commitment(pole=caller.pole)
    make_event_of(mine)
    make_event_of(others)
    make_agreement(pole=caller.pole)
    agreement = make_agreement(caller.organisation, make_organisation(), pole=caller.pole)
    assert [one["numero"] for one in caller.get("engagements").json()["resultats"]] == [mine.pk]
    assert [one["engagement"] for one in caller.get("faits").json()["resultats"]] == [mine.pk]
    assert [one["numero"] for one in caller.get("accords").json()["resultats"]] == [agreement.pk]


def test_promises__say_how_far_they_are(caller: Caller) -> None:
    make_event_of(promise(caller), 3)
    found = caller.get("engagements").json()["resultats"][0]
    assert (found["promis"], found["fait"], found["reste"], found["en_retard"]) == (12, 3, 9, False)


def test_facts__are_in_their_last_version(caller: Caller) -> None:
    event = make_event_of(promise(caller), 3)
    correct_event(event=event, quantity=event.quantity + 1, reason="Oubli", by=None, on=TODAY, at=NOW)
    found = caller.get("faits").json()["resultats"]
    assert [(one["quantite"], one["corrige"]) for one in found] == [(4, True)]


def test_lists__come_by_pages(caller: Caller) -> None:
    one = promise(caller)
    for _ in range(3):
        make_event_of(one, 1)
    page = caller.get("faits?par_page=2&page=2").json()
    assert (page["page"], page["pages"], page["total"], len(page["resultats"])) == (2, 2, 3, 1)
    assert caller.get("faits?page=9").json()["resultats"] == []


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("par_page=101", "trop grand"),
        ("page=0", "trop petit"),
        ("depuis=hier", "Une date est attendue"),
    ],
)
def test_lists__say_what_is_wrong_in_the_address(caller: Caller, query: str, sentence: str) -> None:
    found = told(caller.get(f"faits?{query}"))
    assert found["status"] == 422
    assert sentence in found["errors"][0]["message"]


def test_description__is_open_and_names_every_call(client: Client) -> None:
    described = client.get("/api/openapi.json").json()
    assert set(described["paths"]) == {
        f"/api/poles/{{slug}}/{one}" for one in ("besoins-et-offres", "accords", "engagements", "faits")
    }
    assert "422" in described["paths"]["/api/poles/{slug}/faits"]["post"]["responses"]
