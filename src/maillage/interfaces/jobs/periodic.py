"""What comes back by itself: letters every ten seconds, the rooms' daily work each morning, old jobs swept at night.

Each task is a thin door to an operation that may run twice without doing anything twice.
"""

from asgiref.sync import sync_to_async
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django import app

from maillage.domain.actors.operations import forget_old_links
from maillage.domain.agreements.operations import announce_ends
from maillage.domain.mail.operations import gather_digests, send_due, tell_the_unsure
from maillage.domain.projects.operations import remind_owners
from maillage.domain.synergies.operations import day_of_synergies
from maillage.interfaces.jobs.inbox import read_inbox
from maillage.interfaces.jobs.post import give
from maillage.interfaces.web.projects.links import tasks_page
from maillage.interfaces.web.synergies.addresses import addresses

MAIL = "mail"
MORNING = 7  # here: the queue counts its hours in UTC


@app.periodic(cron="* * * * * */10")
@app.task(name="send_letters", queue=MAIL, queueing_lock="send_letters", lock="send_letters")
def send_letters(timestamp: int) -> None:
    """Send the letters whose time has come."""
    send_due(clock=timezone.now, transport=give)
    tell_the_unsure(at=timezone.now())


@app.periodic(cron="0 * * * *")
@app.task(name="morning", queue=MAIL, queueing_lock="morning")
def morning(timestamp: int) -> None:
    """Once it is seven here, do the day's work of the rooms; every hour after, what a stop has delayed."""
    here = timezone.localtime()
    if here.hour < MORNING:
        return
    remind_owners(on=here.date(), at=timezone.now(), site=settings.SITE_ADDRESS, page=tasks_page)
    gather_digests(on=here.date(), at=timezone.now())


@app.periodic(cron="5 * * * *")
@app.task(name="synergies_day", queue=MAIL, queueing_lock="synergies_day")
def synergies_day(timestamp: int) -> None:
    """From seven here: remind the parties that do not answer and the owners of what is due; see what was freed."""
    here = timezone.localtime()
    if here.hour >= MORNING:
        day_of_synergies(on=here.date(), at=timezone.now(), addresses=addresses())


@app.periodic(cron="10 * * * *")
@app.task(name="terms_day", queue=MAIL, queueing_lock="terms_day")
def terms_day(timestamp: int) -> None:
    """From seven here: announce the agreements that end soon."""
    here = timezone.localtime()
    if here.hour >= MORNING:
        announce_ends(
            today=here.date(),
            at=timezone.now(),
            site=settings.SITE_ADDRESS.rstrip("/"),
            sheet=lambda pole, pk: reverse("agreements:detail", args=[pole, pk]),
        )


@app.periodic(cron="*/10 * * * *")
@app.task(name="read_inbox", queue=MAIL, queueing_lock="read_inbox", lock="read_inbox")
def read_mail_received(timestamp: int) -> None:
    """Read the mail of the poles, when a box is set."""
    if settings.INBOX["host"] or settings.INBOX["maildir"]:
        read_inbox()


@app.periodic(cron="30 3 * * *")
@app.task(name="sweep_jobs", queue=MAIL, queueing_lock="sweep_jobs")
async def sweep_jobs(timestamp: int) -> None:
    """Forget the jobs that ended well two days ago, and the sign-in links that no longer serve."""
    await sync_to_async(forget_old_links)(at=timezone.now())
    await app.job_manager.delete_old_jobs(nb_hours=48)
