"""What can be measured from outside: Prometheus metrics and a sign of health, on a local port."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from prometheus_client import CONTENT_TYPE_LATEST, Counter, Histogram, generate_latest
from tornado.httpserver import HTTPServer
from tornado.web import Application, RequestHandler

ANSWERED: Final = Counter("dalil_answers_total", "Answers given", ["outcome", "scope"])
SECONDS: Final = Histogram(
    "dalil_answer_seconds",
    "From taking up a question to its answer standing in the chat",
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)
FAULTS: Final = Counter("dalil_faults_total", "Updates that could not be handled")

_HERE: Final = "127.0.0.1"


class _Metrics(RequestHandler):
    def get(self) -> None:
        self.set_header("Content-Type", CONTENT_TYPE_LATEST)
        self.finish(generate_latest())


class _Health(RequestHandler):
    def initialize(self, is_well: Callable[[], bool]) -> None:
        self._is_well = is_well

    def get(self) -> None:
        well = self._is_well()
        self.set_status(200 if well else 503)
        self.finish({"status": "ok" if well else "not ready"})


@contextmanager
def metrics_served(port: int | None, is_well: Callable[[], bool]) -> Iterator[None]:
    """/metrics and /healthz on this machine's ``port`` while entered; nothing if there is none.

    Raises:
        OSError: the port is taken.
    """
    if port is None:
        yield
        return
    server = HTTPServer(Application([("/metrics", _Metrics), ("/healthz", _Health, {"is_well": is_well})]))
    try:
        server.listen(port, _HERE)
    except OSError as error:
        raise OSError(error.errno, error.strerror, f"{_HERE}:{port}") from error
    try:
        yield
    finally:
        server.stop()
