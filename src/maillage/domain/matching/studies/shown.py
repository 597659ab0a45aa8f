"""Intents named in a study's result, as the reader may see them; what they may not see at all is left out."""

from collections.abc import Iterable

from maillage.domain.actors.viewer import Viewer
from maillage.domain.exchanges.models import Intent
from maillage.domain.exchanges.queries import IntentView, views_of


def intents_shown(*, viewer: Viewer, keys: Iterable[str]) -> dict[str, IntentView]:
    """Return the view of each intent by its key in the result; a key that is not ours has none."""
    wanted = {int(key) for key in keys if key.isdigit()}
    if not wanted:
        return {}
    found = views_of(viewer=viewer, intents=Intent.objects.filter(pk__in=wanted).order_by("pk"))
    return {str(one.pk): one for one in found}
