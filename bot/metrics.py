"""What can be measured from outside: Prometheus metrics and a sign of health, on a local port."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from prometheus_client import CONTENT_TYPE_LATEST, Counter, Gauge, Histogram, generate_latest
from tornado.httpserver import HTTPServer
from tornado.web import Application, RequestHandler

ANSWERED: Final = Counter("dalil_answers_total", "Answers given", ["outcome", "scope"])
SECONDS: Final = Histogram(
    "dalil_answer_seconds",
    "From taking up a question to its answer standing in the chat",
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)
FAULTS: Final = Counter("dalil_faults_total", "Updates that could not be handled")
WAITING: Final = Gauge("dalil_waiting_writes", "Writes that wait on this machine until the database is back")

_HERE: Final = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Condition:
    """Whether updates can be handed to this process; ``waiting``: how many writes wait, while the database is lost."""

    is_well: bool
    waiting: int | None = None


class _Metrics(RequestHandler):
    def initialize(self, condition: Callable[[], Condition]) -> None:
        self._condition = condition

    def get(self) -> None:
        WAITING.set(self._condition().waiting or 0)
        self.set_header("Content-Type", CONTENT_TYPE_LATEST)
        self.finish(generate_latest())


class _Health(RequestHandler):
    def initialize(self, condition: Callable[[], Condition]) -> None:
        self._condition = condition

    def get(self) -> None:
        now = self._condition()
        self.set_status(200 if now.is_well else 503)
        waiting = {} if now.waiting is None else {"waiting_writes": now.waiting}
        self.finish({"status": "ok" if now.is_well else "not ready", **waiting})


@contextmanager
def metrics_served(port: int | None, condition: Callable[[], Condition]) -> Iterator[None]:
    """/metrics and /healthz on this machine's ``port`` while entered; nothing if there is none.

    Raises:
        OSError: the port is taken.
    """
    if port is None:
        yield
        return
    asked = {"condition": condition}
    server = HTTPServer(Application([("/metrics", _Metrics, asked), ("/healthz", _Health, asked)]))
    try:
        server.listen(port, _HERE)
    except OSError as error:
        raise OSError(error.errno, error.strerror, f"{_HERE}:{port}") from error
    try:
        yield
    finally:
        server.stop()
