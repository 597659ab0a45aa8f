"""The recipes' files: complete, sourced, and refused with a line when they are not."""

from pathlib import Path

import pytest

from maillage.domain.catalogue.files import read_catalogue
from maillage.domain.catalogue.recipe_faults import RecipesFault
from maillage.domain.catalogue.recipes import read_recipes
from maillage.domain.matching.bridges.recipes import engine_recipes
from maillage.interfaces.cli.matching.types import type_table
from maillage_engine.methods.cooperate.recipes import check_recipes

GOOD = """theme: essai
recipes:
  - code: essai
    label: Un essai
    counted_in: une tonne
    roles:
      - {code: donneur, label: un donneur}
    takes:
      - {type: epluchures, role: donneur, quantity: 1, unit: t, period: year, source: Unité de compte}
    gives:
      - {type: compost, to_specify: Quantité à mesurer}
"""


def faults(folder: Path, text: str) -> list[str]:
    (folder / "essai.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(RecipesFault) as caught:
        read_recipes(folder)
    return [str(fault) for fault in caught.value.faults]


def test_a19__every_quantity_has_a_source_or_says_what_is_to_be_specified() -> None:
    recipes = read_recipes().recipes
    assert len(recipes) >= 25
    assert len({row.theme for row in recipes}) >= 6
    for row in recipes:
        for flow in (*row.takes, *row.gives):
            assert bool(flow.source) != bool(flow.to_specify), (row.code, flow.type_code)


def test_recipes__the_engine_takes_them_all() -> None:
    catalogue = read_catalogue()
    authorisations = tuple(row.code for row in catalogue.authorisations)
    types = type_table(catalogue, authorisations_said=True)
    made = engine_recipes(read_recipes().recipes)
    check_recipes(made, types, authorisations)
    compost = next(one for one in made if one.code == "compost-plateforme")
    assert compost.takes[0].quantity == 1000.0
    assert set(compost.options) == {"structurant"}


def test_recipes__a_good_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "essai.yaml").write_text(GOOD, encoding="utf-8")
    (row,) = read_recipes(tmp_path).recipes
    assert (row.code, row.line, row.takes[0].sure, row.gives[0].quantity) == ("essai", 3, True, None)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            ("type: epluchures", "type: licorne"),
            "essai.yaml, ligne 9, essai : Le type « licorne » n’est pas dans",
        ),
        (("unit: t", "unit: caisse"), "essai.yaml, ligne 9, essai : L’unité « caisse » n’existe pas"),
        (("unit: t", "unit: h"), "ligne 9, essai : L’unité « h » mesure du temps de travail"),
        (("role: donneur,", "role: roi,"), "ligne 9, essai : Le rôle « roi » n’est pas dans « roles »."),
        ((", source: Unité de compte", ""), "ligne 9, essai : Écrivez « source » si la quantité est connue"),
        (("quantity: 1", "quantity: 0"), "ligne 9, essai : « quantity » vaut 0"),
        (("    label: Un essai\n", ""), "ligne 3, essai : Il manque « label »."),
        (("counted_in", "compte_en"), "Une recette n’a pas de champ « compte_en »"),
        (("code: essai", "code: Éssai"), "Le code « Éssai » s’écrit en minuscules"),
        (("theme: essai", "theme: essai\ntheme: essai"), "ligne 2 : Le fichier ne se lit pas"),
        (
            ("label: un donneur", "label: un donneur, requires: [permis]"),
            "ligne 7, essai : L’autorisation « permis »",
        ),
    ],
)
def test_a19__a_fault_names_the_file_the_line_and_the_recipe(
    tmp_path: Path, change: tuple[str, str], said: str
) -> None:
    assert any(said in fault for fault in faults(tmp_path, GOOD.replace(*change)))


def test_recipes__a_code_used_twice_is_refused(tmp_path: Path) -> None:
    (tmp_path / "autre.yaml").write_text(GOOD, encoding="utf-8")
    assert faults(tmp_path, GOOD) == [
        "essai.yaml, ligne 3, essai : Ce code est déjà pris (autre.yaml, ligne 3)."
    ]


def test_recipes__an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RecipesFault, match=r"aucun fichier de recettes"):
        read_recipes(tmp_path)
