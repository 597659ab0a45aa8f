"""An offer is never promised beyond its quantity: the database counts, behind a lock on the offer.

An offer is held from the moment everybody said yes; once ended, a synergy still holds what was given once for all.
A line without quantity takes the whole offer; so does a line whose unit is no longer the offer's.
What is held stays: the offer can neither shrink below it, nor change its measure, nor be withdrawn under it.
"""

import pgtrigger

from maillage.domain.exchanges.enums import IntentState
from maillage.domain.exchanges.promised import CONSTRAINT as OFFER_CONSTRAINT
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
            AND (s.state IN (:holding) OR (s.state = 'ended' AND i.period = 'once' AND l.period = 'once')))
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

# What the promises on an offer amount to, as it stood: what each line takes, and the synergies to name. A synergy is
# named to who speaks for the offer, so only where its author is a party: the others are counted.
_HELD = """
    SELECT COUNT(*), COUNT(*) FILTER (WHERE s.state IN (:holding)),
        COUNT(*) FILTER (WHERE l.quantity IS NOT NULL AND l.unit = OLD.unit),
        SUM(CASE WHEN l.quantity IS NULL OR l.unit <> OLD.unit THEN OLD.quantity ELSE l.quantity END)
    INTO held, active, measured, amount
    FROM synergies_synergyline l JOIN synergies_synergy s ON s.id = l.synergy_id
    WHERE l.intent_id = OLD.id
    AND (s.state IN (:holding) OR (s.state = 'ended' AND OLD.period = 'once' AND l.period = 'once'));
"""
_REFUSE = """
    SELECT COALESCE(json_agg(s.title ORDER BY s.id) FILTER (WHERE p.id IS NOT NULL), '[]'),
        COUNT(*) FILTER (WHERE p.id IS NULL)
    INTO titles, others
    FROM synergies_synergyline l JOIN synergies_synergy s ON s.id = l.synergy_id
    LEFT JOIN synergies_synergyparty p
        ON p.synergy_id = s.id AND p.organisation_id = NEW.author_id AND p.is_needed
    WHERE l.intent_id = OLD.id
    AND (s.state IN (:holding) OR (s.state = 'ended' AND OLD.period = 'once' AND l.period = 'once'));
    RAISE EXCEPTION 'offer % keeps its promises', OLD.id USING ERRCODE = '23514', CONSTRAINT = ':keeps',
        DETAIL = json_build_object('refused', refused, 'held', COALESCE(amount, 0), 'unit', OLD.unit,
            'titles', titles, 'others', others)::text;
"""
_KEEP = (
    _HELD
    + """
    IF held = 0 THEN
        RETURN NULL;
    END IF;
    refused := CASE
        WHEN NEW.kind <> OLD.kind THEN 'kind'
        WHEN NEW.state = ':withdrawn' AND OLD.state <> ':withdrawn' AND active > 0 THEN 'withdrawn'
        WHEN (NEW.unit <> OLD.unit OR NEW.period <> OLD.period) AND measured > 0 THEN 'measure'
        WHEN OLD.quantity IS NULL AND NEW.quantity IS NOT NULL AND held > measured AND held > 1 THEN 'uncounted'
        WHEN OLD.quantity IS NOT NULL AND NEW.quantity IS NULL THEN 'less'
        WHEN NEW.unit <> OLD.unit OR NEW.period <> OLD.period THEN ''
        WHEN NEW.quantity < amount AND (OLD.quantity IS NULL OR NEW.quantity < OLD.quantity) THEN 'less'
        ELSE '' END;
    IF refused = '' THEN
        RETURN NULL;
    END IF;
"""
    + _REFUSE
)
WHEN_AN_OFFER_CHANGES = pgtrigger.Trigger(
    name="keeps_its_promises",
    when=pgtrigger.After,
    operation=pgtrigger.Update,
    condition=pgtrigger.Condition(
        "OLD.kind = 'offer' AND (OLD.kind, OLD.quantity, OLD.unit, OLD.period, OLD.state)"
        " IS DISTINCT FROM (NEW.kind, NEW.quantity, NEW.unit, NEW.period, NEW.state)"
    ),
    declare=[
        ("held", "BIGINT"),
        ("active", "BIGINT"),
        ("measured", "BIGINT"),
        ("amount", "NUMERIC"),
        ("refused", "TEXT"),
        ("titles", "JSON"),
        ("others", "BIGINT"),
    ],
    func=_KEEP.replace(":holding", _HOLDING)
    .replace(":withdrawn", IntentState.WITHDRAWN.value)
    .replace(":keeps", OFFER_CONSTRAINT),
)
