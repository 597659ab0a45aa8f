"""The two ways a screen follows a workshop: a stream, or a question every few seconds; both say the same."""

from django.http import HttpRequest, JsonResponse

from maillage.domain.gathering.live import topic_of
from maillage.domain.gathering.models import Workshop
from maillage.domain.gathering.queries.screen import screen_since
from maillage.interfaces.web.door import line_number
from maillage.interfaces.web.streaming.answer import StreamAnswer


def since_of(request: HttpRequest) -> int:
    """Return the version that a screen already shows: a stream that comes back says it in its header."""
    said = request.headers.get("Last-Event-ID") or request.GET.get("depuis", "")
    return line_number(said) or 0


def state_answer(workshop: Workshop, since: int) -> JsonResponse:
    """Answer what changed since a version."""
    answer = JsonResponse(screen_since(workshop_id=workshop.pk, since=since))
    answer.headers["Cache-Control"] = "no-store"
    return answer


def stream_answer(workshop: Workshop, since: int) -> StreamAnswer:
    """Open the stream of a workshop."""

    def read(version: int) -> dict[str, object]:
        return screen_since(workshop_id=pk, since=version)

    pk = workshop.pk
    return StreamAnswer(topic=topic_of(pk), read=read, since=since)
