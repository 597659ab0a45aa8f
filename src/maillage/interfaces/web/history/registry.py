"""The tables whose history is read, by the word of their address. A room adds its own in one line."""

from dataclasses import replace

from maillage.domain.actors import history as actors
from maillage.domain.actors.changes import Tracked
from maillage.domain.exchanges import history as exchanges
from maillage.domain.ledger import history as ledger

INTENT = replace(exchanges.INTENT, rests_on_it=ledger.rests_on_intent)
REGISTRY: dict[str, Tracked] = {
    one.kind: one
    for one in (
        *actors.TRACKED,
        INTENT,
        *ledger.TRACKED,
    )
}
PARTS: dict[str, tuple[Tracked, ...]] = {actors.ORGANISATION.kind: actors.PARTS}
ADDRESSES: dict[str, str] = {
    actors.ORGANISATION.kind: "actors:detail",
    INTENT.kind: "exchanges:detail",
    ledger.AGREEMENT.kind: "agreements:detail",
}
