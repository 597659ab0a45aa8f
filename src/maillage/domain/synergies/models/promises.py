"""An offer is never promised beyond its quantity: the database counts, behind a lock on the offer.

An offer is held from the moment everybody said yes; once ended, a synergy still holds what is given once for all.
A line without quantity takes the whole offer; so does a line whose unit is no longer the offer's.
"""

import pgtrigger

from maillage.domain.synergies.states import HOLDING

CONSTRAINT = "synergy_offer_promised_once"
_HOLDING = ", ".join(f"'{state.value}'" for state in HOLDING)
_GUARD = """
    PERFORM 1 FROM exchanges_intent i
        WHERE i.kind = 'offer' AND i.id IN (SELECT intent_id FROM synergies_synergyline WHERE synergy_id = :synergy)
        ORDER BY i.id FOR NO KEY UPDATE;
    SELECT i.id INTO beyond FROM exchanges_intent i
        WHERE i.kind = 'offer' AND i.quantity IS NOT NULL
        AND i.id IN (SELECT intent_id FROM synergies_synergyline WHERE synergy_id = :synergy)
        AND i.quantity < (
            SELECT SUM(CASE WHEN l.quantity IS NULL OR l.unit <> i.unit THEN i.quantity ELSE l.quantity END)
            FROM synergies_synergyline l JOIN synergies_synergy s ON s.id = l.synergy_id
            WHERE l.intent_id = i.id
            AND (s.state IN (:holding) OR (s.state = 'ended' AND i.period = 'once')))
        ORDER BY i.id LIMIT 1;
    IF beyond IS NOT NULL THEN
        RAISE EXCEPTION 'offer % is promised beyond its quantity', beyond
            USING ERRCODE = '23514', CONSTRAINT = ':constraint';
    END IF;
    RETURN NULL;
"""
_WHEN_HELD_ONLY = """
    SELECT state IN (:holding) INTO held FROM synergies_synergy WHERE id = NEW.synergy_id;
    IF NOT held THEN
        RETURN NULL;
    END IF;
"""


def _body(text: str, *, synergy: str) -> str:
    """Fill the body of a trigger; ``synergy`` is where its row names the synergy."""
    filled = text.replace(":synergy", synergy).replace(":holding", _HOLDING)
    return filled.replace(":constraint", CONSTRAINT)


WHEN_HELD = pgtrigger.Trigger(
    name="promised_once",
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.Update,
    condition=pgtrigger.Condition(f"NEW.state IN ({_HOLDING})"),
    declare=[("beyond", "BIGINT")],
    func=_body(_GUARD, synergy="NEW.id"),
)
WHEN_A_LINE_CHANGES = pgtrigger.Trigger(
    name="promised_once",
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.Update,
    declare=[("held", "BOOLEAN"), ("beyond", "BIGINT")],
    func=_body(_WHEN_HELD_ONLY + _GUARD, synergy="NEW.synergy_id"),
)
