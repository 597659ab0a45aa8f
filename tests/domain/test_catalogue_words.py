"""What people say, and the type of resource it is about."""

from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maillage.core.french import fold
from maillage.domain.catalogue.files import TypeRow, read_catalogue
from maillage.domain.catalogue.words import TypeProposal, propose_types


def proposed(text: str) -> list[TypeProposal]:
    return propose_types(text, read_catalogue())


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("on a des PC de récup à donner", "pc-fixes-reemployables"),
        ("il nous faudrait un barnum samedi", "tentes-barnums"),
        ("12 t d'épluchures", "epluchures"),
        ("12 t d’épluchures de la cantine par an", "epluchures"),
        ("faire garder son enfant dès 5 h 30", "accueil-horaires-atypiques"),
        ("on cherche une crèche qui ouvre avant 7 h", "accueil-horaires-atypiques"),
        ("quelqu’un pour faire la paie", "paie-externalisee"),
        ("une salle de réunion pour 15 personnes le mardi soir", "salle-reunion"),
        ("on jette 300 kg de cartons par semaine", "carton"),
        ("des palettes à donner, environ 40 par mois", "palettes"),
        ("notre lave-linge est en panne", "reparation-electromenager"),
        ("réparer des vélos pour les salariés", "reparation-velo"),
        ("besoin d’un camion frigo le jeudi", "transport-frigorifique"),
        ("qui peut nous aider à monter un dossier de subvention ?", "recherche-financements-service"),
        ("on cherche des bénévoles pour la fête de quartier", "benevolat"),
        ("un comptable à temps partagé", "comptabilite-externalisee"),
        ("local vide de 200 m² en centre-bourg", "batiment-vacant"),
        ("on a des invendus de boulangerie tous les soirs", "invendus-boulangerie"),
        ("traduire un document en FALC", "transcription-falc"),
        ("un prof de FLE deux matinées par semaine", "fle"),
        ("cherche nounou pour bébé de 8 mois", "accueil-assistante-maternelle"),
        ("minibus 9 places disponible le week-end", "minibus"),
        ("faire composter les restes de la cantine", "compostage"),
        ("broyage de branches pour la commune", "broyage"),
        ("archives à détruire", "archives-detruire"),
        ("vieux écrans et imprimantes à faire enlever", "collecte-electronique"),
        ("du linge de crèche à laver", "blanchisserie"),
        ("tonte de la pelouse autour de l’école", "espaces-verts"),
        ("buffet pour 80 personnes", "traiteur"),
        ("refaire notre site internet", "site-internet"),
        ("cours d’informatique pour les retraités", "formation-numerique"),
        ("besoin de trésorerie en attendant la subvention", "avance-tresorerie"),
        ("prêter notre électricien un jour par semaine", "electricite-batiment"),
        ("stagiaire pour une étude de besoins", "stage"),
        ("vélo-cargo à partager", "velos-cargos"),
        ("vaisselle réemployable pour un festival", "vaisselle-reemployable"),
        ("huile de friture usagée, 60 litres par mois", "huiles-alimentaires"),
        ("auxiliaire de puériculture pour un remplacement", "auxiliaire-puericulture"),
        ("des bocaux en verre à laver", "lavage-contenants"),
        ("chambre pour un apprenti", "logement-temporaire-service"),
        ("vider la maison de ma grand-mère", "debarras"),
        ("chauffeur poids lourd", "conduite-poids-lourd"),
        ("chauffage de la salle en panne", "travaux-plomberie"),
        ("un local pour stocker des palettes", "stockage-logistique"),
        ("bras pour un déménagement samedi", "demenagement"),
        ("partager un salarié entre deux associations", "temps-partage"),
        ("SONO ET MICROS POUR SAMEDI", "sonorisation"),
        ("mettre en conformité nos données personnelles", "protection-donnees-service"),
    ],
)
def test_words__propose_the_type_that_people_mean_in_the_first_three(said: str, expected: str) -> None:
    assert expected in [proposal.code for proposal in proposed(said)[:3]]


@pytest.mark.parametrize(
    "said",
    [
        "",
        "   ",
        "bonjour, merci beaucoup",
        "le maire est venu hier",
        "on se voit mardi à 20 h",
        "xyzzy 42",
        "🎪",
        "?!",
    ],
)
def test_words__propose_nothing_rather_than_a_silly_guess(said: str) -> None:
    assert proposed(said) == []


def test_words__do_not_take_a_town_square_for_a_minibus() -> None:
    assert "minibus" not in [proposal.code for proposal in proposed("aménagement de la place de la mairie")]


def test_words__do_not_take_a_word_that_only_shares_a_short_stem() -> None:
    assert "communication" not in [proposal.code for proposal in proposed("les agents de la commune")]


def test_words__say_which_words_of_the_text_decided() -> None:
    assert proposed("On a des PC  de récup à donner")[0].because == "PC de récup"


def test_words__prefer_the_longest_phrase() -> None:
    codes = [proposal.code for proposal in proposed("un vélo électrique")]
    assert codes[0] == "velos-electriques"


def test_words__forgive_plurals_accents_and_capitals() -> None:
    assert [proposal.code for proposal in proposed("VELOS ELECTRIQUES")][0] == "velos-electriques"
    assert proposed("un local vide")[0].code == proposed("des locaux vides")[0].code


def test_words__give_no_more_than_asked() -> None:
    assert len(propose_types("crèche, paie, barnum, compost, vélos", read_catalogue(), limit=2)) == 2


def test_words__are_ten_times_quicker_than_reading_every_name() -> None:
    text = "On cherche une salle de réunion, un barnum et des vélos pour la fête de quartier samedi."
    proposed(text)
    started = perf_counter()
    for _ in range(10):
        proposed(text)
    indexed = perf_counter()
    found = [
        row
        for row in read_catalogue().types
        for name in (row.label, *row.synonyms)
        if fold(name) in fold(text)
    ]
    assert found
    assert (perf_counter() - indexed) > 10 * (indexed - started) / 10


def test_words__read_only_the_beginning_of_an_endless_text() -> None:
    assert proposed("barnum " + "lorem ipsum " * 500_000)[0].code == "tentes-barnums"


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_words__answer_any_text_the_same_way_twice(text: str) -> None:
    first = proposed(text)
    assert first == proposed(text)
    assert all(0 < proposal.score < 1 and proposal.because for proposal in first)
    assert [proposal.score for proposal in first] == sorted((p.score for p in first), reverse=True)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(read_catalogue().types))
def test_words__know_every_label(row: TypeRow) -> None:
    assert row.code in [proposal.code for proposal in propose_types(row.label, read_catalogue(), limit=8)]
