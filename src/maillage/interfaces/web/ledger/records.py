"""Promises and facts as tables to take away: what the pages show."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from maillage.core.quantities import Quantity
from maillage.domain.ledger.queries import Progress
from maillage.domain.ledger.queries.history import Fact
from maillage.interfaces.web.ledger.words import advance_of
from maillage.interfaces.web.takeaway import Takeaway


def _value(quantity: Quantity | None) -> Decimal | None:
    return quantity.value if quantity is not None else None


_PROMISE: tuple[tuple[str, str, Callable[[Progress], Any]], ...] = (
    ("numero", "Numéro", lambda one: one.pk),
    ("de", "De", lambda one: one.provider),
    ("a", "À", lambda one: one.receiver),
    ("geste", "Geste", lambda one: one.action),
    ("type", "Quoi", lambda one: one.type_label),
    ("ressource", "Ressource", lambda one: one.resource),
    ("promis", "Promis", lambda one: _value(one.promised)),
    ("fait", "Fait", lambda one: _value(one.done)),
    ("reste", "Reste", lambda one: _value(one.remaining)),
    ("unite", "Unité", lambda one: one.promised.unit.plural if one.promised else ""),
    ("echeance", "Échéance", lambda one: one.due_on),
    ("etat", "État", lambda one: "En retard" if one.is_late else one.state_text),
    ("avancement", "Avancement", lambda one: advance_of(one).sentence),
    ("remarque", "Remarque", lambda one: one.note),
)
_FACT: tuple[tuple[str, str, Callable[[Fact], Any]], ...] = (
    ("numero", "Numéro", lambda one: one.pk),
    ("jour", "Jour", lambda one: one.happened_on),
    ("geste", "Geste", lambda one: one.action_label),
    ("de", "De", lambda one: one.provider),
    ("a", "À", lambda one: one.receiver),
    ("type", "Quoi", lambda one: one.type_label),
    ("ressource", "Ressource", lambda one: one.resource),
    ("quantite", "Quantité", lambda one: one.quantity.value),
    ("unite", "Unité", lambda one: one.quantity.unit.plural),
    ("preuve", "Preuve", lambda one: one.evidence_kind),
    ("reference", "Référence", lambda one: one.evidence),
    ("remarque", "Remarque", lambda one: one.note),
    ("engagement", "Engagement", lambda one: one.commitment_id),
    ("venu", "Venu par", lambda one: one.source_text),
    ("corrige", "Corrigé", lambda one: "oui" if one.is_correction else "non"),
    ("verifie", "À vérifier", lambda one: "oui" if one.is_to_check else "non"),
)
PROMISES: Takeaway[Progress] = Takeaway("Engagements", _PROMISE)
FACTS: Takeaway[Fact] = Takeaway("Faits", _FACT)
