"""What an address wants to receive of a pole."""

from datetime import datetime

from maillage.domain.actors.models import Pole
from maillage.domain.mail.enums import Rhythm
from maillage.domain.mail.models import MailPreference


def choose_rhythm(*, email: str, pole: Pole, rhythm: Rhythm, at: datetime) -> MailPreference:
    """Keep how often ``email`` wants to hear of ``pole``."""
    preference, _ = MailPreference.objects.update_or_create(
        email=email.strip().lower(), pole=pole, defaults={"rhythm": rhythm, "changed_at": at}
    )
    return preference
