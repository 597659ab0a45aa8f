"""The tables of the room whose history is read: structures, their sites, memberships, mandates."""

from typing import Any

from maillage.core.errors import Refused
from maillage.domain.actors import policies
from maillage.domain.actors.changes import Phrase, State, Tracked
from maillage.domain.actors.changes.wording import short
from maillage.domain.actors.models import Mandate, Membership, Organisation, Pole, Site
from maillage.domain.actors.viewer import Viewer

_NOT_YOURS = "L’histoire d’une structure est pour elle et pour l’animation du pôle."


def _check_reads_of(viewer: Viewer, pole: Pole, organisation_id: int | None) -> None:
    if not viewer.runs(pole.pk) and organisation_id not in viewer.organisations_in(pole.pk):
        raise Refused(_NOT_YOURS)


def _anywhere(_state: State) -> None:
    return None


def _owner(state: State) -> Organisation | None:
    return Organisation.objects.filter(pk=state.organisation_id).first()


def _check_edits(viewer: Viewer, pole: Pole, organisation: Organisation | None) -> None:
    if organisation is None:
        raise Refused("Cette structure n’existe plus.")
    policies.check_user_can_edit_organisation(viewer, pole, organisation)


def _check_edits_row(viewer: Viewer, pole: Pole, state: State) -> None:
    _check_edits(viewer, pole, Organisation.objects.filter(pk=getattr(state, "pgh_obj_id", state.pk)).first())


def _number(state: State) -> int:
    return int(getattr(state, "pgh_obj_id", None) or state.pk)


def _point(_: Viewer, state: Any) -> str:
    return "" if state.latitude is None else f"{state.latitude:.4f}, {state.longitude:.4f}"


POINT = Phrase("Point sur la carte", ("latitude", "longitude"), _point)

ORGANISATION = Tracked(
    kind="structure",
    model=Organisation,
    noun="la structure",
    owned_by=_anywhere,
    check_reads=lambda viewer, pole, state: _check_reads_of(viewer, pole, _number(state)),
    check_undoes=_check_edits_row,
    named=lambda state: str(state.name),
    phrases=(Phrase("En une phrase", ("description",), lambda _, state: short(state.description)),),
    silent=frozenset({"is_fictional", "source", "source_id"}),
    moved_by_state=frozenset({"merged_into_id"}),
)
SITE = Tracked(
    kind="site",
    model=Site,
    noun="un site",
    owned_by=_anywhere,
    check_reads=lambda viewer, pole, state: _check_reads_of(viewer, pole, state.organisation_id),
    check_undoes=lambda viewer, pole, state: _check_edits(viewer, pole, _owner(state)),
    named=lambda state: str(state.name or state.address or "Site"),
    owner="organisation_id",
    phrases=(POINT,),
)
MEMBERSHIP = Tracked(
    kind="adhesion",
    model=Membership,
    noun="une adhésion",
    owned_by=lambda state: int(state.pole_id),
    check_reads=lambda viewer, pole, state: _check_reads_of(viewer, pole, state.organisation_id),
    check_undoes=lambda viewer, pole, state: policies.check_user_can_manage_memberships(viewer, pole),
    owner="organisation_id",
    silent=frozenset({"pole_id"}),
)
MANDATE = Tracked(
    kind="mandat",
    model=Mandate,
    noun="un mandat",
    owned_by=lambda state: int(state.pole_id),
    check_reads=lambda viewer, pole, state: _check_reads_of(viewer, pole, state.organisation_id),
    check_undoes=lambda viewer, pole, state: policies.check_user_can_manage_mandates(viewer, pole),
    owner="organisation_id",
    silent=frozenset({"pole_id"}),
)
TRACKED = (ORGANISATION, SITE, MEMBERSHIP, MANDATE)
PARTS = (SITE, MEMBERSHIP, MANDATE)
