"""A fact that comes from a program, as the room understands it."""

from maillage.core.errors import Refused, UserMistake
from maillage.domain.actors.models import Pole
from maillage.domain.actors.viewer import Viewer
from maillage.domain.exchanges.queries import choices
from maillage.domain.ledger.drafts import EventDraft, EventOrigin
from maillage.domain.ledger.enums import EventSource
from maillage.domain.ledger.models import ApiToken, EconomicEvent
from maillage.domain.ledger.operations.recording import record_once
from maillage.domain.ledger.policies import check_user_can_record_event
from maillage.domain.ledger.queries.history import promise_in
from maillage.interfaces.api.schemas import FactIn
from maillage.interfaces.web.door import now, today

LONGEST_KEY = 100


def recorded(
    *, token: ApiToken, pole: Pole, viewer: Viewer, fait: FactIn, key: str
) -> tuple[EconomicEvent, bool]:
    """Record a fact, or return the one that this key of sending gave already."""
    if not 0 < len(key.strip()) <= LONGEST_KEY:
        raise UserMistake(
            f"Donnez l’en-tête « Idempotency-Key » : 1 à {LONGEST_KEY} signes, différents pour chaque fait.",
            field="key",
        )
    draft = _of_promise(pole, viewer, fait) if fait.engagement is not None else _alone(pole, fait)
    if token.organisation_id not in {draft.provider.pk, draft.receiver.pk}:
        raise Refused(f"Cette clé note ce que donne ou reçoit « {token.organisation.name} », rien d’autre.")
    check_user_can_record_event(viewer, pole.pk, party_ids={draft.provider.pk, draft.receiver.pk})
    origin = EventOrigin(source=EventSource.API, key=f"api:{token.organisation_id}:{key.strip()}")
    return record_once(data=draft, origin=origin, by=token.made_by, on=today(), at=now())


def _of_promise(pole: Pole, viewer: Viewer, fait: FactIn) -> EventDraft:
    found = promise_in(viewer=viewer, pole=pole, pk=fait.engagement or 0)
    if found is None:
        raise UserMistake(
            "Cet engagement n’existe pas, ou n’est pas à la structure de cette clé.", field="commitment"
        )
    if fait.geste or fait.de or fait.a or fait.type:
        raise UserMistake(
            "Avec un engagement, laissez geste, de, a et type : l’engagement les dit déjà.",
            field="commitment",
        )
    return EventDraft.of(
        found,
        quantity=fait.quantite,
        unit=fait.unite,
        happened_on=fait.le,
        evidence_kind=fait.preuve,
        evidence=fait.reference,
        note=fait.remarque,
    )


def _alone(pole: Pole, fait: FactIn) -> EventDraft:
    parties = {}
    for field, pk in (("provider", fait.de), ("receiver", fait.a)):
        known = choices.organisation_known(pole=pole, pk=pk) if pk is not None else None
        if known is None:
            raise UserMistake("Sans engagement, dites le numéro d’une structure du pôle.", field=field)
        parties[field] = known
    kind = choices.type_coded(fait.type)
    if kind is None:
        raise UserMistake("Sans engagement, dites le code d’un type du catalogue.", field="resource_type")
    return EventDraft(
        pole=pole,
        action=fait.geste,
        provider=parties["provider"],
        receiver=parties["receiver"],
        resource_type=kind,
        quantity=fait.quantite,
        unit=fait.unite,
        happened_on=fait.le,
        evidence_kind=fait.preuve,
        evidence=fait.reference,
        note=fait.remarque,
    )
