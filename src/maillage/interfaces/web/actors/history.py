"""The history of a structure: what was said, proposed, promised, done, the newest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from maillage.domain.actors.models import Pole
from maillage.domain.actors.queries import OrganisationSheet
from maillage.domain.exchanges.queries import IntentView
from maillage.domain.ledger.enums import NOT_YET, AgreementState
from maillage.domain.ledger.queries import EventLine, OrganisationAgreement

_WORDS = {"said": "Dit", "proposed": "Proposé", "promised": "Promis", "done": "Fait"}


@dataclass(frozen=True, slots=True)
class Fact:
    """A dot of the thread."""

    on: date
    kind: str
    title: str
    text: str = ""
    url: str = ""

    @property
    def state(self) -> str:
        """The word of the dot, for those who do not see it."""
        return _WORDS[self.kind]


def history_of(
    *,
    pole: Pole,
    sheet: OrganisationSheet,
    intents: Iterable[IntentView],
    agreements: Iterable[OrganisationAgreement],
    events: Iterable[EventLine],
    on: date,
) -> list[Fact]:
    """Return everything dated that the viewer may see of a structure, until today."""
    facts = [
        *_links(pole, sheet),
        *(_said(pole, view) for view in intents),
        *(fact for agreement in agreements for fact in _agreed(agreement)),
        *(_done(event) for event in events),
    ]
    return sorted((fact for fact in facts if fact.on <= on), key=lambda fact: fact.on, reverse=True)


def _links(pole: Pole, sheet: OrganisationSheet) -> list[Fact]:
    found = []
    for one in sheet.memberships:
        found.append(Fact(one.since, "done", f"Entre dans {pole.name}", one.label))
        if one.until:
            found.append(Fact(one.until, "done", f"Quitte {pole.name}", one.label))
    for one in sheet.partnerships:
        found.append(Fact(one.since, "done", f"Devient partenaire de {pole.name}", one.label))
        if one.until:
            found.append(Fact(one.until, "done", f"N’est plus partenaire de {pole.name}", one.label))
    return found


def _said(pole: Pole, view: IntentView) -> Fact:
    url = reverse("exchanges:detail", args=[pole.slug, view.pk])
    words = ", ".join(part for part in (view.kind_label, view.quantity_text, view.state_text) if part)
    return Fact(view.said_on, "said", view.title, words, url)


def _agreed(agreement: OrganisationAgreement) -> list[Fact]:
    if agreement.since is None:
        return []
    kind = "proposed" if agreement.state in NOT_YET else "promised"
    whom = f"Accord avec {agreement.with_whom}" if agreement.with_whom else "Accord"
    facts = [Fact(agreement.since, kind, agreement.title, whom)]
    if agreement.state == AgreementState.ENDED and agreement.until:
        facts.append(Fact(agreement.until, "done", f"Fin de l’accord : {agreement.title}", whom))
    return facts


def _done(event: EventLine) -> Fact:
    proof = ", ".join(part for part in (event.evidence_kind, event.evidence) if part)
    who = event.provider if event.provider_id == event.receiver_id else f"{event.provider} à {event.receiver}"
    text = ". ".join(part.rstrip(".") for part in (who, event.note, f"Preuve : {proof}") if part)
    return Fact(event.happened_on, "done", f"{event.type_label} : {event.quantity}", f"{text}.")
