"""What the room keeps: workshops, campaigns, interviews, e-mails received, and the drafts drawn from them."""

from maillage.domain.gathering.models.campaign import Answer, Campaign, Question
from maillage.domain.gathering.models.draft import Draft
from maillage.domain.gathering.models.inbox import MailFile, ReceivedMail
from maillage.domain.gathering.models.interview import Interview
from maillage.domain.gathering.models.workshop import Card, CardLink, Seat, Vote, Workshop

__all__ = [
    "Answer",
    "Campaign",
    "Card",
    "CardLink",
    "Draft",
    "Interview",
    "MailFile",
    "Question",
    "ReceivedMail",
    "Seat",
    "Vote",
    "Workshop",
]
