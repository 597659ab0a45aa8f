import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/reference/moteur.md").read_text(encoding="utf-8")
LETTERS = "TRIAVNP"


def test_promises__are_numbered_without_a_hole() -> None:
    for letter in LETTERS:
        stated = re.findall(rf"^- \*\*{letter}(\d+)\.\*\*", PAGE, flags=re.MULTILINE)
        assert stated == [str(number) for number in range(1, len(stated) + 1)]


def test_promises__each_one_has_a_test_that_bears_its_number() -> None:
    stated = {found.lower() for found in re.findall(r"^- \*\*([A-Z]\d+)\.\*\*", PAGE, flags=re.MULTILINE)}
    tests = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    assert stated <= set(re.findall(rf"def test_([{LETTERS.lower()}]\d+)__", tests))
