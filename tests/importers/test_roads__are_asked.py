"""Distances by road, asked to a small server of the test that speaks like OSRM or Valhalla."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from maillage.core.errors import UserMistake
from maillage.importers.roads import assumptions, road_matrix

POINTS = [(47.0, 2.0), (47.1, 2.2), (47.3, 2.1)]


class Calculator(BaseHTTPRequestHandler):
    """A road is a thousand times the difference of longitudes and latitudes, in metres; 10 m a second."""

    answer: Any = None

    def do_GET(self) -> None:
        """OSRM's table."""
        url = urlsplit(self.path)
        said = [tuple(map(float, one.split(","))) for one in url.path.rsplit("/", 1)[1].split(";")]
        query = parse_qs(url.query)
        rows = [[int(one) for one in query[name][0].split(";")] for name in ("sources", "destinations")]
        metres = [[self._far(said[one], said[other]) for other in rows[1]] for one in rows[0]]
        self._say(
            {"code": "Ok", "distances": metres, "durations": [[one / 10 for one in row] for row in metres]}
        )

    def do_POST(self) -> None:
        """Valhalla's matrix."""
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        sides = [[(one["lon"], one["lat"]) for one in asked[name]] for name in ("sources", "targets")]
        table = [
            [
                {"distance": self._far(one, other) / 1000, "time": self._far(one, other) / 10}
                for other in sides[1]
            ]
            for one in sides[0]
        ]
        self._say({"sources_to_targets": table})

    def log_message(self, *words: object) -> None:
        """Say nothing."""

    @staticmethod
    def _far(one: tuple[float, ...], other: tuple[float, ...]) -> int:
        return round(1000 * (abs(one[0] - other[0]) + abs(one[1] - other[1])))

    def _say(self, content: Any) -> None:
        content = content if Calculator.answer is None else Calculator.answer
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def address() -> Iterator[str]:
    Calculator.answer = None
    server = HTTPServer(("127.0.0.1", 0), Calculator)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("kind", ["", "osrm+", "valhalla+"])
def test_v15__a_calculator_gives_its_distances(address: str, kind: str) -> None:
    matrix = road_matrix(POINTS, f"{kind}{address}")
    assert matrix.metres == ((0, 300, 400), (300, 0, 300), (400, 300, 0))
    assert matrix.seconds[0] == (0, 30, 40)
    assert "OpenStreetMap" in matrix.source


def test_v15__many_places_are_asked_by_blocks(address: str) -> None:
    points = [(47.0 + at / 1000, 2.0) for at in range(120)]
    matrix = road_matrix(points, address)
    assert (len(matrix.metres), matrix.metres[0][119], matrix.metres[119][60]) == (120, 119, 59)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (b"<html>", "JSON"),
        ([1], "autre chose"),
        ({"code": "NoSegment", "message": "trop loin"}, "trop loin"),
        ({"code": "Ok", "distances": [[0]], "durations": [[0]]}, "taille"),
        ({"code": "Ok", "distances": [[0, None, 1]] * 3, "durations": [[0, 1, 1]] * 3}, "Aucune route"),
        ({"code": "Ok", "distances": [[0, -4, 1]] * 3, "durations": [[0, 1, 1]] * 3}, "Aucune route"),
    ],
)
def test_v15__a_faulty_answer_is_a_sentence(address: str, answer: Any, words: str) -> None:
    Calculator.answer = answer
    with pytest.raises(UserMistake, match=words):
        road_matrix(POINTS, address)


def test_v15__nobody_at_the_address_is_a_sentence() -> None:
    with pytest.raises(UserMistake, match="ne répond pas"):
        road_matrix(POINTS, "http://127.0.0.1:9")
    with pytest.raises(UserMistake, match="http://"):
        road_matrix(POINTS, "file:///rien")


def test_v15__what_is_assumed_says_its_source_and_its_day() -> None:
    for one in assumptions().values():
        assert one.source
        assert one.dated == "2026-11-24"
        assert one.status in {"sourcé", "à préciser"}
    assert "1,3" in assumptions()["road_factor"].sentence
