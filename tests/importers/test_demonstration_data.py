"""The demonstration's files: rich enough, openly invented, on real communes, with the catalogue's own types."""

import re
from collections import Counter
from functools import cache

from maillage.domain.actors import enums as actors
from maillage.domain.exchanges import enums as exchanges
from maillage.domain.ledger import enums as ledger
from maillage.domain.matching.enums import SetAsideReason
from maillage.importers.demonstration import Demonstration, World, our_world, read_demonstration
from maillage.importers.demonstration.read import DATA
from maillage.importers.municipalities import read_division
from maillage_engine.rules.registry import RULES


@cache
def world() -> World:
    return our_world()


@cache
def rows() -> Demonstration:
    return read_demonstration(world=world())


def test_demonstration__is_as_rich_as_promised() -> None:
    kinds = Counter(row.kind for row in rows().intents if row.flow is None)
    promises = [one for row in rows().ledger.agreements for one in row.commitments]
    assert len(rows().organisations) >= 64
    assert kinds["need"] >= 60
    assert kinds["offer"] >= 60
    assert len(rows().flows) >= 42
    assert (len(rows().ledger.agreements), len(promises)) == (6, 12)
    assert len(rows().ledger.events) >= 30


def test_demonstration__needs_and_offers_are_about_half_and_half() -> None:
    kinds = Counter(row.kind for row in rows().intents)
    assert 0.8 <= kinds["need"] / kinds["offer"] <= 1.25


def test_demonstration__has_the_five_families_and_every_inclusion_type() -> None:
    families = {row.family for row in rows().organisations}
    inclusion = {row.inclusion_type for row in rows().organisations}
    assert families == set(actors.ActorFamily.values)
    assert {"EI", "ETTI", "AI", "ACI", "EA", "ESAT"} <= inclusion


def test_demonstration__shows_every_visibility() -> None:
    seen = Counter(row.visibility for row in rows().intents)
    assert seen["anonymous"] >= 8
    assert seen["facilitators"] >= 10
    assert seen["public"] >= 20


def test_demonstration__every_choice_is_one_of_the_rooms() -> None:
    for row in rows().organisations:
        assert row.legal_form in actors.LegalForm.values
        assert row.ess_ground in {"", *actors.SocialEconomyGround.values}
        assert row.inclusion_type in {"", *actors.InclusionType.values}
        assert row.staff_band in actors.StaffBand.values
    for row in rows().intents:
        assert row.visibility in exchanges.Visibility.values
        assert row.said.how in exchanges.EvidenceChannel.values
    assert {one.proof for one in rows().ledger.events} <= set(ledger.EvidenceKind.values)
    assert {one.state for one in rows().ledger.agreements} <= set(ledger.AgreementState.values)
    assert {one.stage for one in rows().ledger.processes} <= set(ledger.ProcessStage.values)
    assert {one.reason for one in rows().decisions} <= set(SetAsideReason.values)


def test_demonstration__opens_one_account_per_role() -> None:
    accounts = [person for person in rows().people if person.account]
    held = {person.account: {one.role for one in person.mandates} for person in accounts}
    assert set(held) == {"member", "board", "authority_agent", "facilitator", "network", "administrator"}
    assert held.pop("member") == {"representative"}
    assert all(roles == {role} for role, roles in held.items())


def test_demonstration__no_structure_has_a_real_number() -> None:
    for path in sorted(DATA.glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        numbers = set(re.findall(r"\b[0-9]{9}(?:[0-9]{5})?\b", text))
        assert numbers <= set(rows().pole.territory.intermunicipal_bodies), path.name


def test_demonstration__authorities_say_that_they_are_invented() -> None:
    authorities = [row.name for row in rows().organisations if row.family == "authority"]
    assert authorities
    assert all(re.search(r"\bfictif|\bfictive|\bimaginaire", name) for name in authorities)


def test_demonstration__no_authority_bears_the_name_of_a_commune() -> None:
    names = {row.name for row in read_division(positions=False).municipalities}
    for row in rows().organisations:
        said = re.split(r" (?:de la|des|du|de) ", row.name)[-1]
        assert row.family != "authority" or said not in names, row.name


def test_demonstration__every_commune_used_has_a_point() -> None:
    located = {row.code for row in read_division().municipalities if row.latitude is not None}
    used = rows().communes
    assert len(used) >= 35
    assert used <= located | rows().positions.keys()
    assert not located & rows().positions.keys()


def test_demonstration__the_ampersand_survives() -> None:
    assert rows().pole.name == "Berry & Gâtinais en commun"
    assert rows().pole.slug == "berry-gatinais"
    assert {"Roulotte & Compagnie", "Menuiserie Copeau & Fils"} <= {row.name for row in rows().organisations}


def test_demonstration__every_rule_of_refusal_has_its_pair() -> None:
    exercised = {pair.refusal for pair in rows().expected.pairs if pair.refusal}
    # « meaning » only judges intents without a type: every intent here has one.
    assert exercised == {rule.code for rule in RULES} - {"meaning"}


def test_demonstration__texts_follow_the_house_voice() -> None:
    for path in sorted(DATA.glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        assert "!" not in text, path.name
        assert not re.search(r"[A-Za-zÀ-ÿ]'[A-Za-zÀ-ÿ]", text), path.name
        assert len(text.splitlines()) <= 400, path.name
