"""The calls of the API: what a key may read, and the one it may write."""

from typing import Any

from django.http import HttpRequest
from ninja import NinjaAPI, Query, Status

from maillage.domain.exchanges.queries import IntentFilters, intents_list
from maillage.domain.ledger.enums import ApiScope
from maillage.domain.ledger.queries import agreements_list
from maillage.domain.ledger.queries.history import facts_asked, facts_of
from maillage.domain.ledger.queries.promises import PromiseFilters, When, progress_of_all, promises_asked
from maillage.interfaces.api import rows
from maillage.interfaces.api.facts import recorded
from maillage.interfaces.api.keys import KeyAuth, entered, key_of
from maillage.interfaces.api.problems import tell_problems
from maillage.interfaces.api.schemas import (
    AgreementsOut,
    Asked,
    AskedFacts,
    AskedIntents,
    AskedPromises,
    FactIn,
    FactOut,
    FactsOut,
    IntentsOut,
    Problem,
    PromisesOut,
)

_SIDES = {"besoin": "need", "offre": "offer"}
_WHEN = {"a-tenir": When.OPEN, "retard": When.LATE, "mois": When.MONTH, "faits": When.DONE}
_REFUSED: dict[int, Any] = {401: Problem, 403: Problem, 404: Problem, 422: Problem, 429: Problem}
_IDEMPOTENCY = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": True,
    "schema": {"type": "string", "minLength": 1, "maxLength": 100},
    "description": "1 à 100 signes, différents pour chaque fait : le même envoi deux fois ne note qu’un fait.",
}

api = NinjaAPI(
    title="Maillage",
    version="1",
    description=(
        "Lire ce que voit une structure, et noter ce qu’elle fait. Une clé se fait sur le site, dans "
        "« Engagements », « Clés d’API »."
    ),
    docs_url=None,
    urls_namespace="api",
    auth=KeyAuth(),
)
tell_problems(api)


@api.get(
    "/poles/{slug}/besoins-et-offres",
    response={200: IntentsOut, **_REFUSED},
    summary="Les besoins et les offres que la structure de la clé voit",
    operation_id="intents",
)
def intents(request: HttpRequest, slug: str, demande: Query[AskedIntents]) -> dict[str, Any]:
    """Celles et ceux qui ont choisi de ne pas dire leur nom restent masqués, comme sur le site."""
    pole, viewer = entered(request, slug, ApiScope.READ)
    filters = IntentFilters(kind=_SIDES.get(demande.sens or "", ""), type=demande.type)
    found = intents_list(viewer=viewer, pole=pole, filters=filters)
    return rows.paged(found, demande, lambda page: [rows.intent_row(view) for view in page])


@api.get(
    "/poles/{slug}/accords",
    response={200: AgreementsOut, **_REFUSED},
    summary="Les accords de la structure",
    operation_id="agreements",
)
def agreements(request: HttpRequest, slug: str, demande: Query[Asked]) -> dict[str, Any]:
    """Ceux dont la structure de la clé est une partie."""
    pole, viewer = entered(request, slug, ApiScope.READ)
    found = agreements_list(viewer=viewer, pole=pole)
    return rows.paged(found, demande, lambda page: [rows.agreement_row(row) for row in page])


@api.get(
    "/poles/{slug}/engagements",
    response={200: PromisesOut, **_REFUSED},
    summary="Les engagements de la structure, et où ils en sont",
    operation_id="promises",
)
def promises(request: HttpRequest, slug: str, demande: Query[AskedPromises]) -> dict[str, Any]:
    """Promis, fait, reste, en retard ou non."""
    pole, viewer = entered(request, slug, ApiScope.READ)
    found = promises_asked(viewer=viewer, pole=pole, filters=PromiseFilters(when=_WHEN[demande.quand]))
    return rows.paged(
        found, demande, lambda page: [rows.promise_row(one) for one in progress_of_all(page, viewer=viewer)]
    )


@api.get(
    "/poles/{slug}/faits",
    response={200: FactsOut, **_REFUSED},
    summary="Les faits de la structure, les derniers d’abord",
    operation_id="facts",
)
def facts(request: HttpRequest, slug: str, demande: Query[AskedFacts]) -> dict[str, Any]:
    """Chacun dans sa dernière version ; un fait annulé reste, avec la quantité zéro."""
    pole, viewer = entered(request, slug, ApiScope.READ)
    found = facts_asked(viewer=viewer, pole=pole, since=demande.depuis)
    return rows.paged(
        found, demande, lambda page: [rows.fact_row(one) for one in facts_of(page, viewer=viewer)]
    )


@api.post(
    "/poles/{slug}/faits",
    response={201: FactOut, 200: FactOut, **_REFUSED},
    summary="Noter un fait",
    operation_id="record_fact",
    openapi_extra={"parameters": [_IDEMPOTENCY]},
)
def record_fact(request: HttpRequest, slug: str, fait: FactIn) -> Status[Any]:
    """Ce qui a été livré, pesé, travaillé, utilisé ou payé. Une erreur se corrige sur le site, rien ne s’efface."""
    pole, viewer = entered(request, slug, ApiScope.RECORD)
    key = request.headers.get("Idempotency-Key", "")
    event, is_new = recorded(token=key_of(request), pole=pole, viewer=viewer, fait=fait, key=key)
    shown = facts_of([event], viewer=viewer)[0]
    return Status(201 if is_new else 200, rows.fact_row(shown))
