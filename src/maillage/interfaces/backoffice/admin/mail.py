"""Letters, wishes and notifications: read only; a letter's buttons answer for its reader and are not shown."""

from django.contrib import admin

from maillage.domain.mail.models import MailPreference, Message, Notification
from maillage.interfaces.backoffice.admin.base import ReadOnlyTable


@admin.register(Message)
class MessageTable(ReadOnlyTable):
    """Letters."""

    list_display = ("subject", "to", "kind", "state", "queued_at", "sent_at", "attempts")
    list_filter = ("state", "kind", "pole")
    search_fields = ("to", "subject")
    exclude = ("letter",)


@admin.register(MailPreference)
class MailPreferenceTable(ReadOnlyTable):
    """What an address wants to receive."""

    list_display = ("email", "pole", "rhythm", "changed_at")
    list_filter = ("rhythm", "pole")
    search_fields = ("email",)


@admin.register(Notification)
class NotificationTable(ReadOnlyTable):
    """What was told on the site."""

    list_display = ("text", "account", "pole", "at", "read_at")
    list_filter = ("pole",)
    search_fields = ("text", "account__email")
