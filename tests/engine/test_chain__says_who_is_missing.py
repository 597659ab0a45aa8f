import pytest

from maillage_engine.errors import InvalidProblem
from maillage_engine.explain.cooperation import missing_fr, unreachable_fr
from maillage_engine.methods.cooperate.chains import find_chains
from maillage_engine.methods.cooperate.chains_problem import ChainProblem
from maillage_engine.methods.cooperate.recipes import Recipe, RecipeLine, Role
from maillage_engine.stop import Stop
from tests.engine.chains import AUTHORISED, COMPOST, ROLES, SHREDDING, TYPES, WITH_OPTION, offer, territory
from tests.engine.problems import problem

PEEL = offer("epluchures", 30.0, 3)
SITE = offer("site", None, 2)
CARRIER = offer("collecte", 30.0, 1, holds=2)


def test_a13__the_missing_role_is_named() -> None:
    without_paper = offer("collecte", 30.0, 1, holds=0)
    chain = find_chains(territory([PEEL, SITE, without_paper])).chains[0]
    assert missing_fr(chain) == "Il manque un transporteur agréé."
    assert [one.amount for one in chain.missing] == [pytest.approx(10.0)]


def test_a13__a_chain_with_everybody_comes_before_a_nearer_one_where_somebody_is_missing() -> None:
    far = offer("collecte", 30.0, 90, holds=2)
    result = find_chains(territory([PEEL, SITE, far]), k=3)
    assert [len(chain.missing) for chain in result.chains] == [0]
    assert result.exhausted


def test_a13__what_nothing_gives_is_said() -> None:
    result = find_chains(territory([PEEL], (SHREDDING,)))
    assert (result.status, result.unreachable) == ("infeasible", (0,))
    said = unreachable_fr(territory([PEEL], (SHREDDING,)), result)
    assert said == [
        "Rien ne donne « compost » : ni offre, ni recette. Ajoutez une offre de ce type, ou une recette."
    ]


def test_a14__of_an_option_one_line_is_taken_and_of_a_choice_one_recipe() -> None:
    other = Recipe(
        "autre",
        "Autre",
        COMPOST.takes[:1] + COMPOST.takes[2:],
        COMPOST.gives,
        ROLES,
        choice="traitement",
        largest=4.0,
    )
    offers = [PEEL, SITE, offer("broyat", 9.0, 4), offer("sciure", 9.0, 5), offer("site", None, 6)]
    result = find_chains(territory(offers, (WITH_OPTION, other), wanted=7.0), k=6)
    for chain in result.chains:
        assert len({run.recipe for run in chain.runs}) == 1
        for at, run in enumerate(chain.runs):
            if run.recipe == 0:
                assert (
                    len({flow.taken for flow in chain.flows if flow.to_run == at and flow.taken in {2, 3}})
                    == 1
                )


def test_a14__several_products_are_served_by_one_chain() -> None:
    needs = [offer("compost", 5.0, 0.0), offer("broyat", 2.0, 0.0)]
    offers = [PEEL, SITE, CARRIER, offer("branchages", 40.0, 7)]
    made = problem(needs, offers, types=TYPES, authorisations=AUTHORISED)
    chain = find_chains(ChainProblem(made, (COMPOST, SHREDDING), (0, 1))).chains[0]
    assert {run.recipe for run in chain.runs} == {0, 1}
    assert {flow.need for flow in chain.flows} == {-1, 0, 1}


@pytest.mark.parametrize("width", [1, 5])
def test_a15__the_chains_do_not_depend_on_where_one_begins(width: int) -> None:
    offers = [
        *(offer("epluchures", 4.0 + at, 3 * at + 1) for at in range(5)),
        *(offer("site", None, 5 * at + 2) for at in range(4)),
        *(offer("collecte", 9.0, 7 * at, holds=2) for at in range(4)),
    ]
    made = territory(offers)
    found, every = find_chains(made, k=4, width=width), find_chains(made, k=4, width=10_000)
    assert [chain.cost for chain in found.chains] == pytest.approx([chain.cost for chain in every.chains])
    assert len(found.chains) == 4


def test_chain__a_circle_of_recipes_ends() -> None:
    """Compost feeds a garden whose peelings make compost: allowed, and bounded."""
    garden = Recipe(
        "jardin",
        "Jardin",
        (RecipeLine("compost", "p", 1.0),),
        (RecipeLine("epluchures", "", 0.1),),
        (Role("p", "un jardin"),),
    )
    result = find_chains(territory([PEEL, SITE, CARRIER], (COMPOST, garden)), k=3)
    assert result.status == "optimal"
    assert [run.recipe for run in result.chains[0].runs] == [0]


def test_chain__a_limit_leaves_what_was_found() -> None:
    offers = [PEEL, SITE, CARRIER, offer("site", None, 9), offer("site", None, 12)]
    result = find_chains(territory(offers), k=3, stop=Stop(iterations=2))
    assert (result.status, len(result.chains)) == ("feasible", 2)


@pytest.mark.parametrize(
    "broken",
    [
        Recipe("", "Sans code", COMPOST.takes, COMPOST.gives, ROLES),
        Recipe("rien", "Ne donne rien", COMPOST.takes, (), ROLES),
        Recipe("type", "Type inconnu", (RecipeLine("licorne", "site"),), COMPOST.gives, ROLES),
        Recipe("role", "Rôle inconnu", (RecipeLine("site", "roi"),), COMPOST.gives, ROLES),
        Recipe("nan", "Pas un nombre", (RecipeLine("site", "site", float("nan")),), COMPOST.gives, ROLES),
        Recipe("neg", "Sous zéro", (RecipeLine("site", "site", -1.0),), COMPOST.gives, ROLES),
        Recipe("loi", "Loi inconnue", COMPOST.takes, COMPOST.gives, (Role("site", "x", ("permis",)),)),
    ],
)
def test_chain__refuses_a_recipe_that_does_not_hold_together(broken: Recipe) -> None:
    with pytest.raises(InvalidProblem, match="recipes"):
        territory([PEEL], (broken,))


def test_chain__refuses_a_target_that_is_no_need() -> None:
    made = territory([PEEL]).problem
    for targets in ((), (5,)):
        with pytest.raises(InvalidProblem, match="targets"):
            ChainProblem(made, (COMPOST,), targets)
