"""A line of each kind of the room, for the pages that every role tries; the signed addresses of the room."""

from maillage.domain.actors.models import Pole
from maillage.domain.gathering.enums import WorkshopState
from maillage.domain.gathering.models import MailFile, Question
from maillage.domain.gathering.operations.inbox import JoinedFile, MailFields, receive_mail
from maillage.interfaces.web.gathering.addresses import answer_token, workshop_token
from tests.factories import NOW, TODAY
from tests.factories.files import pdf
from tests.factories.gathering import (
    make_answer,
    make_campaign,
    make_card,
    make_draft,
    make_seat,
    make_workshop,
)

WORKSHOP_KEY, CAMPAIGN_SLUG, ANSWER_KEY = "cle-de-l-atelier", "que-manque-t-il", "cle-de-la-reponse"


def make_gathering_rows(pole: Pole) -> dict[str, int]:
    """Make a workshop that votes, with a card of each side, and a draft to read; return their numbers by address."""
    workshop = make_workshop(pole, key=WORKSHOP_KEY, state=WorkshopState.VOTING)
    seat = make_seat(workshop, table_number=2)
    make_card(workshop, "need", title="Une salle le mardi", seat=seat)
    make_card(workshop, "offer", title="Notre salle du mardi", seat=seat)
    draft = make_draft(pole)
    rooms = (
        "workshop",
        "edit_workshop",
        "screen",
        "move_workshop",
        "hide_card",
        "note_known",
        "state",
        "stream",
    )
    numbers = {f"gathering:{name}": workshop.pk for name in rooms}
    rooms = ("interview", "edit_interview", "draw", "withdraw_consent")
    numbers |= {f"gathering:{name}": draft.interview_id or 0 for name in rooms}
    campaign = make_campaign(pole, slug=CAMPAIGN_SLUG)
    Question.objects.create(
        campaign=campaign, rank=1, text="Le soir ?", kind="choice", choices=["oui", "non"]
    )
    rooms = (
        "campaign",
        "edit_campaign",
        "add_question",
        "remove_question",
        "paper",
        "from_paper",
        "export_answers",
    )
    numbers |= {f"gathering:{name}": campaign.pk for name in rooms}
    sent = make_answer(
        campaign, sent_at=NOW, consented_at=NOW, consent_text_on=TODAY, said={"lacks": "Une salle"}
    )
    make_answer(campaign, key=ANSWER_KEY, said={"lacks": "Un four"})
    numbers["gathering:answer"] = sent.pk
    numbers |= _make_mail(pole)
    return numbers | {f"gathering:{name}": draft.pk for name in ("draft", "aside", "back", "turn")}


def _make_mail(pole: Pole) -> dict[str, int]:
    """Make an e-mail with a file that is kept and one that is refused."""
    joined = (JoinedFile("plan.pdf", 900, pdf()), JoinedFile("outil.sh", 2, b"rm"))
    mail = MailFields(
        message_id="1@exemple.fr",
        sender_name="Léa",
        sender_email="lea@exemple.fr",
        subject="Il manque une salle",
        text="Voir le plan.",
        own="Voir le plan.",
        attachments=joined,
    )
    draft = receive_mail(pole=pole, mail=mail, on=TODAY, at=NOW)
    assert draft is not None
    kept = MailFile.objects.get(mail=draft.mail_id, stored__isnull=False)
    return {"gathering:mail_file": draft.pk, "gathering:mail_file:number": kept.pk}


def gathering_parameters() -> dict[str, str]:
    """Return what fills the signed addresses of the room."""
    return {
        "atelier": workshop_token(WORKSHOP_KEY),
        "slug": CAMPAIGN_SLUG,
        "reponse": answer_token(ANSWER_KEY),
    }
