"""Updates posted to a bot's own server: one by one, in order, again until it answers 2xx."""

from __future__ import annotations

import asyncio
import time

import aiohttp

from tests.telegram.accounts import Account
from tests.telegram.values import JSON
from tests.telegram.world import World

PATIENCE = aiohttp.ClientTimeout(total=10)
FIRST_PAUSE = 0.1  # seconds before an update is posted again; doubled up to the longest
LONGEST_PAUSE = 1.0
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"


async def push(world: World, bot: Account) -> None:
    """Serve one bot's webhook, whenever it has one, until cancelled."""
    woken = asyncio.Event()
    bot.wakers.add(woken)
    pause = FIRST_PAUSE
    try:
        async with aiohttp.ClientSession(timeout=PATIENCE) as session:
            while True:
                woken.clear()
                if not (bot.webhook.url and bot.pending):
                    await woken.wait()
                elif await _post_first(world, bot, session):
                    pause = FIRST_PAUSE
                else:
                    await asyncio.sleep(pause)
                    pause = min(2 * pause, LONGEST_PAUSE)
    finally:
        bot.wakers.discard(woken)


async def _post_first(world: World, bot: Account, session: aiohttp.ClientSession) -> bool:
    hook, update = bot.webhook, bot.pending[0]
    status, problem = await _post(session, bot, update)
    with world.lock:
        hook.attempts.append((update["update_id"], status))
        if problem:
            hook.last_error, hook.last_error_at = problem, int(time.time())
            return False
        if bot.pending and bot.pending[0] is update:
            bot.pending.popleft()
        bot.delivered.append(update)
    return True


async def _post(session: aiohttp.ClientSession, bot: Account, update: JSON) -> tuple[int, str]:
    headers = {SECRET_HEADER: bot.webhook.secret} if bot.webhook.secret else {}
    try:
        async with session.post(bot.webhook.url, json=update, headers=headers) as response:
            await response.read()
            good = 200 <= response.status < 300
            return response.status, "" if good else f"Wrong response from the webhook: {response.status}"
    except (aiohttp.ClientError, TimeoutError, OSError) as problem:
        return 0, f"Connection failed: {type(problem).__name__}"
