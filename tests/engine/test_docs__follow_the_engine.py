import re
from pathlib import Path

from maillage_engine.problem.schema_page import page
from maillage_engine.rules.registry import RULES
from maillage_engine.scoring.registry import CRITERION_CODES
from maillage_engine.scoring.weights import DEFAULT_WEIGHTS

ROOT = Path(__file__).parents[2]
ENGINE_PAGE = (ROOT / "docs/explanation/engine.md").read_text(encoding="utf-8")


def test_schema_page_is_what_the_schema_gives() -> None:
    assert (ROOT / "docs/reference/engine-schema.md").read_text(encoding="utf-8") == page()


def test_every_numbered_semantics_has_a_test_that_bears_its_number() -> None:
    stated = re.findall(r"^- \*\*S(\d+)\.\*\*", ENGINE_PAGE, flags=re.MULTILINE)
    tests = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    assert stated == [str(number) for number in range(1, len(stated) + 1)]
    assert {f"test_semantics_s{number}_" for number in stated} == set(
        re.findall(r"test_semantics_s\d+_", tests)
    )


def test_engine_page_names_every_rule_in_order_and_every_weight() -> None:
    rows = re.findall(r"^\| `([a-z_]+)` \|", ENGINE_PAGE, flags=re.MULTILINE)
    assert rows == [rule.code for rule in RULES]
    weights = dict(re.findall(r"^\| \w+ \(`(\w+)`\) \| (\d+) \|", ENGINE_PAGE, flags=re.MULTILINE))
    assert weights == {
        code: str(weight) for code, weight in zip(CRITERION_CODES, DEFAULT_WEIGHTS.in_order(), strict=True)
    }
