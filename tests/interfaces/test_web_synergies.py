"""The board, the list, the sheet and the answer page of synergies."""

import pytest
from django.test import Client

from maillage.domain.actors.models import Account, Pole
from maillage.domain.actors.viewer import Role
from maillage.domain.exchanges.enums import Visibility
from maillage.domain.matching.enums import RunMethod
from maillage.domain.matching.operations import accept_lead
from maillage.domain.synergies.enums import SynergyOrigin, SynergyState
from maillage.domain.synergies.models import Synergy
from tests.factories import NOW
from tests.factories.actors import make_account, make_membership, make_organisation, make_pole
from tests.factories.exchanges import make_need, make_offer
from tests.factories.studies import make_study
from tests.factories.synergies import answer_token, make_pair, make_synergy, say_yes

pytestmark = pytest.mark.django_db
ROOM = "/p/ici/synergies/"
SECRET = "Palettes de la Menuiserie Secrète"


@pytest.fixture
def pole() -> Pole:
    return make_pole("Pôle d’ici", "ici")


@pytest.fixture
def me(pole: Pole) -> Account:
    return make_account(Role.FACILITATOR, pole)


@pytest.fixture
def team(client: Client, me: Account) -> Client:
    client.force_login(me)
    return client


def signed_in(pole: Pole, organisation: object) -> Client:
    client = Client()
    client.force_login(make_account(Role.MEMBER, pole, organisation))
    return client


