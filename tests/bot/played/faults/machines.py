"""Several processes of one bot on one database, and what stands between them and Telegram."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx

from bot.state.store import Store
from tests.bot.command import dalil
from tests.bot.played.faults.stage import Stage, staged
from tests.bot.played.process import Running, free_port
from tests.postgres_server import EMPTY, Server
from tests.reports import SEEDS
from tests.telegram.double import Double


class Balancer:
    """Hands each update to the processes in turn; one that does not answer is passed over."""

    def __init__(self) -> None:
        self.ports: list[int] = []
        self.repeats = False
        """Whether each update reaches all of them."""
        self._turn = itertools.count()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/hook"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def hand_over(self, body: bytes, headers: dict[str, str]) -> int:
        first = next(self._turn)
        statuses = []
        for number in range(len(self.ports)):
            port = self.ports[(first + number) % len(self.ports)]
            try:
                posted = httpx.post(
                    f"http://127.0.0.1:{port}/hook", content=body, headers=headers, timeout=30, trust_env=False
                )
            except httpx.HTTPError:
                continue
            statuses.append(posted.status_code)
            if not self.repeats:
                break
        return max(statuses, default=502)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        balancer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                kept = ("content-type", "x-telegram-bot-api-secret-token")
                headers = {name: value for name, value in self.headers.items() if name.lower() in kept}
                self.send_response(balancer.hand_over(body, headers))
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                """Nothing."""

        return Handler


@dataclass
class Machines(Stage):
    """A stage whose processes share a database."""

    url: str = ""
    balancer: Balancer = field(default_factory=Balancer)

    def start(self, **settings: str) -> Running:
        return super().start(**{"DALIL_DATABASE_URL": self.url, **settings})

    def behind_the_balancer(self, **settings: str) -> Running:
        """A process to which updates are posted; it may not be ready yet."""
        port = free_port()
        started = self.start(DALIL_WEBHOOK_URL=self.balancer.url, DALIL_WEBHOOK_PORT=str(port), **settings)
        self.balancer.ports.append(port)
        return started

    @contextmanager
    def store(self) -> Iterator[Store]:
        with Store.open(self.url) as store:
            yield store

    def is_idle(self) -> bool:
        with self.store() as store:
            return not self.bot.pending and not store.updates.pending(self.bot.id)

    def leader(self) -> Running:
        """The process that leads, once one of those that run does."""
        leading: list[Running] = []

        def is_found() -> bool:
            taken = [
                (each["timestamp"], number) for number, running in enumerate(self.started) for each in duties(running)
            ]
            alive = [number for _, number in sorted(taken) if self.started[number].process.poll() is None]
            leading[:] = [self.started[number] for number in alive[-1:]]
            return bool(leading)

        self.wait(is_found)
        return leading[0]

    def end(self) -> None:
        super().end()
        self.balancer.close()


def duties(running: Running) -> list[dict[str, Any]]:
    """When a process came to lead."""
    return [each for each in running.log if each["event"] == "duty taken over" and each["duty"] == "leading"]


@cache
def _indexed(server: Server) -> str:
    """The name of a database with the sample reports; nobody is connected to it."""
    name = "dalil_indexed"
    server.says(f"CREATE DATABASE {name} TEMPLATE {EMPTY}")
    done = dalil("index", SEEDS, DALIL_DATABASE_URL=server.url(name))
    assert done.code == 0, done.err
    return name


@contextmanager
def machines(server: Server, seeds_data: Path, place: Path) -> Iterator[Machines]:
    """Processes that share a database of their own, with the sample reports indexed in it, while entered."""
    with Double() as double, server.database(_indexed(server)) as url:
        stage = staged(double, seeds_data, place)
        shared = Machines(stage.double, stage.bot, stage.data, url=url)
        try:
            yield shared
        finally:
            shared.end()
