"""What a filter or a form may choose: structures, intermunicipal bodies, types, communes, authorisations."""

from collections.abc import Iterable

from django.db.models import F, Q

from maillage.core.french import fold
from maillage.domain.actors.models import Organisation, Pole
from maillage.domain.actors.queries.scope import directory_scope
from maillage.domain.actors.viewer import Viewer
from maillage.domain.catalogue.models import Authorisation, ResourceType
from maillage.domain.exchanges.models import Intent
from maillage.domain.exchanges.queries.lists import views_of
from maillage.domain.exchanges.queries.view import IntentView
from maillage.domain.exchanges.sight import seen_whole, spoken_for
from maillage.domain.places.models import IntermunicipalBody, Municipality

Choice = tuple[str, str]


def authors_seen(
    *, viewer: Viewer, pole: Pole, text: str = "", pk: int | None = None, limit: int = 8
) -> list[Choice]:
    """Return the structures whose needs or offers the viewer sees whole, by name; an anonymous author is none."""
    said = Intent.objects.filter(seen_whole(viewer, pole.pk)).order_by().values("author")
    rows = Organisation.objects.filter(pk__in=said)
    if pk is not None:
        rows = rows.filter(pk=pk)
    key = fold(text)
    if key:
        rows = rows.filter(Q(folded__contains=key) | Q(folded__trigram_word_similar=key))
    return [(str(row.pk), row.name) for row in rows.order_by("folded", "pk")[:limit]]


def bodies_of(pole: Pole) -> list[Choice]:
    """Return the intermunicipal bodies of the pole's territory."""
    towns = Municipality.objects.filter(territories=pole.territory_id).order_by()
    rows = IntermunicipalBody.objects.filter(pk__in=towns.values("intermunicipal_body"))
    return [(row.siren, row.name) for row in rows.order_by("name", "siren")]


def spoken_for_in(*, viewer: Viewer, pole: Pole) -> list[Organisation]:
    """Return the structures in whose name the viewer notes or supports, by name."""
    mine = spoken_for(viewer, pole.pk)
    if not mine:
        return []
    return list(Organisation.objects.filter(pk__in=mine, merged_into__isnull=True).order_by("folded", "pk"))


def known_organisations(*, pole: Pole, text: str, limit: int = 8) -> list[Organisation]:
    """Return the structures of the pole's directory whose name holds or resembles ``text``, with their sites."""
    key = fold(text)
    if not key:
        return []
    rows = directory_scope(pole).filter(Q(folded__contains=key) | Q(folded__trigram_word_similar=key))
    rows = rows.annotate(is_far=~Q(folded__startswith=key)).order_by("is_far", "folded", "pk")
    return list(rows.prefetch_related("sites__municipality")[:limit])


def organisation_known(*, pole: Pole, pk: int) -> Organisation | None:
    """Return a structure of the pole's directory by its number."""
    return directory_scope(pole).filter(pk=pk).first()


def organisation_named(*, pole: Pole, name: str) -> Organisation | None:
    """Return the one structure of the pole's directory written so; None when there is none, or several."""
    key = fold(name)
    rows = list(directory_scope(pole).filter(folded=key)[:2]) if key else []
    return rows[0] if len(rows) == 1 else None


def seat_of(organisation: Organisation) -> Municipality | None:
    """Return the commune where a structure works, its head site first."""
    site = (
        organisation.sites.filter(municipality__isnull=False)
        .select_related("municipality__intermunicipal_body")
        .order_by("-is_head", "pk")
        .first()
    )
    return site.municipality if site is not None else None


def type_coded(code: str) -> ResourceType | None:
    """Return a type by its code."""
    return ResourceType.objects.filter(code=code).first() if code else None


def types_coded(codes: Iterable[str]) -> dict[str, ResourceType]:
    """Return the types in use among ``codes``."""
    return {row.code: row for row in ResourceType.objects.filter(code__in=list(codes), retired=False)}


def municipality_coded(code: str) -> Municipality | None:
    """Return a commune by its INSEE code."""
    return (
        Municipality.objects.select_related("intermunicipal_body").filter(code=code).first() if code else None
    )


def authorisations(codes: Iterable[str] | None = None) -> list[Authorisation]:
    """Return every authorisation, or those among ``codes``, by label."""
    rows = (
        Authorisation.objects.all() if codes is None else Authorisation.objects.filter(code__in=list(codes))
    )
    return list(rows.order_by(F("label").asc(), "code"))


def views_by_number(*, viewer: Viewer, pks: Iterable[int]) -> dict[int, IntentView]:
    """Return the views of some intents by their numbers; what the viewer does not see is left out."""
    rows = views_of(viewer=viewer, intents=Intent.objects.filter(pk__in=list(pks)))
    return {view.pk: view for view in rows}


def intent_for_form(*, viewer: Viewer, pole: Pole, pk: int) -> Intent | None:
    """Return an intent with everything its form shows; None when the viewer does not see it whole."""
    return (
        Intent.objects.filter(seen_whole(viewer, pole.pk), pk=pk)
        .select_related("author", "municipality", "resource_type", "site__municipality", "pole")
        .prefetch_related("holds", "requires")
        .first()
    )
