"""A party does not sign: its reason is kept with the text it read, and the team is told."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from maillage.core.errors import UserMistake
from maillage.domain.actors.models import Account, Organisation
from maillage.domain.agreements.document import clean
from maillage.domain.agreements.doors import Doors
from maillage.domain.agreements.enums import TOLD, RefusalReason, RefusalWay
from maillage.domain.agreements.models import AgreementText, Amendment, ConsentRefusal
from maillage.domain.agreements.operations.amending import check_amendment_to_sign, locked_amendment
from maillage.domain.agreements.operations.signing import check_to_sign, named, text_to_answer
from maillage.domain.agreements.values import day
from maillage.domain.ledger.models import Agreement, StoredFile
from maillage.domain.mail.enums import MessageKind
from maillage.domain.mail.letters import Button, Letter
from maillage.domain.mail.operations import notify, queue_letter
from maillage.domain.mail.recipients import team_of_pole

WORDS_LENGTH = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Declining:
    """A no: for whom, to the text of which digest, why, who says it and how.

    What was said to the team has its day, and the letter if there is one; ``account`` is then who notes it.
    """

    organisation: Organisation
    digest: str
    reason: str
    words: str
    said_by: str
    way: RefusalWay
    account: Account | None = None
    told_on: date | None = None
    file: StoredFile | None = None


def decline(
    *,
    agreement: Agreement,
    amendment: Amendment | None = None,
    answer: Declining,
    at: datetime,
    on: date,
    doors: Doors,
) -> ConsentRefusal:
    """Record that a party does not sign the text it read; nothing else moves until the team takes it back."""
    reason, words = _said(answer)
    with transaction.atomic():
        kept = Agreement.objects.select_for_update(of=("self",)).select_related("pole").get(pk=agreement.pk)
        if amendment is None:
            check_to_sign(kept)
        else:
            check_amendment_to_sign(locked_amendment(amendment))
        text = text_to_answer(
            agreement=kept, amendment=amendment, organisation=answer.organisation, digest=answer.digest
        )
        _check_told(answer, text, on=on)
        made = ConsentRefusal.objects.create(
            agreement=kept,
            amendment=amendment,
            text=text,
            organisation=answer.organisation,
            reason=reason,
            words=words,
            said_by=named(answer.said_by, "said_by", "Dites qui répond : prénom et nom."),
            way=answer.way,
            account=answer.account,
            told_on=answer.told_on,
            file=answer.file,
            at=at,
        )
        _tell_team(made, at=at, on=on, doors=doors)
    return made


def take_refusal_back(
    *, refusal: ConsentRefusal, by: Account | None, at: datetime, on: date, doors: Doors
) -> None:
    """Take back a no that the team noted by mistake: the party is awaited again; history keeps what was noted."""
    with transaction.atomic():
        agreement = (
            Agreement.objects.select_for_update(of=("self",))
            .select_related("pole")
            .get(pk=refusal.agreement_id)
        )
        if refusal.amendment is None:
            check_to_sign(agreement)
        else:
            check_amendment_to_sign(locked_amendment(refusal.amendment))
        kept = ConsentRefusal.objects.select_related("organisation").filter(pk=refusal.pk).first()
        if kept is None:
            raise UserMistake("Ce refus est déjà retiré.")
        if kept.way not in TOLD:
            raise UserMistake(
                f"{kept.organisation.name} a répondu elle-même. Reprenez le texte : il lui sera renvoyé."
            )
        if AgreementText.objects.filter(
            agreement=agreement, amendment=refusal.amendment, number__gt=refusal.text.number
        ).exists():
            raise UserMistake("Ce refus visait un texte d’avant. Il reste lisible avec lui.")
        kept.delete()
        for account in team_of_pole(pole_id=agreement.pole_id, on=on):
            if account != by:
                notify(
                    key=f"agreement-refusal-back:{refusal.pk}",
                    account=account,
                    pole=agreement.pole,
                    text=f"« {agreement.title} » : le refus de {kept.organisation.name}, noté par erreur, est retiré.",
                    url=doors.sheet,
                    at=at,
                )


def _check_told(answer: Declining, text: AgreementText, *, on: date) -> None:
    """Refuse a no told to the team without its day, or on a day when the text could not be refused."""
    if answer.way not in TOLD:
        return
    if answer.told_on is None:
        raise UserMistake("Dites quel jour cela a été dit.", field="told_on")
    if answer.told_on > on:
        raise UserMistake("Ce jour est dans l’avenir. Corrigez la date.", field="told_on")
    sent_on = localdate(text.written_at)
    if answer.told_on < sent_on:
        raise UserMistake(f"Ce texte a été envoyé le {day(sent_on)} : le refus vient après.", field="told_on")


def _said(answer: Declining) -> tuple[RefusalReason, str]:
    if answer.reason not in RefusalReason.values:
        raise UserMistake("Dites pourquoi : choisissez une raison.", field="reason")
    words = clean(answer.words)
    if answer.reason == RefusalReason.OTHER and not words:
        raise UserMistake("Dites en quelques mots quelle est cette autre raison.", field="words")
    if len(words) > WORDS_LENGTH:
        raise UserMistake(f"C’est trop long : {WORDS_LENGTH} caractères au plus.", field="words")
    return RefusalReason(answer.reason), words


def _tell_team(refusal: ConsentRefusal, *, at: datetime, on: date, doors: Doors) -> None:
    agreement, key = refusal.agreement, f"agreement-refused:{refusal.pk}"
    letter = _letter(refusal, doors.site + doors.sheet)
    for account in team_of_pole(pole_id=agreement.pole_id, on=on):
        if refusal.told_on is not None and account.pk == refusal.account_id:
            continue  # who notes it knows it
        notify(
            key=key,
            account=account,
            pole=agreement.pole,
            text=f"{letter.subject} : {_lower(refusal)}.",
            url=doors.sheet,
            at=at,
        )
        queue_letter(
            key=f"{key}:{account.pk}",
            kind=MessageKind.ANSWER,
            to=account.email,
            letter=letter,
            at=at,
            pole=agreement.pole,
            person=account.person,
        )


def _lower(refusal: ConsentRefusal) -> str:
    label = str(RefusalReason(refusal.reason).label)
    return label[:1].lower() + label[1:]


def _letter(refusal: ConsentRefusal, url: str) -> Letter:
    agreement, amendment = refusal.agreement, refusal.amendment
    what = (
        f"l’avenant n° {amendment.number} à « {agreement.title} »" if amendment else f"« {agreement.title} »"
    )
    return Letter(
        subject=f"{refusal.organisation.name} ne signe pas {what}",
        greeting="Bonjour,",
        paragraphs=(
            f"{refusal.said_by} répond pour {refusal.organisation.name} : {_lower(refusal)}.",
            *(
                (f"Dit le {day(refusal.told_on)}, {RefusalWay(refusal.way).label}.",)
                if refusal.told_on
                else ()
            ),
            *((f"« {refusal.words} »",) if refusal.words else ()),
            "Reprenez le texte, changez-le, puis renvoyez-le : chaque partie recevra un nouveau lien. "
            "Rien n’est promis d’ici là.",
        ),
        buttons=(Button("Voir l’accord", url),),
        closing=f"L’équipe de {agreement.pole.name}",
    )
