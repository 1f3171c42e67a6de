"""Documents that administrators send: downloaded, staged, read at once, and shown with what may be done.

What came is noted with the staged documents before the update that brought it is done; showing it goes on after that,
and is taken up again after a restart.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import Any, Final

from telegram import Document, Message, Update
from telegram.error import BadRequest
from telegram.ext import BaseHandler, ContextTypes, MessageHandler, filters

from bot.address import FROM_PEOPLE, asker_of
from bot.administration_notices import staged as notices
from bot.administration_notices.saying import plain
from bot.attempts import repeated
from bot.handlers.administration.displaying import Displaying
from bot.handlers.administration.following import Following
from bot.handlers.administration.guarding import NEW_IN_PRIVATE, FromAdministrator
from bot.handlers.administration.office import Office
from bot.handling import patiently
from bot.jobs.requests import UnderWay
from bot.phrases import PhraseName
from bot.services import words_for
from bot.shelf.caption import understood
from bot.shelf.errors import TooLarge
from bot.shelf.sendings import Misread, Sending, album_of
from bot.shelf.staging import Incoming, Staged

Context = ContextTypes.DEFAULT_TYPE

_LARGEST: Final = 20 * 2**20  # bytes that Telegram hands over to bots (Bot API, getFile)
_TOGETHER: Final = 1.0  # seconds after a document of an album in which the next one comes
_LOOK: Final = 0.1
_DOWNLOAD: Final = 60.0  # seconds without a byte
_MOST_ALBUMS: Final = 1_000  # of photos, that are remembered at once
_EDITED: Final = filters.UpdateType.EDITED_MESSAGE & FROM_PEOPLE & filters.ChatType.PRIVATE


@dataclass
class Coming:
    """An album, as far as it has come."""

    sending: Sending
    busy: int = 0
    last: float = 0.0

    @property
    def is_whole(self) -> bool:
        """Whether nothing more comes."""
        return not self.busy and time.monotonic() - self.last > _TOGETHER


class Receiving:
    """The handler of documents."""

    def __init__(self, office: Office, displaying: Displaying, following: Following) -> None:
        self._office = office
        self._displaying = displaying
        self._following = following
        self._arrivals = office.dalil.shelf.arrivals
        self._albums: dict[str, Coming] = {}
        self._photos: dict[int, str] = {}  # of each chat, the last album

    def handlers(self) -> list[BaseHandler[Any, Any, Any]]:
        """In the order in which they are to be tried."""
        mine = FromAdministrator(self._office.services)
        return [
            MessageHandler(NEW_IN_PRIVATE & filters.Document.ALL & mine, self.came),
            MessageHandler(_EDITED & filters.Document.ALL & mine, self.edited),
            MessageHandler(NEW_IN_PRIVATE & filters.PHOTO & mine, self.photographed),
        ]

    async def start(self) -> None:
        """Takes up what came and was not shown before the bot was stopped."""
        for sending in (await patiently(self._arrivals.untold)).values():
            self._office.tasks.begin(self._show(sending))

    async def came(self, update: Update, context: Context) -> None:
        """A document, by itself or in an album, written or forwarded. It is staged and noted when this ends."""
        message = _message(update)
        sending = _sending(message)
        album = self._album(sending)
        album.busy += 1
        try:
            if await self._taken(message, sending):
                sending = album.sending = await self._acknowledged(message, sending)
        finally:
            album.busy -= 1
            album.last = time.monotonic()
        if sending.album is None:
            self._office.tasks.begin(self._show(sending))

    async def edited(self, update: Update, context: Context) -> None:
        """What is said of a document was changed in the message that brought it, or another file was put there."""
        message = _message(update)
        sending = _sending(message)
        known = await asyncio.to_thread(self._arrivals.known, sending)
        if known is None:
            await self._office.say(message, PhraseName.CAPTION_LATE)
        elif known.file != sending.file:
            await self.came(update, context)
        else:
            await self._reworded(message, sending, known)

    async def _reworded(self, message: Message, sending: Sending, known: Sending) -> None:
        """Takes over what a message says now, unless an update that is not over publishes what it brought."""
        try:
            async with self._office.changing:
                for each in await asyncio.to_thread(self._arrivals.of, known.group):
                    await self._office.check_free(each.id)
                staged = await asyncio.to_thread(self._arrivals.reword, sending)
        except UnderWay as error:
            await self._office.reply(message, await self._following.held(error.job, words_for(asker_of(message))))
            return
        if staged is None:
            return
        if known.shown is None or await self._displaying.is_taken(known):
            await asyncio.to_thread(self._arrivals.mark, sending.group, shown=None)
            known = await self._acknowledged(message, sending)
        self._office.tasks.begin(self._show(known))

    async def photographed(self, update: Update, context: Context) -> None:
        """A picture: a report is to be sent as a file. Of an album, that is said once."""
        message = _message(update)
        album = message.media_group_id
        if album is None or self._photos.get(message.chat_id) != album:
            self._photos = {**dict(list(self._photos.items())[-_MOST_ALBUMS:]), message.chat_id: album or ""}
            await self._office.say(message, PhraseName.SEND_AS_FILE)

    def _album(self, sending: Sending) -> Coming:
        if sending.album is None:
            return Coming(sending)
        if sending.album not in self._albums:
            self._albums[sending.album] = Coming(sending)
            self._office.tasks.begin(self._collect(sending.album))
        return self._albums[sending.album]

    async def _collect(self, album: str) -> None:
        await asyncio.sleep(_LOOK)
        while not self._albums[album].is_whole:
            await asyncio.sleep(_LOOK)
        await self._show(self._albums.pop(album).sending)

    async def _show(self, sending: Sending) -> None:
        """Shows what came with a message, and anew what of it was shown before."""
        await self._displaying.show(sending)
        await self._displaying.show_others(sending.group)

    async def _acknowledged(self, message: Message, sending: Sending) -> Sending:
        """The message with the one of ours that will show what came; those of an album share it."""
        shown = await asyncio.to_thread(self._arrivals.shown_in, sending.group)
        if shown is None:
            shown = await self._office.reply(message, plain(PhraseName.STAGED_READING, words_for(asker_of(message))))
        is_told = shown is None  # nobody is there to read it
        await asyncio.to_thread(self._arrivals.mark, sending.group, shown=shown, told=is_told)
        return sending.model_copy(update={"shown": shown})

    async def _taken(self, message: Message, sending: Sending) -> Staged | None:
        """The document once it is staged; None if it cannot be, which is said."""
        office, words, document = self._office, words_for(asker_of(message)), message.document
        assert document is not None  # the handler's filters see to it
        name = document.file_name or ""
        folder = str(office.dalil.shelf.documents)
        content = await self._downloaded(document)
        if content is None:
            await office.reply(message, notices.too_large(name, folder, words))
            return None
        try:
            async with office.changing:
                if same := await asyncio.to_thread(self._arrivals.same, content):
                    await office.check_free(same.id)
                return await asyncio.to_thread(self._arrivals.receive, Incoming(content, name, by=sending.by), sending)
        except UnderWay as error:
            await office.reply(message, await self._following.held(error.job, words))
            return None
        except TooLarge as error:
            await office.reply(message, notices.over_limit(name, error.limit // 2**20, words))
            return None

    async def _downloaded(self, document: Document) -> bytes | None:
        """What the document holds; None if Telegram does not hand it over for its size."""
        if document.file_size and document.file_size > _LARGEST:
            return None
        try:
            file = await repeated(lambda: self._office.services.bot.get_file(document.file_id))
        except BadRequest as error:
            if "too big" in error.message.lower():
                return None
            raise
        return bytes(await repeated(lambda: file.download_as_bytearray(read_timeout=_DOWNLOAD)))


def _message(update: Update) -> Message:
    message = update.effective_message
    assert message is not None  # the handlers' filters see to it
    return message


def _sending(message: Message) -> Sending:
    """A message that brings a document, with what it says of it."""
    asker, document = asker_of(message), message.document
    found = understood((message.caption or "").encode("utf-8", "replace").decode())
    return Sending(
        chat=message.chat_id,
        message=message.message_id,
        by=asker.person,
        album=album_of(message.chat_id, message.media_group_id),
        file=document.file_unique_id if document else "",
        language=asker.language,
        said=found.entry,
        fault=Misread.of(found.fault) if found.fault else None,
    )
