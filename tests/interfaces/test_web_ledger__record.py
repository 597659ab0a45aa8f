"""Record in two taps, correct without erasing, scan without an account: what each page says and keeps."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from maillage.domain.actors.models import Account
from maillage.domain.actors.viewer import Role
from maillage.domain.ledger.models import ApiToken, Commitment, EconomicEvent, EventFile, RecordingLabel
from maillage.domain.ledger.operations.labels import label_token, make_label, revoke_label
from maillage.interfaces.web.door import today
from tests.factories import NOW
from tests.factories.actors import make_account, make_membership, make_organisation, make_pole
from tests.factories.files import SVG, picture
from tests.factories.ledger import make_commitment, make_event_of

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


def promised(client: Client, role: Role = Role.MEMBER, **fields: Any) -> Commitment:
    """A promise of the structure of who is signed in."""
    pole, own = make_pole(), make_organisation()
    make_membership(pole, own)
    account: Account = make_account(role, pole, own if role is Role.MEMBER else None)
    client.force_login(account, backend=BACKEND)
    return make_commitment(pole=pole, provider=own, **fields)


def typed(**fields: Any) -> dict[str, Any]:
    return {"quantity": "3,5", "unit": "t", "happened_on": f"{today():%Y-%m-%d}", "key": "k"} | fields


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def base(promise: Commitment) -> str:
    return f"/p/{promise.pole.slug}/faits/"


def test_record__proposes_what_remains_and_today(client: Client) -> None:
    promise = promised(client)
    make_event_of(promise, 3)
    text = page(client, f"{base(promise)}{promise.pk}/noter/")
    assert 'value="9"' in text
    assert f'value="{today():%Y-%m-%d}"' in text
    assert "Livré : je confirme" in text.replace("\u00a0", " ")


def test_record__keeps_a_fact_and_its_photo(client: Client) -> None:
    promise = promised(client)
    photo = SimpleUploadedFile("bac.jpg", picture(), content_type="image/jpeg")
    answer = client.post(f"{base(promise)}{promise.pk}/noter/", typed(proof=photo), follow=True)
    event = EconomicEvent.objects.get()
    assert (str(event.quantity), event.commitment, event.evidence_kind) == ("3.5000", promise, "photo")
    assert EventFile.objects.get().event == event
    assert "C’est noté" in answer.content.decode()
    assert 'alt="Photo' in answer.content.decode()


def test_record__sent_twice_keeps_one_fact(client: Client) -> None:
    promise = promised(client)
    for _ in range(2):
        assert client.post(f"{base(promise)}{promise.pk}/noter/", typed()).status_code == 302
    assert EconomicEvent.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"quantity": "beaucoup"}, "Écrivez un nombre"),
        ({"quantity": ""}, "Dites combien"),
        ({"quantity": "0"}, "plus grand que zéro"),
        ({"unit": "eur"}, "Choisissez dans la liste"),
        ({"happened_on": "demain"}, "Écrivez une date"),
        ({"happened_on": "2999-01-01"}, "dans l’avenir"),
        ({"proof": SimpleUploadedFile("dessin.svg", SVG)}, "dessin SVG"),
        ({"proof": SimpleUploadedFile("vide.jpg", b"")}, "Ce fichier est vide"),
    ],
)
def test_record__says_what_to_mend_and_loses_nothing(
    client: Client, wrong: dict[str, Any], sentence: str
) -> None:
    promise = promised(client)
    answer = client.post(f"{base(promise)}{promise.pk}/noter/", typed(note="Bac plein") | wrong)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in text
    assert "Bac plein" in text
    assert not EconomicEvent.objects.exists()


def test_correct__keeps_what_was(client: Client) -> None:
    promise = promised(client)
    event = make_event_of(promise)
    asked = {"quantity": "4", "unit": "t", "happened_on": f"{event.happened_on}", "reason": "Pesée refaite"}
    answer = client.post(f"{base(promise)}ligne/{event.pk}/corriger/", asked, follow=True)
    text = answer.content.decode().replace("\u00a0", " ")
    assert "Ce qui était noté avant" in text
    assert "3 t, le" in text
    assert "Livré, 4 t" in text


def test_correct__cancels_in_one_tap_with_a_reason(client: Client) -> None:
    promise = promised(client)
    event = make_event_of(promise)
    client.post(f"{base(promise)}ligne/{event.pk}/corriger/", {"geste": "annuler", "reason": "Double saisie"})
    assert EconomicEvent.objects.get(corrects=event).quantity == 0


def test_correct__after_somebody_else_says_so_and_keeps_the_words(client: Client) -> None:
    promise = promised(client)
    event = make_event_of(promise)
    asked = {"quantity": "4", "unit": "t", "happened_on": f"{event.happened_on}", "reason": "Moi d’abord"}
    client.post(f"{base(promise)}ligne/{event.pk}/corriger/", asked)
    answer = client.post(f"{base(promise)}ligne/{event.pk}/corriger/", asked)
    assert answer.status_code == 422
    assert "Ce fait a déjà été corrigé." in answer.content.decode()
    assert "Moi d’abord" in answer.content.decode()


def test_correct__asks_why(client: Client) -> None:
    promise = promised(client)
    event = make_event_of(promise)
    answer = client.post(f"{base(promise)}ligne/{event.pk}/corriger/", {"geste": "annuler"})
    assert "Dites pourquoi" in answer.content.decode()


def test_list__shows_late_ones_apart(client: Client) -> None:
    late = promised(client, due_on=today() - timedelta(days=3))
    make_commitment(pole=late.pole, provider=late.provider, due_on=today() + timedelta(days=3))
    text = page(client, f"{base(late)}?quand=retard")
    assert text.count(">Noter<span") == 1
    assert "en retard" in text


@pytest.mark.parametrize(
    "query", ["quand=mois", "quand=faits", "miens=oui", "texte=zzz", "quand=rien&page=x"]
)
def test_list__answers_every_filter(client: Client, query: str) -> None:
    promise = promised(client, due_on=today())
    assert "Engagements" in page(client, f"{base(promise)}?{query}")


def test_list__finds_by_structure(client: Client) -> None:
    promise = promised(client)
    assert ">Noter<span" in page(client, f"{base(promise)}?texte={promise.receiver.name}")


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json"])
def test_exports__give_promises_and_facts(client: Client, ending: str) -> None:
    promise = promised(client)
    make_event_of(promise)
    for address in (f"engagements.{ending}", f"journal/faits.{ending}"):
        answer = client.get(base(promise) + address)
        assert answer.status_code == 200
        assert "attachment" in answer.headers["Content-Disposition"]
        assert len(answer.content) > 50


@pytest.mark.parametrize("address", ["engagements.pdf", "journal/faits.pdf", "999999/", "999999/noter/"])
def test_unknown__is_not_found(client: Client, address: str) -> None:
    assert client.get(base(promised(client)) + address).status_code == 404


def test_promise__of_others_is_hidden_from_a_member(client: Client) -> None:
    promise = promised(client)
    other = make_commitment(pole=promise.pole)
    for address in (f"{other.pk}/", f"{other.pk}/noter/", f"{other.pk}/etiquette/"):
        assert client.get(base(promise) + address).status_code == 404
    event = make_event_of(other)
    assert client.post(f"{base(promise)}ligne/{event.pk}/corriger/", {}).status_code == 404
    assert client.post(f"{base(promise)}ligne/{event.pk}/verifier/").status_code == 404


def label_of_promise(client: Client) -> tuple[RecordingLabel, str]:
    label = make_label(commitment=make_commitment(), name="Bac n° 3", by=None, at=NOW)
    return label, f"/p/{label.pole.slug}/faits/e/{label_token(label)}/"


def test_scan__records_without_an_account_and_remembers_the_name(client: Client) -> None:
    label, address = label_of_promise(client)
    assert "Bac n° 3" in page(client, address)
    answer = client.post(address, typed(told_by="Awa, cantine"), follow=True)
    assert "Merci" in answer.content.decode()
    assert 'value="Awa, cantine"' in answer.content.decode()
    assert EconomicEvent.objects.get().told_by == "Awa, cantine"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert label.pole.slug in address


def test_scan__sent_twice_keeps_one_fact(client: Client) -> None:
    _, address = label_of_promise(client)
    for _ in range(2):
        client.post(address, typed(told_by="Awa"))
    assert EconomicEvent.objects.count() == 1


def test_scan__without_a_name_says_so(client: Client) -> None:
    _, address = label_of_promise(client)
    answer = client.post(address, typed())
    assert "Dites votre nom" in answer.content.decode()
    assert 'value="3,5"' in answer.content.decode()


def test_scan__of_a_revoked_label_says_so(client: Client) -> None:
    label, address = label_of_promise(client)
    revoke_label(label=label, at=NOW)
    for answer in (client.get(address), client.post(address, typed(told_by="Awa"))):
        assert answer.status_code == 410
        assert "Cette étiquette ne sert plus." in answer.content.decode()


def test_scan__of_a_forged_code_is_not_found(client: Client) -> None:
    _, address = label_of_promise(client)
    assert client.get(address[:-3] + "xx/").status_code == 404


def test_scan__under_another_pole_is_not_found(client: Client) -> None:
    label, address = label_of_promise(client)
    assert client.get(address.replace(label.pole.slug, make_pole().slug)).status_code == 404


def test_scan__waits_in_the_journal_until_the_team_says_it_is_right(client: Client) -> None:
    label, address = label_of_promise(client)
    client.post(address, typed(told_by="Awa"))
    event = EconomicEvent.objects.get()
    client.force_login(make_account(Role.FACILITATOR, label.pole), backend=BACKEND)
    journal = f"/p/{label.pole.slug}/faits/journal/?voir=a-verifier"
    assert "à vérifier" in page(client, journal)
    answer = client.post(f"/p/{label.pole.slug}/faits/ligne/{event.pk}/verifier/", follow=True)
    assert "Rien à vérifier." in answer.content.decode()


def test_label__is_made_printed_and_revoked(client: Client) -> None:
    promise = promised(client)
    answer = client.post(
        f"{base(promise)}{promise.pk}/etiquette/", {"name": "Bac n° 3", "usual": "0,2"}, follow=True
    )
    text = answer.content.decode()
    assert "<svg" in text
    assert "<title>Bac n° 3</title>" in text
    label = RecordingLabel.objects.get()
    answer = client.post(f"{base(promise)}etiquettes/{label.pk}/retirer/", follow=True)
    assert "Retirée" in answer.content.decode()


def test_label__without_a_name_says_so(client: Client) -> None:
    promise = promised(client)
    answer = client.post(f"{base(promise)}{promise.pk}/etiquette/", {"name": "", "usual": "x"})
    assert "Écrivez un nombre" in answer.content.decode()
    answer = client.post(f"{base(promise)}{promise.pk}/etiquette/", {"name": ""})
    assert "Dites où va cette étiquette" in answer.content.decode()


def test_key__is_shown_once_and_revoked(client: Client) -> None:
    promise = promised(client)
    asked = {"organisation": promise.provider.pk, "name": "Balance", "scopes": ["read", "record"]}
    text = client.post(f"{base(promise)}cles/", asked).content.decode()
    assert "mll_" in text
    key = ApiToken.objects.get()
    again = page(client, f"{base(promise)}cles/")
    assert 'class="secret"' not in again
    assert "jamais utilisée" in again
    answer = client.post(f"{base(promise)}cles/{key.pk}/retirer/", follow=True)
    assert "Retirée" in answer.content.decode()


def test_key__of_another_structure_is_refused(client: Client) -> None:
    promise = promised(client)
    make_membership(promise.pole, promise.receiver)
    asked = {"organisation": promise.receiver.pk, "name": "Balance", "scopes": ["read"]}
    answer = client.post(f"{base(promise)}cles/", asked)
    assert "Choisissez dans la liste" in answer.content.decode()
    assert not ApiToken.objects.exists()


def test_key__says_what_for(client: Client) -> None:
    promise = promised(client)
    answer = client.post(f"{base(promise)}cles/", {"organisation": promise.provider.pk, "name": "Balance"})
    assert "Dites ce que cette clé permet" in answer.content.decode()
