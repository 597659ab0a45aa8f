"""The pole's mail: a maildir or an IMAP account, only read; each message becomes plain values."""

from maillage.importers.mailbox.message import IGNORED, Mail, read_mail, reason_to_ignore
from maillage.importers.mailbox.sources import ImapBox, Maildir, Source

__all__ = ["IGNORED", "ImapBox", "Mail", "Maildir", "Source", "read_mail", "reason_to_ignore"]
