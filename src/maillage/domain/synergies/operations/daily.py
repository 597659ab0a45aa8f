"""What comes back each day: reminders to the parties and to the owners; done twice, it is done once."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max

from maillage.domain.mail.enums import MessageKind
from maillage.domain.mail.operations import notify, queue_letter
from maillage.domain.synergies import letters
from maillage.domain.synergies.addresses import Addresses
from maillage.domain.synergies.enums import Answer, SynergyState
from maillage.domain.synergies.models import Introduction, Synergy, SynergyParty
from maillage.domain.synergies.operations.agreeing import follow_agreements
from maillage.domain.synergies.operations.interest import interest_if_all_said_yes
from maillage.domain.synergies.operations.locking import locked
from maillage.domain.synergies.operations.writing import tell_team, write_introduction
from maillage.domain.synergies.rhythm import Rhythm, rhythm_of
from maillage.domain.synergies.states import OPEN

LETTERS = 3  # the first one and two reminders; a third silence wakes the team


def day_of_synergies(*, on: date, at: datetime, addresses: Addresses) -> None:
    """Do the day's work of the room."""
    remind_parties(on=on, at=at, addresses=addresses)
    remind_owners(on=on, at=at, addresses=addresses)
    take_up_waiting(at=at, addresses=addresses)
    follow_agreements(at=at, on=on)


def remind_parties(*, on: date, at: datetime, addresses: Addresses) -> int:
    """Write the reminders whose day has come, and wake the team after the third silence; return how many."""
    waiting = Introduction.objects.filter(
        used_at=None,
        revoked_at=None,
        woken_on=None,
        party__answer=Answer.WAITING,
        party__synergy__state=SynergyState.PROPOSED,
    )
    return sum(
        _remind(pk, on, at, addresses) for pk in list(waiting.order_by("pk").values_list("pk", flat=True))
    )


def _remind(pk: int, on: date, at: datetime, addresses: Addresses) -> int:
    with transaction.atomic():
        rows = Introduction.objects.select_for_update(of=("self",))
        kept = rows.select_related("party__organisation", "party__synergy__pole").get(pk=pk)
        if kept.used_at or kept.revoked_at or kept.woken_on:
            return 0
        rhythm = rhythm_of(pole=kept.party.synergy.pole, on=on)
        if on < kept.last_letter_on + timedelta(days=_patience(kept, rhythm)):
            return 0
        if kept.letters >= LETTERS or at >= kept.expires_at:
            _wake(kept, on, at, addresses)
        else:
            kept.letters, kept.last_letter_on = kept.letters + 1, on
            kept.save(update_fields=["letters", "last_letter_on"])
            write_introduction(introduction=kept, turn=kept.letters, at=at, addresses=addresses)
    return 1


def _patience(introduction: Introduction, rhythm: Rhythm) -> int:
    waits = {1: rhythm.first_reminder_days, 2: rhythm.second_reminder_days}
    return waits.get(introduction.letters, rhythm.wake_days)


def _wake(introduction: Introduction, on: date, at: datetime, addresses: Addresses) -> None:
    introduction.woken_on = on
    introduction.save(update_fields=["woken_on"])
    party = introduction.party
    tell_team(
        synergy=party.synergy,
        key=f"introduction:{introduction.pk}:silence",
        text=f"{party.organisation.name} ne répond pas à « {party.synergy.title} » : appelez, puis notez la réponse.",
        at=at,
        addresses=addresses,
    )


def remind_owners(*, on: date, at: datetime, addresses: Addresses) -> int:
    """Tell each owner of what was due by today; once a due date, whatever is run twice."""
    rows = Synergy.objects.filter(state__in=OPEN, due_on__lte=on, owner__is_active=True)
    told = 0
    for synergy in rows.select_related("pole", "owner__person").order_by("pk"):
        if synergy.owner is None or synergy.due_on is None:
            continue
        key = f"synergy-due:{synergy.pk}:{synergy.due_on.isoformat()}"
        with transaction.atomic():
            notify(
                key=key,
                account=synergy.owner,
                pole=synergy.pole,
                text=f"Pour aujourd’hui : {synergy.next_step or 'décider de la suite'}, « {synergy.title} ».",
                url=addresses.sheet(synergy.pole.slug, synergy.pk),
                at=at,
            )
            queue_letter(
                key=key,
                kind=MessageKind.TASK,
                to=synergy.owner.email,
                letter=letters.due(
                    synergy=synergy,
                    url=addresses.whole_sheet(synergy.pole.slug, synergy.pk),
                    due_on=synergy.due_on,
                ),
                at=at,
                pole=synergy.pole,
                person=synergy.owner.person,
            )
        told += 1
    return told


def take_up_waiting(*, at: datetime, addresses: Addresses) -> int:
    """Share the interest where all said yes and the offer is free again, in the order of the last yes."""
    unsaid = SynergyParty.objects.filter(is_needed=True).exclude(answer=Answer.YES)
    rows = Synergy.objects.filter(state=SynergyState.PROPOSED).exclude(pk__in=unsaid.values("synergy"))
    taken = 0
    for synergy in rows.annotate(last_yes=Max("parties__answered_at")).order_by("last_yes", "pk"):
        with transaction.atomic():
            kept = interest_if_all_said_yes(locked(synergy), by=None, at=at, addresses=addresses)
            taken += kept.state == SynergyState.INTERESTED
    return taken
