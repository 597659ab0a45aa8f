"""Writes a few agreements from templates: one in draft, one to be signed, one refused, one signed whose
term comes soon; once."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from django.utils.timezone import localdate

from maillage.domain.actors.models import Organisation
from maillage.domain.agreements.enums import ConsentWay, RefusalWay
from maillage.domain.agreements.models import AgreementTerms, AgreementText
from maillage.domain.agreements.operations import (
    AmendmentDraft,
    Declining,
    Signature,
    TermsDraft,
    Writing,
    add_line,
    change_promise,
    decline,
    open_agreement,
    propose,
    propose_amendment,
    sign,
    sign_amendment,
    update_amendment,
    update_terms,
)
from maillage.domain.ledger.drafts import CommitmentDraft
from maillage.domain.ledger.models import Agreement
from maillage.domain.ledger.operations.amended import terms_of_promise
from maillage.domain.synergies.operations import follow_agreement, follow_up, open_its_agreement
from maillage.importers.demonstration.loaded import Loaded

_FILE = Path(__file__).with_name("data") / "papers.yaml"


def load_papers(loaded: Loaded) -> None:
    """Write the agreements, unless the pole has some from a template."""
    if AgreementTerms.objects.filter(agreement__pole=loaded.pole).exists():
        return
    for row in yaml.safe_load(_FILE.read_text(encoding="utf-8"))["papers"]:
        _write(loaded, row)
        loaded.created["papers"] += 1


def _write(loaded: Loaded, row: Mapping[str, Any]) -> None:
    parties = [loaded.organisations[key] for key in row["parties"]]
    starts_on = loaded.today + timedelta(days=row["starts_days"])
    at = min(loaded.now, loaded.now + timedelta(days=row["starts_days"] - 5))
    made = _opened(loaded, row, at)
    agreement = update_terms(
        agreement=made,
        data=TermsDraft(
            title=row["title"],
            starts_on=starts_on,
            ends_on=loaded.today + timedelta(days=row["ends_days"]),
            conditions=row["conditions"],
            giver=parties[0],
            values=row["values"],
        ),
    )
    for promise in row["promises"]:
        add_line(agreement=agreement, data=_promise(loaded, agreement, promise))
    if row["stage"] == "draft":
        return
    text = propose(agreement=agreement, at=at, by=loaded.facilitator)
    for party in parties if row["stage"] == "signed" else ():
        sign(agreement=agreement, signature=_yes(party, text), at=at, on=localdate(at))
    if row["stage"] == "refused":
        _refuse(loaded, row["refusal"], agreement, text, at)
    if row["stage"] == "signed":
        follow_agreement(agreement=agreement, by=None, at=at, on=loaded.today)
    if "amendment" in row:
        _amend(loaded, row["amendment"], agreement, parties, row["values"])


def _yes(party: Organisation, text: AgreementText) -> Signature:
    return Signature(
        organisation=party,
        digest=text.digest,
        signer="Une personne inventée",
        capacity="présidence",
        way=ConsentWay.ACCOUNT,
    )


def _amend(
    loaded: Loaded,
    row: Mapping[str, Any],
    agreement: Agreement,
    parties: Sequence[Organisation],
    values: dict[str, str],
) -> None:
    """Change the first promise of a signed agreement, by an amendment that every party signed."""
    at, by = loaded.now + timedelta(days=row["days"]), loaded.facilitator
    promise = agreement.commitments.select_related("agreement").order_by("pk")[0]
    terms = replace(terms_of_promise(promise), quantity=Decimal(row["quantity"]), note=row["note"])
    draft = change_promise(commitment=promise, terms=terms, writing=Writing(at=at, on=localdate(at), by=by))
    data = AmendmentDraft(
        reason=row["reason"],
        starts_on=localdate(at),
        ends_on=agreement.ends_on,
        conditions=agreement.conditions,
        values=values,
    )
    update_amendment(amendment=draft, data=data)
    amendment = propose_amendment(amendment=draft, at=at, by=by)
    text = AgreementText.objects.get(amendment=amendment)
    for party in parties:
        sign_amendment(amendment=amendment, signature=_yes(party, text), at=at, on=localdate(at))


def _refuse(
    loaded: Loaded, row: Mapping[str, Any], agreement: Agreement, text: AgreementText, at: datetime
) -> None:
    answer = Declining(
        organisation=loaded.organisations[row["by"]],
        digest=text.digest,
        reason=row["reason"],
        words=row["words"],
        said_by="Une personne inventée",
        way=RefusalWay.ACCOUNT,
    )
    decline(agreement=agreement, answer=answer, at=at, on=localdate(at), doors=loaded.doors(agreement))


def _opened(loaded: Loaded, row: Mapping[str, Any], at: datetime) -> Agreement:
    """Open the draft, from its synergy when it has one."""
    template, by = row["template"], loaded.facilitator
    synergy = loaded.synergies.get(row.get("synergy", ""))
    if synergy is not None:
        step, due_on = synergy.next_step, synergy.due_on
        agreement = open_its_agreement(synergy=synergy, template=template, by=by, at=at)
        follow_up(synergy=synergy, owner=by, next_step=step, due_on=due_on)
        return agreement
    parties = [loaded.organisations[key] for key in row["parties"]]
    return open_agreement(
        pole=loaded.pole, template=template, title=row["title"], parties=parties, at=at, by=by
    )


def _promise(loaded: Loaded, agreement: Agreement, row: Mapping[str, Any]) -> CommitmentDraft:
    return CommitmentDraft(
        pole=loaded.pole,
        agreement=agreement,
        action=row["action"],
        provider=loaded.organisations[row["from"]],
        receiver=loaded.organisations[row["to"]],
        resource_type=loaded.types[row["type"]],
        quantity=Decimal(row["quantity"]),
        unit=row["unit"],
        note=row["note"],
    )
