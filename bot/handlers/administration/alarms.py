"""What administrators are told by itself, once: that the disk fills, that a build has failed."""

from __future__ import annotations

import asyncio
import time
from typing import Final

import structlog

from bot.administration_notices import health
from bot.buttons import Rendered
from bot.handlers.administration.guarding import told
from bot.handlers.administration.looking import Looking
from bot.health import failures, free_bytes
from bot.phrases import phrases
from bot.remembering import Remembered
from bot.services import Services

_MB: Final = 2**20
_RECOVERED: Final = 1.2  # times the limit: so much must be free before another alarm, so that it does not come and go
_IS_FULL: Final = "disk is full"
_TOLD_UNTIL: Final = "failed builds told until"
_log = structlog.get_logger("dalil.alarms")


class Alarms(Looking):
    """Looks at the disk and at the jobs."""

    def __init__(self, services: Services, remembered: Remembered) -> None:
        super().__init__(services)
        self._remembered = remembered

    async def _look(self) -> None:
        await self._look_at_builds()
        await self._look_at_disk()

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
