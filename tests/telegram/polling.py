"""getUpdates: long polling, where a second poller ends the first."""

from __future__ import annotations

import asyncio

from tests.telegram.calls import Call
from tests.telegram.errors import Refused
from tests.telegram.values import JSON

LONGEST = 50  # seconds that one poll waits at most
MOST = 100
WEBHOOK = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
OTHER = "terminated by other getUpdates request; make sure that only one bot instance is running"


async def get_updates(call: Call) -> list[JSON]:
    """The updates that wait, at once or as soon as one comes.

    Raises:
        Refused: 409 while a webhook is set, or when another poll of the same bot begins.
    """
    bot = call.bot
    with call.world.lock:
        if bot.webhook.url:
            raise Refused(409, WEBHOOK)
        bot.allow(call.json("allowed_updates"))
        bot.end_poll(OTHER)
        bot.acknowledge(call.integer("offset"))
        mine = bot.poll = asyncio.get_running_loop().create_future()
    woken = asyncio.Event()
    bot.wakers.add(woken)
    try:
        return await _wait(call, woken, mine)
    finally:
        bot.wakers.discard(woken)
        mine.cancel()


async def _wait(call: Call, woken: asyncio.Event, mine: asyncio.Future[str]) -> list[JSON]:
    loop = asyncio.get_running_loop()
    limit = min(max(call.integer("limit", MOST), 1), MOST)
    deadline = loop.time() + min(max(call.integer("timeout"), 0), LONGEST)
    mine.add_done_callback(lambda _: woken.set())
    while True:
        woken.clear()
        if mine.done():
            raise Refused(409, f"Conflict: {mine.result()}")
        with call.world.lock:
            batch = list(call.bot.pending)[:limit]
            call.bot.delivered += [update for update in batch if update not in call.bot.delivered[-MOST:]]
        left = deadline - loop.time()
        if batch or left <= 0:
            return batch
        try:
            await asyncio.wait_for(woken.wait(), left)
        except TimeoutError:
            continue
