"""A chain problem as a process network: what others' P-graph solvers can read, and a second road to the same answer.

Each offer is a raw material, each way of bringing something a unit that costs its kilometres, each recipe at a place a
unit (one an option, which exclude one another), each missing line a unit that costs ``penalty``. Written with
``maillage_engine.files.pns``, it lets anybody check the cheapest chain.
"""

from itertools import product

from maillage_engine.errors import InvalidArgument
from maillage_engine.methods.cooperate.chains_model import NOWHERE, Arc, ChainModel, model_of
from maillage_engine.methods.cooperate.chains_problem import ChainProblem
from maillage_engine.methods.cooperate.chains_sizes import largest_sizes
from maillage_engine.methods.cooperate.network import Material, OperatingUnit, ProcessNetwork


def network_of(chain_problem: ChainProblem, *, penalty: float) -> ProcessNetwork:
    """Return the network; its cheapest structure costs the first chain plus ``penalty`` × its missing lines.

    ``penalty`` must be above any cost of a chain, so that the fewest are missing. Raises ``InvalidArgument`` when
    ``penalty`` is not above 0, or for what this format does not say: fixed costs of an offer used several times, and
    lines whose quantity does not follow the size.
    """
    if not penalty > 0:
        raise InvalidArgument("penalty", "il faut plus de 0.")
    if chain_problem.costs.fixed is not None:
        raise InvalidArgument("fixed", "le format ne dit pas le coût fixe d’une offre.")
    if any(line.once for recipe in chain_problem.recipes for line in (*recipe.takes, *recipe.gives)):
        raise InvalidArgument("recipes", "le format ne dit pas une quantité qui ne suit pas la taille.")
    return _Writer(chain_problem, penalty).network()


class _Writer:
    def __init__(self, chain_problem: ChainProblem, penalty: float) -> None:
        self.given, self.penalty = chain_problem, penalty
        self.model: ChainModel = model_of(chain_problem)
        self.sizes = largest_sizes(self.model)
        self.materials: dict[str, Material] = {}
        self.units: list[OperatingUnit] = []
        self.exclusive: list[tuple[str, ...]] = []
        self.by_choice: dict[str, dict[int, list[str]]] = {}

    def network(self) -> ProcessNetwork:
        """Return the whole network."""
        needs = self.given.problem.needs
        for need in self.given.targets:
            quantity = float(needs.quantity[need])
            wanted = 1.0 if quantity != quantity else quantity
            self.materials[f"need_{need}"] = Material(f"need_{need}", "product", lower=wanted)
        seats: dict[tuple[int, int], list[str]] = {}
        for at, arc in enumerate(self.model.arcs):
            self._arc(at, arc)
            if arc.offer != NOWHERE and arc.to_site != NOWHERE:
                seats.setdefault((arc.offer, arc.to_site), []).append(f"bring_{at}")
        for site in range(len(self.model.sites)):
            self._site(site)
        self.exclusive += [tuple(names) for names in seats.values() if len(names) > 1]
        for recipes in self.by_choice.values():
            for one, other in product(recipes, recipes):
                if one < other:
                    self.exclusive += list(product(recipes[one], recipes[other]))
        return ProcessNetwork(tuple(self.materials.values()), tuple(self.units), tuple(self.exclusive))

    def _material(self, name: str, kind: str = "intermediate", **bounds: float) -> str:
        self.materials.setdefault(name, Material(name, kind, **bounds))  # type: ignore[arg-type]  # one of KINDS
        return name

    def _whole(self, site: int, taken: int) -> float:
        """The most that a line may take."""
        quantity = self.model.line(site, taken).quantity
        return 1.0 if quantity is None else quantity * self.sizes[site]

    def _arc(self, at: int, arc: Arc) -> None:
        """A unit of size 1 when only being there matters, else of the amount."""
        needs = self.given.problem.needs
        if arc.need != NOWHERE:
            quantity = float(needs.quantity[arc.need])
            to, wanted = f"need_{arc.need}", 1.0 if quantity != quantity else quantity
        else:
            to, wanted = f"in_{arc.to_site}_{arc.taken}", self._whole(arc.to_site, arc.taken)
        self._material(to)
        name = f"bring_{at}"
        if arc.counted:
            source, most = self._source(arc), min(arc.most, max(wanted, arc.least))
            if most >= arc.least:
                unit = OperatingUnit(
                    name, ((source, 1.0),), ((to, 1.0),), arc.road_cost, arc.unit_cost, arc.least, most
                )
                self.units.append(unit)
                return
            # a lot that is not there: the unit can never be
            wanted, arc_upper = 1.0, 0.0
            self.units.append(OperatingUnit(name, (), ((to, 1.0),), self.penalty * 1e3, 0.0, 0.0, arc_upper))
            return
        inputs: tuple[tuple[str, float], ...] = ()
        if arc.site != NOWHERE:
            inputs = ((self._source(arc), 1.0),)
        self.units.append(OperatingUnit(name, inputs, ((to, wanted),), arc.road_cost, 0.0, 1.0, 1.0))

    def _source(self, arc: Arc) -> str:
        if arc.offer != NOWHERE:
            return self._material(f"offer_{arc.offer}", "raw", upper=arc.most)
        return self._material(f"out_{arc.site}_{arc.given}")

    def _site(self, site: int) -> None:
        recipe, size = self.model.recipe(site), self.sizes[site]
        plain = [at for at, line in enumerate(recipe.takes) if not line.option]
        names = []
        for number, picked in enumerate(product(*recipe.options.values())):
            inputs = []
            for taken in (*plain, *picked):
                rate = recipe.takes[taken].quantity
                inputs.append((self._material(f"in_{site}_{taken}"), 1.0 / size if rate is None else rate))
            outputs = []
            for given, out in enumerate(recipe.gives):
                if f"out_{site}_{given}" in self.materials:
                    outputs.append((f"out_{site}_{given}", float(out.quantity or 1.0)))
            if not outputs:
                return
            names.append(f"run_{site}_{number}")
            self.units.append(
                OperatingUnit(
                    names[-1], tuple(inputs), tuple(outputs), recipe.fixed_cost, recipe.unit_cost, 0.0, size
                )
            )
        if len(names) > 1:
            self.exclusive.append(tuple(names))
        if recipe.choice:
            here = self.by_choice.setdefault(recipe.choice, {})
            here.setdefault(self.model.sites[site].recipe, []).extend(names)
        for taken in range(len(recipe.takes)):
            if recipe.place_line != taken or self.model.sites[site].missing_place:
                to = self._material(f"in_{site}_{taken}")
                most = self._whole(site, taken)
                self.units.append(
                    OperatingUnit(f"lack_{site}_{taken}", (), ((to, 1.0),), self.penalty, 0.0, 0.0, most)
                )
