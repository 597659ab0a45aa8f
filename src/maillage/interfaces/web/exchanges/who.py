"""Who says it: a structure one represents, one of the directory, or a new one whose sheet is created."""

from collections.abc import Sequence
from dataclasses import dataclass

from maillage.domain.actors.enums import ActorFamily
from maillage.domain.actors.models import Organisation, Pole
from maillage.domain.actors.operations.organisations import OrganisationFields
from maillage.domain.actors.policies import user_can_create_organisation
from maillage.domain.actors.queries import find_duplicates
from maillage.domain.actors.viewer import Viewer
from maillage.domain.exchanges.policies import check_user_can_note_intent
from maillage.domain.exchanges.queries import choices
from maillage.domain.places.models import Municipality
from maillage.interfaces.web.exchanges.forms import IntentForm
from maillage.interfaces.web.exchanges.where import Repair

LONGEST = 200
UNKNOWN = "Aucune structure du pôle ne s’appelle ainsi. Choisissez-la dans la liste."
NOT_SAID = "Dites quelle structure le dit."
FAMILY = "Cette structure est nouvelle. Dites ce qu’elle est : sa fiche sera créée."


@dataclass(frozen=True, slots=True)
class Who:
    """The structure, or the new one to create, or the sentence; ``alike`` are sheets that may be the same."""

    organisation: Organisation | None = None
    newcomer: OrganisationFields | None = None
    text: str = ""
    mistake: str = ""
    is_new: bool = False
    alike: tuple[Repair, ...] = ()
    distinct_from: tuple[int, ...] = ()


def represented(*, viewer: Viewer, pole: Pole) -> list[Organisation]:
    """The structures among which somebody who does not run the pole chooses; empty for the team."""
    return [] if viewer.runs(pole.pk) else choices.spoken_for_in(viewer=viewer, pole=pole)


def who_of(form: IntentForm, *, viewer: Viewer, pole: Pole, where: Municipality | None) -> Who:
    """Read who says it. Raises ``Refused`` when the person may not note in that name."""
    number = form.text("author")
    if number.isascii() and number.isdigit() and len(number) < 10:
        found = choices.organisation_known(pole=pole, pk=int(number))
        if found is None:
            return Who(text=form.text("author_text"), mistake=UNKNOWN)
        check_user_can_note_intent(viewer, pole.pk, author_id=found.pk)
        return Who(found, text=found.name)
    mine = represented(viewer=viewer, pole=pole)
    if mine:
        return Who(mine[0], text=mine[0].name) if len(mine) == 1 else Who(mistake=NOT_SAID)
    text = form.text("author_text")[:LONGEST]
    if not text:
        return Who(mistake=NOT_SAID)
    known = choices.organisation_named(pole=pole, name=text)
    if known is not None:
        return Who(known, text=known.name)
    return _newcomer(form, text, viewer=viewer, pole=pole, where=where)


def _newcomer(form: IntentForm, text: str, *, viewer: Viewer, pole: Pole, where: Municipality | None) -> Who:
    alike = _alike(text, pole, where)
    if not user_can_create_organisation(viewer, pole):
        return Who(text=text, mistake=UNKNOWN, alike=alike)
    refused = tuple(int(one) for one in form.several("distinct") if one.isascii() and one.isdigit())
    open_look_alikes = [one for one in alike if int(one.value) not in refused]
    family = form.text("new_family")
    if open_look_alikes:
        sentence = f"« {open_look_alikes[0].words} » est déjà dans l’annuaire. Est-ce la même structure ?"
        return Who(text=text, mistake=sentence, is_new=True, alike=alike, distinct_from=refused)
    if family not in ActorFamily.values:
        return Who(text=text, mistake=FAMILY, is_new=True, distinct_from=refused)
    fields = OrganisationFields(name=text, family=family)
    return Who(newcomer=fields, text=text, is_new=True, alike=alike, distinct_from=refused)


def _alike(text: str, pole: Pole, where: Municipality | None) -> tuple[Repair, ...]:
    found = find_duplicates(name=text, municipality=where).candidates
    near = choices.known_organisations(pole=pole, text=text, limit=3) if not found else []
    return tuple(Repair(str(one.pk), one.name, one.municipality) for one in found[:3]) or _named(near)


def _named(rows: Sequence[Organisation]) -> tuple[Repair, ...]:
    return tuple(Repair(str(row.pk), row.name, place_of(row)) for row in rows)


def place_of(organisation: Organisation) -> str:
    """Where a structure is, from its sites already read."""
    places = [site.municipality.label for site in organisation.sites.all() if site.municipality is not None]
    return places[0] if places else ""
