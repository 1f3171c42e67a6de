"""What administrators are told by itself, once: that the disk fills, that a build has failed."""

from __future__ import annotations

import asyncio
import time
from typing import Final

import structlog
from telegram.error import TelegramError
from telegram.ext import ContextTypes

from bot.administration_notices import health
from bot.buttons import Rendered
from bot.handlers.administration.guarding import told
from bot.health import failures, free_bytes
from bot.phrases import phrases
from bot.remembering import Remembered
from bot.services import Services
from bot.state.errors import StateUnavailable

_MB: Final = 2**20
_RECOVERED: Final = 1.2  # times the limit: so much must be free before another alarm, so that it does not come and go
_IS_FULL: Final = "disk is full"
_TOLD_UNTIL: Final = "failed builds told until"
_log = structlog.get_logger("dalil.alarms")


class Alarms:
    """Looks at the disk and at the jobs."""

    def __init__(self, services: Services, remembered: Remembered) -> None:
        self._services = services
        self._remembered = remembered
        self._is_looking = False

    async def look(self, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Tells what is due; nothing while that is still being done."""
        if self._is_looking or not self._services.leads:
            return
        self._is_looking = True
        try:
            await self._look_at_builds()
            await self._look_at_disk()
        except (StateUnavailable, TelegramError, OSError) as error:
            _log.warning("will be looked at again", reason=type(error).__name__)
        finally:
            self._is_looking = False

    async def _look_at_disk(self) -> None:
        settings = self._services.settings
        was_full = await asyncio.to_thread(self._remembered.get, _IS_FULL) is True
        free, least = free_bytes(settings.data), settings.least_free_mb * _MB
        if not was_full and free < least:
            if await self._tell(health.disk_is_full(free, phrases(None))):
                _log.warning("little room on disk", free=free)
                await asyncio.to_thread(self._remembered.put, _IS_FULL, True)
        elif was_full and free > _RECOVERED * least:
            await asyncio.to_thread(self._remembered.put, _IS_FULL, False)

    async def _look_at_builds(self) -> None:
        until = await asyncio.to_thread(self._remembered.get, _TOLD_UNTIL)
        if not isinstance(until, float):  # what failed before anybody looked is no news
            await asyncio.to_thread(self._remembered.put, _TOLD_UNTIL, time.time())
            return
        failed = await asyncio.to_thread(failures, self._services.store)
        for job in reversed(failed):
            if job.ended is not None and job.ended > until:
                await self._tell(health.build_failed(job, phrases(None)))
                await asyncio.to_thread(self._remembered.put, _TOLD_UNTIL, job.ended)

    async def _tell(self, rendered: Rendered) -> bool:
        """Tells all administrators who have started the bot; False if that is none of them."""
        reached = False
        for administrator in await asyncio.to_thread(self._services.desk.administrators):
            if await asyncio.to_thread(self._services.store.chats.get, administrator) is not None:
                reached |= await told(self._services, administrator, rendered)
        return reached
