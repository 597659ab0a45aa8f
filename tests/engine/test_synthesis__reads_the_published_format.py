"""The P-graph text format: every section, other spellings, and sentences for what does not read."""

from pathlib import Path

import pytest

from maillage_engine.errors import InvalidFile
from maillage_engine.files.pns import read_pns, write_pns
from maillage_engine.methods.cooperate.network import ProcessNetwork
from tests.engine.networks import seven_units

PLAIN = """file_type=PNS_problem_v1
file_name=Essai

measurement_units:
mass_unit=kg
time_unit=y
money_unit=EUR

defaults:
material_type=intermediate
material_price=2
operating_unit_fix_cost=7

materials:
P: product, flow_rate_lower_bound=10, price=0
R: raw_material
I:

operating_units:
O1: capacity_upper_bound=40, proportional_cost=0.5
O2
O3: fix_cost=1

material_to_operating_unit_flow_rates:
O1: R => 2 I
O2: 2.5 I + R => P + 0.5 I
O3: => P

mutually_exlcusive_sets_of_operating_units:
ME0: O1, O3
"""


@pytest.fixture
def read(tmp_path: Path) -> "Reader":
    """Read a text as a file."""
    return Reader(tmp_path / "probleme.in")


class Reader:
    """Writes a text, then reads it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.notes: tuple[str, ...] = ()

    def __call__(self, content: str | bytes) -> ProcessNetwork:
        self.path.write_bytes(content if isinstance(content, bytes) else content.encode())
        found = read_pns(self.path)
        self.notes = found.notes
        return found.network


def test_a9__every_section_is_understood(read: Reader) -> None:
    """Defaults, rates that are left out, a unit without inputs."""
    network = read(PLAIN)
    product, raw, middle = network.materials
    assert (product.kind, product.lower, product.price, product.upper) == ("product", 10.0, 0.0, 1e7)
    assert (raw.kind, raw.price, middle.kind) == ("raw", 2.0, "intermediate")
    one, two, three = network.units
    assert (one.fixed_cost, one.proportional_cost, one.upper) == (7.0, 0.5, 40.0)
    assert (two.inputs, two.outputs) == ((("I", 2.5), ("R", 1.0)), (("P", 1.0), ("I", 0.5)))
    assert (three.inputs, three.fixed_cost, network.exclusive) == ((), 1.0, (("O1", "O3"),))
    assert (network.measures.mass, network.measures.time, read.notes) == ("kg", "y", ())


def test_a9__written_then_read_is_the_same(tmp_path: Path) -> None:
    """Down to the digest."""
    problem = seven_units(exclusive=(("O6", "O7"),))
    write_pns(problem, tmp_path / "p.in")
    assert read_pns(tmp_path / "p.in").network.digest() == problem.digest()


def test_a9__windows_comments_commas_and_other_spellings(read: Reader) -> None:
    """CRLF, a byte-order mark, comments, decimal commas, the right spelling of a section, an empty group."""
    text = (
        PLAIN.replace("0.5\nO2", "0,5  # note\n// rien\nO2")
        .replace("exlcusive", "exclusive")
        .replace("ME0: O1, O3", "ME0")
    )
    network = read(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert (network.units[0].proportional_cost, network.exclusive) == (0.5, ())


def test_a9__costs_in_parts_make_one_yearly_cost(read: Reader) -> None:
    """Investment over the payout period, plus operating; over the hours too when time is in hours."""
    parts = "investment_fix_cost=1000, operating_fix_cost=5, payout_period=4, working_hours_per_year=50"
    assert read(PLAIN.replace("O3: fix_cost=1", f"O3: {parts}")).units[2].fixed_cost == 255.0
    hourly = PLAIN.replace("time_unit=y", "time_unit=h").replace("O3: fix_cost=1", f"O3: {parts}")
    assert read(hourly).units[2].fixed_cost == 10.0


def test_a9__what_is_not_used_is_said(read: Reader) -> None:
    """Nothing is dropped silently."""
    read(PLAIN.replace("R: raw_material", "R: raw_material, colour=3").replace("O3: => P", "O3: P =>"))
    assert any("colour" in note for note in read.notes)
    assert any("O3" in note and "ne donne rien" in note for note in read.notes)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("price=0", "price=NaN", 15),
        ("flow_rate_lower_bound=10", "flow_rate_lower_bound=-10", 15),
        ("R: raw_material", "R: rawish", 16),
        ("O1: R => 2 I", "O1: R 2 I", 25),
        ("O1: R => 2 I", "O1: R => 2 X", 25),
        ("O1: R => 2 I", "O9: R => 2 I", 25),
        ("capacity_upper_bound=40", "capacity_upper_bound=-1", 20),
        ("ME0: O1, O3", "ME0: O1, O8", 30),
        ("O2\n", "O1\n", 21),
        ("PNS_problem_v1", "other", 1),
    ],
)
def test_a9__a_fault_names_its_line(read: Reader, old: str, new: str, line: int) -> None:
    """A sentence, and where."""
    with pytest.raises(InvalidFile) as caught:
        read(PLAIN.replace(old, new, 1))
    assert caught.value.line == line


def test_a9__another_kind_of_file_is_refused(read: Reader, tmp_path: Path) -> None:
    """No section, or no file."""
    with pytest.raises(InvalidFile, match="P-graph"):
        read("a;b;c\n1;2;3\n")
    with pytest.raises(InvalidFile, match="n’existe pas"):
        read_pns(tmp_path / "absent.in")
