"""/status and /backup."""

from __future__ import annotations

import asyncio
import datetime as dt
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any, Final

from telegram import Message, Update
from telegram.ext import BaseHandler, CommandHandler, ContextTypes

from bot.address import asker_of
from bot.administration_notices import health
from bot.backup.contents import About
from bot.backup.saving import Saver
from bot.composition import Dalil
from bot.handlers.administration.guarding import NEW_IN_PRIVATE, FromAdministrator
from bot.health import facts, free_bytes
from bot.metrics import FAULTS
from bot.phrases import PhraseName
from bot.services import Services, place_of, words_for
from bot.state.values import Deed

Context = ContextTypes.DEFAULT_TYPE

_MOST_BYTES: Final = 45_000_000  # of a backup; Telegram takes files of 50 MB from bots (Bot API, sendDocument)
_FOLDER: Final = ".backup-"
_UPLOAD: Final = 120.0  # seconds that sending it may take


class Health:
    """The handlers of what is asked about the system itself."""

    def __init__(self, services: Services, dalil: Dalil) -> None:
        self._services = services
        self._dalil = dalil
        self._is_saving = False

    def handlers(self) -> list[BaseHandler[Any, Any, Any]]:
        """In the order in which they are to be tried, before those of everybody's commands."""
        mine = NEW_IN_PRIVATE & FromAdministrator(self._services)
        return [CommandHandler("status", self.status, mine), CommandHandler("backup", self.backup, mine)]

    async def status(self, update: Update, context: Context) -> None:
        """How the system is."""
        message = update.effective_message
        assert message is not None  # the handlers' filters see to it
        found = await asyncio.to_thread(facts, self._dalil.settings.data, self._dalil.generations, self._services.store)
        faults = sum(each.value for metric in FAULTS.collect() for each in metric.samples[:1])
        shown = health.status(found, int(faults), words_for(asker_of(message)))
        await self._services.delivery.send(place_of(message), shown)

    async def backup(self, update: Update, context: Context) -> None:
        """Sends a backup: with the index if it is small enough, else without; one at a time."""
        message = update.effective_message
        assert message is not None  # the handlers' filters see to it
        if self._is_saving:
            await self._services.say(message, PhraseName.BACKUP_UNDER_WAY)
            return
        self._is_saving = True
        data = self._services.settings.data
        for leftover in data.glob(f"{_FOLDER}*"):  # of a bot that was killed
            await asyncio.to_thread(shutil.rmtree, leftover, ignore_errors=True)
        folder = Path(tempfile.mkdtemp(prefix=_FOLDER, dir=data))
        try:
            await self._save_and_send(message, folder)
        finally:
            self._is_saving = False
            await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)

    async def _save_and_send(self, message: Message, folder: Path) -> None:
        words = words_for(asker_of(message))
        file = folder / f"dalil-{dt.datetime.now(dt.UTC):%Y%m%d-%H%M%S}.zip"
        try:
            about = await asyncio.to_thread(self._saved, file)
        except OSError:
            free = free_bytes(self._services.settings.data)
            await self._services.delivery.send(place_of(message), health.no_room_for_backup(free, words))
            return
        size = file.stat().st_size
        if size > _MOST_BYTES:
            await self._services.delivery.send(place_of(message), health.backup_too_large(size, words))
            return
        caption = health.backup_caption(about.elsewhere, words, with_index=about.with_index)
        deed = Deed(time.time(), asker_of(message).person, "backup", None, {"bytes": size, "index": about.with_index})
        await asyncio.to_thread(self._services.store.audit.note, deed)
        await self._services.bot.send_document(
            message.chat_id, file, caption, reply_to_message_id=message.message_id,
            allow_sending_without_reply=True, write_timeout=_UPLOAD, read_timeout=_UPLOAD,
        )  # fmt: skip

    def _saved(self, file: Path) -> About:
        """Writes the backup, whole if it is not too large to be sent."""
        saver = Saver(self._dalil.generations, self._dalil.shelf, self._dalil.state)
        about = saver.save(file, with_index=True)
        if file.stat().st_size <= _MOST_BYTES or not about.with_index:
            return about
        file.unlink()
        return saver.save(file, with_index=False)
