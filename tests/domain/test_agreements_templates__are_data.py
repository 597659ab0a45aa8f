"""The templates of agreements are files with a schema; each fault is named."""

from pathlib import Path

import pytest
import yaml

from maillage.domain.agreements.templates import TemplateFault, read_templates

DATA = Path("src/maillage/domain/agreements/data")


def test_templates__the_eight_are_there() -> None:
    assert list(read_templates()) == [
        "echange-simple",
        "pret-a-usage",
        "location",
        "pret-de-personnel",
        "service",
        "don-de-biens",
        "occupation-de-locaux",
        "charte-de-partenariat",
    ]


def test_templates__every_one_says_its_dated_source() -> None:
    for template in read_templates().values():
        assert template.sources
        assert all(source.checked_on.year >= 2026 for source in template.sources)


def test_templates__a_staff_loan_has_three_papers() -> None:
    loan = read_templates()["pret-de-personnel"]
    assert [paper.code for paper in loan.extra_documents] == ["avenant-contrat", "note-cse"]
    assert loan.at_cost is not None
    assert "L8241-1" in loan.at_cost.sentence


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"clauses": [{"title": "Objet", "text": "Du {rien}."}]}, "nomme {rien}"),
        ({"clauses": [{"title": "Objet", "text": "Un mot.", "when": "jamais"}]}, "attend « jamais »"),
        (
            {"rules": [{"kind": "no_money", "sentence": "Un prêt est gratuit.", "source": "x"}]},
            "source « x »",
        ),
        ({"fields": [{"code": "title", "label": "Titre", "kind": "text"}]}, "« title » est pris"),
        ({"receiver": None}, "vont ensemble"),
        ({"fields": [{"code": "a_b", "label": "Un", "kind": "colour"}]}, "fields/0/kind"),
    ],
)
def test_templates__a_fault_is_named(tmp_path: Path, change: dict[str, object], sentence: str) -> None:
    content = yaml.safe_load((DATA / "pret-a-usage.yaml").read_text(encoding="utf-8")) | change
    (tmp_path / "pret-a-usage.yaml").write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    with pytest.raises(TemplateFault) as fault:
        read_templates(tmp_path)
    assert sentence in fault.value.message
