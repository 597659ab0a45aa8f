"""Agreements, promises and facts; facts and stocks are only read."""

from django.contrib import admin

from maillage.domain.ledger.models import (
    Action,
    Agreement,
    AgreementParty,
    ApiToken,
    Commitment,
    EconomicEvent,
    EventCheck,
    EventFile,
    Process,
    RecordingLabel,
    Resource,
    StoredFile,
)
from maillage.interfaces.backoffice.admin.base import ReadOnlyTable, Rows, Table


class PartyRows(Rows):
    """Parties of an agreement."""

    model = AgreementParty


@admin.register(Action)
class ActionTable(ReadOnlyTable):
    """Verbs of the ledger."""

    list_display = ("code", "label", "effect", "is_use")
    search_fields = ("code", "label")


@admin.register(Resource)
class ResourceTable(Table):
    """Concrete resources; their stock moves with facts only."""

    list_display = ("name", "resource_type", "owner", "quantity", "unit", "bookable")
    list_filter = ("bookable",)
    list_select_related = ("resource_type", "owner")
    search_fields = ("name", "owner__folded")
    readonly_fields = ("quantity",)


@admin.register(Process)
class ProcessTable(Table):
    """Projects."""

    list_display = ("name", "stage", "pole", "lead", "since", "until")
    list_filter = ("stage", "pole")
    list_select_related = ("pole", "lead")
    search_fields = ("name",)


@admin.register(Agreement)
class AgreementTable(Table):
    """Agreements; their state changes on the site."""

    list_display = ("title", "state", "pole", "starts_on", "ends_on")
    list_filter = ("state", "pole")
    list_select_related = ("pole",)
    search_fields = ("title",)
    readonly_fields = ("state",)
    inlines = (PartyRows,)


@admin.register(AgreementParty)
class AgreementPartyTable(Table):
    """Parties."""

    list_display = ("agreement", "organisation", "consented_on")
    list_select_related = ("agreement", "organisation")
    search_fields = ("agreement__title", "organisation__folded")


@admin.register(Commitment)
class CommitmentTable(Table):
    """Promises; their state changes on the site."""

    list_display = ("provider", "receiver", "action", "resource_type", "quantity", "unit", "due_on", "state")
    list_filter = ("state", "action", "pole")
    list_select_related = ("provider", "receiver", "action", "resource_type")
    search_fields = ("provider__folded", "receiver__folded", "note")
    readonly_fields = ("state",)


@admin.register(EconomicEvent)
class EconomicEventTable(ReadOnlyTable):
    """Facts: a row never changes; an error is corrected by another fact, on the site."""

    list_display = ("happened_on", "action", "provider", "receiver", "resource_type", "quantity", "unit")
    list_filter = ("action", "pole", "evidence_kind")
    list_select_related = ("action", "provider", "receiver", "resource_type")
    search_fields = ("provider__folded", "receiver__folded", "evidence")


@admin.register(StoredFile)
class StoredFileTable(ReadOnlyTable):
    """Files that were received; their content is read on the site only."""

    list_display = ("name", "purpose", "media_type", "size", "pole", "kept_at", "kept_by")
    list_filter = ("purpose", "pole")
    list_select_related = ("pole", "kept_by")
    search_fields = ("name", "sha256")


@admin.register(EventFile)
class EventFileTable(ReadOnlyTable):
    """What proves facts."""

    list_display = ("event", "file")
    list_select_related = ("event__provider", "event__receiver", "file")
    search_fields = ("file__name",)


@admin.register(EventCheck)
class EventCheckTable(ReadOnlyTable):
    """Facts that the team checked."""

    list_display = ("event", "checked_at", "checked_by")
    list_select_related = ("event__provider", "event__receiver", "checked_by")


@admin.register(RecordingLabel)
class RecordingLabelTable(ReadOnlyTable):
    """Labels; they are made and revoked on the site."""

    list_display = ("name", "pole", "action", "provider", "receiver", "resource_type", "revoked_at")
    list_filter = ("pole",)
    list_select_related = ("pole", "action", "provider", "receiver", "resource_type")
    search_fields = ("name",)


@admin.register(ApiToken)
class ApiTokenTable(ReadOnlyTable):
    """Keys of the API: their digest shows nothing of the secret."""

    list_display = ("name", "organisation", "pole", "beginning", "used_at", "revoked_at")
    list_filter = ("pole",)
    list_select_related = ("organisation", "pole")
    search_fields = ("name", "organisation__folded")
    exclude = ("digest",)
