"""Hand over a file that was received: to keep, never to run inside the site. The caller has checked the policy."""

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

from maillage.domain.ledger.models import StoredFile
from maillage.domain.ledger.queries.files import opened_file

_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}


def as_kept_file(stored: StoredFile) -> HttpResponse:
    """Return a file as a download; a picture can still be shown by a page of the site."""
    content = opened_file(stored)
    if content is None:
        raise Http404("Ce fichier n’est plus là. Demandez à l’équipe du pôle de le retrouver.")
    with content:
        said = content_disposition_header(True, stored.name) or "attachment"
        return HttpResponse(
            content.read(),
            content_type=stored.media_type,
            headers=_HEADERS | {"Content-Disposition": said},
        )
