"""Whether a pole has the composition that the State's calls ask for.

Source: loi n° 2014-856 du 31 juillet 2014, art. 9, and décret n° 2015-431 du 15 avril 2015, art. 3: three legal
persons or more, of which at least one enterprise of the social economy, one enterprise whose statutes are not of
the social economy, and one other person of article 9 (authority, research, higher education, training, other).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from maillage.core.french import plural
from maillage.domain.actors.enums import ActorFamily, LegalForm
from maillage.domain.actors.models import Membership, Organisation, Pole, PoleSponsor
from maillage.domain.actors.queries.directory import running_on

SOURCE = (
    "Décret n° 2015-431 du 15 avril 2015, art. 3, pris pour la loi n° 2014-856 du 31 juillet 2014, art. 9"
)
_LEGAL_PERSONS = 3
_OTHERS = (ActorFamily.AUTHORITY, ActorFamily.TRAINING, ActorFamily.PEOPLE)


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing the decree asks: is it there, thanks to whom, and what to do when it is not."""

    code: str
    label: str
    is_met: bool
    sentence: str
    organisations: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Composition:
    """The four requirements, and what nobody has checked yet."""

    on: date
    requirements: tuple[Requirement, ...]
    to_check: tuple[str, ...]
    source: str = SOURCE

    @property
    def is_met(self) -> bool:
        """Whether nothing is missing."""
        return all(one.is_met for one in self.requirements)


def article_9_composition(*, pole: Pole, on: date) -> Composition:
    """Check the members and the sponsor of the pole on a day; groups without legal form do not count."""
    members = Membership.objects.filter(running_on(on), pole=pole).order_by().values("organisation")
    sponsors = PoleSponsor.objects.filter(running_on(on), pole=pole).order_by().values("organisation")
    known = Organisation.objects.filter(merged_into__isnull=True, pk__in=members.union(sponsors))
    rows = [row for row in known.order_by("folded", "pk") if row.legal_form != LegalForm.INFORMAL]
    social = [row for row in rows if row.family == ActorFamily.SOCIAL]
    business = [row for row in rows if row.family == ActorFamily.BUSINESS]
    others = [row for row in rows if row.family in _OTHERS]
    requirements = (
        _three(rows),
        _one(
            "social",
            "Une entreprise de l’économie sociale et solidaire",
            social,
            "Il manque une association, une coopérative, une mutuelle, une fondation ou une société de l’ESS.",
        ),
        _one(
            "business",
            "Une entreprise hors économie sociale et solidaire",
            business,
            "Il manque une entreprise dont les statuts ne sont pas de l’ESS, ou un groupement qui en réunit surtout.",
        ),
        _one(
            "other",
            "Une autre personne de l’article 9",
            others,
            "Il manque une collectivité, un organisme de recherche, de formation, ou une autre personne morale.",
        ),
    )
    unchecked = [row for row in social if not row.ess_ground]
    return Composition(on, requirements, _to_check(unchecked))


def _named(rows: Sequence[Organisation]) -> tuple[tuple[int, str], ...]:
    return tuple((row.pk, row.name) for row in rows)


def _three(rows: Sequence[Organisation]) -> Requirement:
    lacking = _LEGAL_PERSONS - len(rows)
    sentence = (
        f"Le pôle réunit {len(rows)} personnes morales."
        if lacking <= 0
        else f"Il manque {lacking} {plural(lacking, 'personne morale', 'personnes morales')} membre du pôle."
    )
    return Requirement("three", "Au moins trois personnes morales", lacking <= 0, sentence, _named(rows))


def _one(code: str, label: str, rows: Sequence[Organisation], lacking: str) -> Requirement:
    sentence = f"{len(rows)} {plural(len(rows), 'membre', 'membres')} dans ce cas." if rows else lacking
    return Requirement(code, label, bool(rows), sentence, _named(rows))


def _to_check(rows: Sequence[Organisation]) -> tuple[str, ...]:
    return tuple(f"« {row.name} » : dites à quel titre elle appartient à l’ESS." for row in rows)