def words(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_board__shows_each_state_with_its_next_step(team: Client, pole: Pole, me: Account) -> None:
    for state in SynergyState.values:
        make_synergy(pole=pole, state=state, title=f"Essai {state}")
    page = words(team, ROOM)
    assert all(f"Essai {state}" in page for state in SynergyState.values)
    for verb in ("Relire et proposer", "Ouvrir les discussions", "Noter l’accord", "Commencer", "Terminer"):
        assert verb in page


def test_board__is_empty_with_a_word_and_a_way(team: Client, pole: Pole) -> None:
    assert "Aucune synergie en route" in words(team, ROOM)


def test_move__is_done_by_a_button_and_taken_back_by_the_next(team: Client, pole: Pole) -> None:
    synergy = make_synergy(pole=pole, state=SynergyState.TALKS)
    answer = team.post(f"{ROOM}{synergy.pk}/geste/", {"geste": "agree", "retour": ROOM}, follow=True)
    assert "data-undo" in answer.content.decode()
    assert Synergy.objects.get(pk=synergy.pk).state == SynergyState.AGREED
    team.post(f"{ROOM}{synergy.pk}/annuler/", {"retour": ROOM})
    assert Synergy.objects.get(pk=synergy.pk).state == SynergyState.TALKS
    assert "data-undo" not in words(team, ROOM)


def test_move__without_reason_gives_back_what_was_typed(team: Client, pole: Pole) -> None:
    synergy = make_synergy(pole=pole, state=SynergyState.TALKS)
    answer = team.post(f"{ROOM}{synergy.pk}/geste/", {"geste": "abandon", "precision": "Ils ont déménagé"})
    assert answer.status_code == 422
    assert "Ils ont déménagé" in answer.content.decode()


def test_sheet__folds_the_gestures_that_cannot_be_each_with_its_reason(team: Client, pole: Pole) -> None:
    synergy = make_synergy(pole=pole)
    page = words(team, f"{ROOM}{synergy.pk}/")
    before, folded = page.split("Pourquoi pas les autres gestes")
    folded = folded.split("</details>")[0]
    why = "Cette synergie n’est pas encore proposée aux structures."
    for label in ("Ouvrir les discussions", "Noter l’accord", "Commencer", "Terminer", "Noter un refus"):
        assert f"<dt>{label}</dt><dd>{why}</dd>" in folded
    assert "<dt>Annuler le dernier geste</dt>" in folded
    assert why not in before
    assert "disabled" not in before + folded


def test_sheet__offers_each_gesture_that_can_be_once(team: Client, pole: Pole) -> None:
    synergy = make_synergy(pole=pole, state=SynergyState.AGREED)
    page = words(team, f"{ROOM}{synergy.pk}/")
    for verb in ("run", "resume", "abandon"):
        assert page.count(f'name="geste" value="{verb}"') == 1, verb
    assert 'value="talk"' not in page


def test_list__filters_by_state_owner_late_and_words(team: Client, pole: Pole, me: Account) -> None:
    late = make_synergy(pole=pole, title="Composter", owner=me, due_on=NOW.date().replace(year=2025))
    other = make_synergy(pole=pole, title="Prêter", state=SynergyState.TALKS)
    for query, found in (
        ("etat=talks", other),
        ("etat=en-cours&retard=1", late),
        (f"suivie={me.pk}", late),
        ("suivie=0", other),
        ("texte=prêt", other),
    ):
        page = words(team, f"{ROOM}liste/?{query}")
        unwanted = late if found == other else other
        assert found.title in page, query
        assert f"/synergies/{unwanted.pk}/" not in page, query


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_export__gives_the_list_and_neutralises_formulas(team: Client, pole: Pole, ending: str) -> None:
    make_synergy(pole=pole, title="=1+1")
    answer = team.get(f"{ROOM}liste/export.{ending}")
    assert answer.status_code == 200
    if ending == "csv":
        assert "'=1+1" in answer.content.decode("utf-8-sig")


def test_many__gives_a_date_then_abandons_with_a_reason(team: Client, pole: Pole, me: Account) -> None:
    keys = [make_synergy(pole=pole).pk, make_synergy(pole=pole, state=SynergyState.ENDED).pk]
    team.post(
        f"{ROOM}liste/plusieurs/", {"pk": keys, "geste": "suivre", "owner": me.pk, "due_on": "2026-12-01"}
    )
    assert Synergy.objects.get(pk=keys[0]).owner == me
    assert Synergy.objects.get(pk=keys[1]).owner is None
    team.post(f"{ROOM}liste/plusieurs/", {"pk": keys, "geste": "abandonner"})
    assert Synergy.objects.get(pk=keys[0]).state == SynergyState.DETECTED
    team.post(f"{ROOM}liste/plusieurs/", {"pk": keys, "geste": "abandonner", "raison": "no_time"})
    assert Synergy.objects.get(pk=keys[0]).state == SynergyState.ABANDONED


def test_new__keeps_what_was_typed_and_says_what_is_missing(team: Client, pole: Pole) -> None:
    need = make_need(pole=pole, title="Composter les épluchures")
    typed = {"need": str(need.pk), "need_text": need.title, "title": "Ensemble"}
    answer = team.post(f"{ROOM}nouvelle/", typed)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "deux au moins" in page
    assert need.title in page
    more = team.post(f"{ROOM}nouvelle/", typed | {"plus": "offer", "offer": "", "offer_text": ""})
    assert more.content.decode().count('name="offer_text"') == 2
    offer = make_offer(pole=pole, title="Plateforme")
    done = team.post(f"{ROOM}nouvelle/", typed | {"offer": "", "offer_text": offer.title})
    assert done.status_code == 302
    assert Synergy.objects.get().lines.count() == 2


def test_lead__kept_at_the_desk_becomes_one_synergy(team: Client, pole: Pole) -> None:
    need, offer = make_pair(pole)
    accept_lead(pole=pole, need=need, offer=offer, by=None, at=NOW)
    assert "Suivre cette piste" in words(team, "/p/ici/rapprochements/suivies/")
    for _ in range(2):
        team.post(f"{ROOM}depuis-une-piste/", {"besoin": need.pk, "offre": offer.pk})
    assert Synergy.objects.get().origin == SynergyOrigin.PAIR
    assert "Voir la synergie" in words(team, "/p/ici/rapprochements/suivies/")


def test_bundle__found_by_an_assembling_becomes_a_synergy(team: Client, pole: Pole) -> None:
    need, offer = make_pair(pole)
    run = make_study(pole, RunMethod.BUNDLE, need=need, offer=offer)
    assert "Proposer cette réponse" in words(team, f"/p/ici/rapprochements/assembler/{run.pk}/")
    answer = team.post(f"{ROOM}depuis-un-calcul/{run.pk}/", {"reponse": "0"})
    assert answer.status_code == 302
    assert Synergy.objects.get().origin == SynergyOrigin.BUNDLE


def test_member__sees_only_the_synergies_they_are_party_of(pole: Pole) -> None:
    need, offer = make_pair(pole)
    mine = make_synergy(need, offer, state=SynergyState.PROPOSED, title="La mienne")
    other = make_synergy(pole=pole, state=SynergyState.PROPOSED, title="Celle des autres")
    early = make_synergy(need, make_offer(pole=pole), title="Trop tôt")
    client = signed_in(pole, need.author)
    for path in (ROOM, f"{ROOM}liste/"):
        page = words(client, path)
        assert "La mienne" in page
        assert "Celle des autres" not in page
        assert "Trop tôt" not in page
    assert client.get(f"{ROOM}{mine.pk}/").status_code == 200
    assert client.get(f"{ROOM}{other.pk}/").status_code == 404
    assert client.get(f"{ROOM}{early.pk}/").status_code == 404
    outsider = make_organisation()
    make_membership(pole, outsider)
    assert signed_in(pole, outsider).get(f"{ROOM}{mine.pk}/").status_code == 404


def test_member__answers_for_their_structure_and_for_no_other(pole: Pole) -> None:
    need, offer = make_pair(pole)
    synergy = make_synergy(need, offer, state=SynergyState.PROPOSED)
    client = signed_in(pole, need.author)
    mine = synergy.parties.get(organisation=need.author)
    theirs = synergy.parties.get(organisation=offer.author)
    path = f"{ROOM}{synergy.pk}/reponse/"
    assert client.post(path, {"partie": theirs.pk, "answer": "oui"}).status_code == 403
    assert client.post(path, {"partie": mine.pk, "answer": "oui"}).status_code == 302
    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert (mine.answer, mine.channel, theirs.answer) == ("yes", "site", "waiting")


def test_member__reads_nothing_of_who_hides_until_all_said_yes(pole: Pole) -> None:
    need, offer = make_pair(pole)
    hidden = make_offer(
        pole=pole,
        author=make_organisation("Menuiserie Secrète"),
        title=SECRET,
        visibility=Visibility.ANONYMOUS,
    )
    synergy = make_synergy(need, hidden, state=SynergyState.PROPOSED, title=SECRET, next_step=SECRET)
    client = signed_in(pole, need.author)
    pages = [ROOM, f"{ROOM}liste/", f"{ROOM}{synergy.pk}/", f"{ROOM}liste/export.csv"]
    for path in pages:
        assert "Secrète" not in words(client, path), path
    say_yes(synergy)
    assert "Menuiserie Secrète" in words(client, f"{ROOM}{synergy.pk}/")


def test_link__opened_by_a_scanner_answers_nothing(pole: Pole) -> None:
    synergy = make_synergy(pole=pole, state=SynergyState.PROPOSED)
    path = f"{ROOM}repondre/{answer_token(synergy.parties.first())}/"
    for query in ("", "?reponse=oui", "?reponse=non"):
        assert "cela vous intéresse" in words(Client(), path + query)
    assert {party.answer for party in synergy.parties.all()} == {"waiting"}


def test_link__answers_without_account_and_once(pole: Pole) -> None:
    synergy = make_synergy(pole=pole, state=SynergyState.PROPOSED)
    party = synergy.parties.first()
    path = f"{ROOM}repondre/{answer_token(party)}/"
    assert "Votre oui est noté" in Client().post(path, {"answer": "oui"}, follow=True).content.decode()
    assert "Votre oui est noté" in Client().post(path, {"answer": "non", "reason": "price"}).content.decode()
    party.refresh_from_db()
    assert (party.answer, party.channel) == ("yes", "link")


def test_link__refuses_with_a_reason_and_keeps_the_words(pole: Pole) -> None:
    synergy = make_synergy(pole=pole, state=SynergyState.PROPOSED)
    path = f"{ROOM}repondre/{answer_token()}/"
    answer = Client().post(path, {"answer": "non", "words": "Nous fermons"})
    assert answer.status_code == 422
    assert "Nous fermons" in answer.content.decode()
    Client().post(path, {"answer": "non", "words": "Nous fermons", "reason": "other"})
    assert Synergy.objects.get(pk=synergy.pk).state == SynergyState.REFUSED


def test_link__broken_or_of_another_pole_leads_nowhere(pole: Pole) -> None:
    make_pole("Ailleurs", "ailleurs")
    make_synergy(pole=pole, state=SynergyState.PROPOSED)
    assert Client().get(f"{ROOM}repondre/nimporte-quoi/").status_code == 404
    assert Client().get(f"/p/ailleurs/synergies/repondre/{answer_token()}/").status_code == 404


def test_link__of_what_was_abandoned_says_so(pole: Pole) -> None:
    synergy = make_synergy(pole=pole, state=SynergyState.PROPOSED)
    token = answer_token()
    Synergy.objects.filter(pk=synergy.pk).update(state="abandoned", reason="price")
    assert "plus d’actualité" in words(Client(), f"{ROOM}repondre/{token}/")


def test_agreement__is_opened_in_one_click_and_followed(team: Client, pole: Pole) -> None:
    synergy = make_synergy(pole=pole, state=SynergyState.TALKS)
    assert "Ouvrir l’accord" in words(team, f"{ROOM}{synergy.pk}/")
    answer = team.post(f"{ROOM}{synergy.pk}/accord/")
    agreement = Synergy.objects.get(pk=synergy.pk).agreement
    assert agreement is not None
    assert answer.headers["Location"] == f"/p/ici/accords/{agreement.pk}/"
    page = words(team, f"{ROOM}{synergy.pk}/")
    assert "Son accord" in page
    assert "La synergie suit son accord" in page
    assert team.post(f"{ROOM}{synergy.pk}/geste/", {"geste": "agree"}).status_code == 403
    team.post(f"/p/ici/accords/{agreement.pk}/gestes/cancel/")
    assert "Noter l’accord" in words(team, ROOM)
