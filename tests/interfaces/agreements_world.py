"""The agreements that the access table and the browser try: one in each state, so that each page has its line."""

import io
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from maillage.domain.actors.models import Organisation, Pole
from maillage.domain.agreements.enums import ConsentWay, RefusalWay
from maillage.domain.agreements.models import PromiseChange
from maillage.domain.agreements.operations import (
    AmendmentDraft,
    Signature,
    Writing,
    change_promise,
    decline,
    invite_to_sign,
    join_annex,
    open_amendment,
    propose,
    propose_amendment,
    sign,
)
from maillage.domain.agreements.operations.inviting import PURPOSE
from maillage.domain.ledger.models import Agreement
from maillage.domain.ledger.operations.amended import terms_of_promise
from maillage.domain.mail.links import sign as sign_link
from tests.factories import NOW, TODAY
from tests.factories.agreements import DOORS, make_ready, no_of
from tests.factories.files import picture

CHANGE = AmendmentDraft(
    reason="Six mois de plus",
    starts_on=TODAY,
    ends_on=TODAY + timedelta(days=548),
    conditions="",
    values={"purpose": "Chacun y gagne"},
)


def make_running(*parties: Organisation, pole: Pole, title: str) -> Agreement:
    """Make an agreement that every party signed with its account."""
    agreement = make_ready(*parties, pole=pole, title=title)
    text = propose(agreement=agreement, at=NOW, by=None)
    for party in parties:
        signature = Signature(
            organisation=party,
            digest=text.digest,
            signer="Léa Exemple",
            capacity="présidente",
            way=ConsentWay.ACCOUNT,
        )
        sign(agreement=agreement, signature=signature, at=NOW, on=TODAY)
    return Agreement.objects.get(pk=agreement.pk)


def make_agreement_rows(pole: Pole, own: Organisation, other: Organisation) -> dict[str, int]:
    """Make a draft, one to sign, two refused, four running; return the line that each address names."""
    draft = make_ready(own, other, pole=pole)
    return {
        "agreements": draft.pk,
        "agreements:line": draft.commitments.get().pk,
        **_to_sign(pole, own, other),
        **_refused(pole, own, other),
        **_running(pole, own, other),
        **_amended(pole, own, other),
    }


def _to_sign(pole: Pole, own: Organisation, other: Organisation) -> dict[str, int]:
    """Send one, with an annex, to be signed through a link."""
    to_sign = make_ready(own, other, pole=pole, title="Partager la salle")
    annex = join_annex(
        agreement=to_sign, title="Le plan", name="plan.jpg", content=io.BytesIO(picture()), at=NOW, by=None
    )
    propose(agreement=to_sign, at=NOW, by=None)
    invitation = invite_to_sign(
        agreement=to_sign,
        organisation=other,
        email="ana@exemple.fr",
        base_url=DOORS.reading,
        at=NOW,
        by=None,
    )
    pages = ("text", "earlier", "paper", "invite", "file")
    return {
        **{f"agreements:{page}": to_sign.pk for page in pages},
        "agreements:link": invitation.pk,
        "agreements:file:file": annex.file_id,
        "agreements:link_file:file": annex.file_id,
    }


def _refused(pole: Pole, own: Organisation, other: Organisation) -> dict[str, int]:
    """Have one refused by a party itself, another by telephone."""
    refused = make_ready(own, other, pole=pole, title="Laver ensemble")
    decline(
        agreement=refused,
        answer=no_of(other, propose(agreement=refused, at=NOW, by=None)),
        at=NOW,
        on=TODAY,
        doors=DOORS,
    )
    told = make_ready(own, other, pole=pole, title="Acheter ensemble")
    by_phone = decline(
        agreement=told,
        answer=no_of(other, propose(agreement=told, at=NOW, by=None), way=RefusalWay.PHONE, told_on=TODAY),
        at=NOW,
        on=TODAY,
        doors=DOORS,
    )
    return {
        "agreements:refused": refused.pk,
        "agreements:take_back_no": told.pk,
        "agreements:take_back_no:refusal": by_phone.pk,
    }


def _running(pole: Pole, own: Organisation, other: Organisation) -> dict[str, int]:
    """Have one run, without amendment."""
    running = make_running(own, other, pole=pole, title="Composter à deux")
    promise = running.commitments.get().pk
    return {
        **{f"agreements:{page}": running.pk for page in ("amend", "amend_add", "amend_promise", "amend_end")},
        "agreements:amend_promise:line": promise,
        "agreements:amend_end:line": promise,
    }


def _amended(pole: Pole, own: Organisation, other: Organisation) -> dict[str, int]:
    """Amend three: the terms in a draft, the terms to be signed, a promise in a draft."""
    amended = make_running(own, other, pole=pole, title="Livrer ensemble")
    open_amendment(agreement=amended, data=CHANGE, at=NOW, by=None)
    amending = make_running(own, other, pole=pole, title="Trier ensemble")
    propose_amendment(
        amendment=open_amendment(agreement=amending, data=CHANGE, at=NOW, by=None), at=NOW, by=None
    )
    lined = make_running(own, other, pole=pole, title="Broyer ensemble")
    change_promise(
        commitment=lined.commitments.get(),
        terms=replace(terms_of_promise(lined.commitments.get()), quantity=Decimal(8)),
        writing=Writing(at=NOW, on=TODAY, by=None),
    )
    return {
        "agreements:amendment": amended.pk,
        "agreements:amendment_move": amended.pk,
        "agreements:amendment_text": amending.pk,
        "agreements:amend_leave": lined.pk,
        "agreements:amend_leave:line": PromiseChange.objects.get(amendment__agreement=lined).pk,
    }


def agreement_tokens(keys: dict[str, int]) -> dict[str, str]:
    """Return the signed token of the address that opens without an account."""
    token = sign_link(PURPOSE, {"invitation": keys["agreements:link"]})
    return {"agreements:link": token, "agreements:link_file": token}


def agreement_parameters(route: str) -> dict[str, str]:
    """What the addresses of the room name besides their line."""
    if not route.startswith("agreements:"):
        return {}
    return {
        "number": "1",
        "verb": "propose",
        "what": "accord",
        "ending": "csv" if route.endswith("export") else "pdf",
    }
