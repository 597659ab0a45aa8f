"""Read a photo or a document that proves a fact."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from maillage.domain.ledger.policies import check_user_can_read_file
from maillage.domain.ledger.queries.files import stored_file_in
from maillage.interfaces.web.door import PoleRequest, in_pole
from maillage.interfaces.web.kept_files import as_kept_file


@require_safe
@in_pole
def file(request: PoleRequest, pk: int) -> HttpResponse:
    """Hand over the file to who may read it."""
    stored = stored_file_in(pole=request.pole, pk=pk)
    if stored is None:
        raise Http404("Ce fichier n’existe pas, ou n’existe plus.")
    check_user_can_read_file(request.viewer, stored)
    return as_kept_file(stored)
