"""What the letters and the notifications tell, each to whom it is addressed."""

from maillage.domain.mail.letters import as_html, as_text, read_letter
from maillage.domain.mail.models import Message, Notification
from tests.interfaces.answers import said_in
from tests.interfaces.secret_world import SecretWorld, Who


class Postbox:
    """Reads each letter once, as things stand when it has just been written."""

    def __init__(self) -> None:
        self.letters: set[int] = set()
        self.notes: set[int] = set()

    def leaks(self, hidden: SecretWorld) -> list[str]:
        """Return what the letters written since the last time tell to whom may not know it."""
        return [*self._of_letters(hidden), *self._of_notes(hidden)]

    def _of_letters(self, hidden: SecretWorld) -> list[str]:
        found = []
        for one in Message.objects.exclude(pk__in=self.letters).order_by("pk"):
            self.letters.add(one.pk)
            letter = read_letter(one.subject, one.letter)
            text = said_in(f"{as_text(letter)} {as_html(letter)}")
            found += [
                f"the letter « {one.key} » to {one.to} tells {word!r} of {whose}"
                for word, whose in hidden.hidden(hidden.who_receives(one.to)).found_in(text)
            ]
        return found

    def _of_notes(self, hidden: SecretWorld) -> list[str]:
        readers = {one.pk: reader for reader, one in hidden.accounts.items() if one is not None}
        found = []
        for one in Notification.objects.exclude(pk__in=self.notes).select_related("account").order_by("pk"):
            self.notes.add(one.pk)
            reader = readers.get(one.account_id)
            who = hidden.who(reader) if reader else Who()
            found += [
                f"the notification « {one.key} » to {one.account} tells {word!r} of {whose}"
                for word, whose in hidden.hidden(who).found_in(said_in(f"{one.text} {one.url}"))
            ]
        return found
