"""A server in a thread of its own, that can go down and come back on the same port."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from typing import Any

from aiohttp import web

from tests.telegram.accounts import Account
from tests.telegram.server import Serving
from tests.telegram.webhooks import push

HOST = "127.0.0.1"
PATIENCE = 10.0  # seconds to wait for the server's thread


class Running:
    """The event loop, the listening socket and the tasks that post to webhooks."""

    def __init__(self, serving: Serving) -> None:
        self._serving = serving
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="telegram-double", daemon=True)
        self._runner: web.AppRunner | None = None
        self._pushes: dict[str, asyncio.Task[None]] = {}
        self.port = 0  # any free one, until the first start has chosen it
        self._thread.start()

    def up(self) -> None:
        """Listen, and serve the webhooks."""
        self._wait(self._up())

    def down(self) -> None:
        """Refuse connections and drop the open ones; what was said is kept."""
        self._wait(self._down())

    def close(self) -> None:
        self.down()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(PATIENCE)
        self._loop.close()

    def tell(self, bot: Account) -> None:
        """Wake whoever waits for updates of this bot."""
        self._loop.call_soon_threadsafe(_wake, bot)

    def serve(self, bot: Account) -> None:
        """Begin to serve the webhook of a new bot."""
        self._wait(self._serve(bot))

    async def _up(self) -> None:
        self._runner = web.AppRunner(
            self._serving.application(), handler_cancellation=True, shutdown_timeout=0.05, access_log=None
        )
        await self._runner.setup()
        await web.TCPSite(self._runner, HOST, self.port, reuse_address=True).start()
        self.port = self._runner.addresses[0][1]
        for bot in self._serving.world.bots.values():
            await self._serve(bot)

    async def _down(self) -> None:
        pushes, self._pushes = list(self._pushes.values()), {}
        for task in pushes:
            task.cancel()
        await asyncio.gather(*pushes, return_exceptions=True)
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _serve(self, bot: Account) -> None:
        if self._runner is not None and bot.token not in self._pushes:
            self._pushes[bot.token] = asyncio.create_task(push(self._serving.world, bot))

    def _wait(self, work: Coroutine[Any, Any, None]) -> None:
        future: Future[None] = asyncio.run_coroutine_threadsafe(work, self._loop)
        future.result(PATIENCE)


def _wake(bot: Account) -> None:
    for event in bot.wakers:
        event.set()


def free_port() -> int:
    """A port that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
