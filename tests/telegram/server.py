"""The HTTP side: requests of bots come in, are answered, and are written down."""

from __future__ import annotations

import asyncio
import re
import time
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.telegram.accounts import Account
from tests.telegram.calls import Call
from tests.telegram.errors import Refused, bad_request
from tests.telegram.faults import Fault, Faults
from tests.telegram.limits import FloodControl
from tests.telegram.methods import METHODS
from tests.telegram.polling import get_updates
from tests.telegram.requests import Asked, read
from tests.telegram.values import JSON, Exchange
from tests.telegram.world import World

TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]{30,}")
MOST_BODY = 64 * 1024 * 1024
FOREVER = 3600.0
PROXY_PAGE = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"
UNAVAILABLE: JSON = {"ok": False, "error_code": 500, "description": "Internal Server Error"}


@dataclass
class Serving:
    """The handlers; one for the life of a double, however often it goes down and comes back."""

    world: World
    faults: Faults = field(default_factory=Faults)
    flood: FloodControl = field(default_factory=FloodControl)

    def application(self) -> web.Application:
        application = web.Application(client_max_size=MOST_BODY)
        application.router.add_route("*", "/bot{token:[^/]*}/{method:[^/]*}", self.call)
        application.router.add_get("/file/bot{token:[^/]*}/{path:.+}", self.download)
        return application

    async def call(self, request: web.Request) -> web.StreamResponse:
        """One method of one bot."""
        began = time.time()
        asked = await read(request)
        fault = self.faults.take(asked.method.lower())
        status, answer = 0, None
        try:
            if fault is None or fault.applied:
                status, answer = await self._answer(asked)
            else:
                status, answer = self._broken(fault, asked)
        finally:
            self._record(asked, began, fault, (status, answer))
        return await _respond(request, fault, status, answer)

    async def _answer(self, asked: Asked) -> tuple[int, JSON]:
        try:
            return 200, {"ok": True, "result": await self._result(asked)}
        except Refused as refused:
            return refused.code, refused.body()

    async def _result(self, asked: Asked) -> Any:
        bot = self.world.bots.get(asked.token)
        if bot is None or bot.ended:
            raise Refused(401, "Unauthorized") if TOKEN.fullmatch(asked.token) else Refused(404, "Not Found")
        call = Call(self.world, bot, asked.method.lower(), asked.parameters, asked.files)
        if call.method == "getupdates":
            return await get_updates(call)
        method = METHODS.get(call.method)
        if method is None:
            raise Refused(404, "Not Found: method not found")
        with self.world.lock:
            self.flood.check(bot, call.method, asked.chat_id)
            try:
                return method(call)
            except (AttributeError, KeyError, TypeError, ValueError) as wrong:  # a parameter of an unexpected shape
                self.world.notes.append(f"{asked.method}: {wrong!r}")
                raise bad_request(f"can't parse parameters: {type(wrong).__name__} {wrong}") from wrong

    def _broken(self, fault: Fault, asked: Asked) -> tuple[int, JSON | None]:
        """The answer of a fault that leaves the request undone; status 0 where there is none."""
        bot = self.world.bots.get(asked.token)
        if fault.kind == "too many" and bot is not None:
            return 429, self.flood.flooded(bot, asked.chat_id, int(fault.seconds)).body()
        statuses = {"server error": 500, "bad gateway": 502}
        return statuses.get(fault.kind, 0), UNAVAILABLE if fault.kind == "server error" else None

    def _record(self, asked: Asked, began: float, fault: Fault | None, given: tuple[int, JSON | None]) -> None:
        bot: Account | None = self.world.bots.get(asked.token)
        with self.world.lock:
            self.world.exchanges.append(
                Exchange(
                    at=began,
                    took=time.time() - began,
                    bot=bot.username if bot else "",
                    method=asked.method,
                    parameters=asked.decoded(),
                    files=asked.files,
                    status=given[0],
                    answer=given[1],
                    fault=fault.kind if fault else None,
                    token_in_query=asked.token_in_query,
                    token_in_parameters=asked.token_in_parameters,
                )
            )

    async def download(self, request: web.Request) -> web.StreamResponse:
        """The bytes of a file, by the path that getFile gave."""
        fault = self.faults.take("file")
        found = [kept for kept in self.world.files.values() if kept.path == request.match_info["path"]]
        if request.match_info["token"] not in self.world.bots:
            return web.json_response(Refused(401, "Unauthorized").body(), status=401)
        if not found:
            return web.json_response(Refused(404, "Not Found").body(), status=404)
        if fault is not None and fault.kind != "slow":
            return await _respond(request, fault, 500 if fault.kind == "server error" else 502, UNAVAILABLE)
        await asyncio.sleep(fault.seconds if fault else 0)
        return web.Response(body=found[0].content, content_type="application/octet-stream")


async def _respond(request: web.Request, fault: Fault | None, status: int, answer: JSON | None) -> web.Response:
    kind = fault.kind if fault else ""
    if kind == "dropped" and request.transport is not None:
        request.transport.abort()
    elif kind == "half-open":
        await asyncio.sleep(FOREVER)
    elif kind == "slow" and fault is not None:
        await asyncio.sleep(fault.seconds)
    elif kind == "bad gateway":
        return web.Response(status=502, text=PROXY_PAGE, content_type="text/html")
    return web.json_response(answer, status=status or 500)
