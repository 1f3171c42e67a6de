"""Documents that administrators send: downloaded, staged, read at once, and shown with what may be done."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final

from telegram import Document, Message, Update
from telegram.error import BadRequest
from telegram.ext import BaseHandler, ContextTypes, MessageHandler, filters

from bot.address import asker_of
from bot.administration_notices import staged as notices
from bot.administration_notices.saying import plain
from bot.attempts import repeated
from bot.buttons import Rendered
from bot.handlers.administration.following import Following
from bot.handlers.administration.guarding import NEW_IN_PRIVATE, FromAdministrator
from bot.handlers.administration.office import Office
from bot.jobs.requests import UnderWay
from bot.phrases import PhraseName
from bot.services import words_for
from bot.shelf.caption import caption
from bot.shelf.errors import CaptionError, NotStaged, TooLarge
from bot.shelf.staging import Incoming, Staged
from index.catalogue import Entry

Context = ContextTypes.DEFAULT_TYPE

_LARGEST: Final = 20 * 2**20  # bytes that Telegram hands over to bots (Bot API, getFile)
_TOGETHER: Final = 1.0  # seconds after a document of an album in which the next one comes
_LOOK: Final = 0.1
_DOWNLOAD: Final = 60.0  # seconds without a byte
_OF_ALL: Final = frozenset({"place", "published", "audience"})  # what is said of one document of an album is of all


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of a document; if that was not understood, it is for officials only until somebody corrects it."""

    entry: Entry
    fault: CaptionError | None = None

    @classmethod
    def read(cls, text: str) -> Said:
        """What a caption says."""
        try:
            return cls(caption(text.encode("utf-8", "replace").decode()))
        except CaptionError as error:
            return cls(Entry(audience="officials"), error)


@dataclass
class Album:
    """Documents that came together, as far as they have."""

    message: Message
    came: list[tuple[Staged, Said]] = field(default_factory=list)
    busy: int = 0
    last: float = 0.0

    @property
    def is_whole(self) -> bool:
        """Whether nothing more comes."""
        return not self.busy and time.monotonic() - self.last > _TOGETHER


class Receiving:
    """The handler of documents."""

    def __init__(self, office: Office, following: Following) -> None:
        self._office = office
        self._following = following
        self._albums: dict[tuple[int, str], Album] = {}

    def handlers(self) -> list[BaseHandler[Any, Any, Any]]:
        """The one handler."""
        mine = FromAdministrator(self._office.services)
        return [MessageHandler(NEW_IN_PRIVATE & filters.Document.ALL & mine, self.came)]

    async def came(self, update: Update, context: Context) -> None:
        """A document, by itself or in an album, written or forwarded. It is staged when this ends."""
        message = update.effective_message
        assert message is not None  # the handler's filters see to it
        assert message.document is not None
        album = self._album(message)
        album.busy += 1
        try:
            said = Said.read(message.caption or "")
            staged = await self._taken(message, message.document, said)
            if staged:
                album.came.append((staged, said))
        finally:
            album.busy -= 1
            album.last = time.monotonic()
        if message.media_group_id is None:
            self._office.tasks.begin(self._show(album))

    def _album(self, message: Message) -> Album:
        if message.media_group_id is None:
            return Album(message)
        key = message.chat_id, message.media_group_id
        if key not in self._albums:
            self._albums[key] = Album(message)
            self._office.tasks.begin(self._collect(key))
        return self._albums[key]

    async def _collect(self, key: tuple[int, str]) -> None:
        await asyncio.sleep(_LOOK)
        while not self._albums[key].is_whole:
            await asyncio.sleep(_LOOK)
        album = self._albums.pop(key)
        common = next((said.entry for _, said in album.came if said.entry.model_fields_set & _OF_ALL), None)
        for staged, said in album.came:
            if common and not said.entry.model_fields_set:
                with suppress(UnderWay, NotStaged):  # somebody was quicker: what is said of it now counts
                    async with self._office.changing:
                        await asyncio.to_thread(self._say_of, staged, common, _OF_ALL)
        await self._show(album)

    async def _taken(self, message: Message, document: Document, said: Said) -> Staged | None:
        """The document once it is staged; None if it cannot be, which is said."""
        office, words, name = self._office, words_for(asker_of(message)), document.file_name or ""
        folder = str(office.dalil.shelf.documents)
        content = await self._downloaded(document)
        if content is None:
            await office.reply(message, notices.too_large(name, folder, words))
            return None
        try:
            by = asker_of(message).person
            async with office.changing:
                return await asyncio.to_thread(self._stage, Incoming(content, name, said.entry, by))
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

    def _stage(self, incoming: Incoming) -> Staged:
        """Stages a document, or gives the staged one of the same content with what is said of it now."""
        shelf, content = self._office.dalil.shelf, incoming.content
        assert isinstance(content, bytes)
        sha256 = hashlib.sha256(content).hexdigest()
        same = next((each for each in shelf.staged() if each.sha256 == sha256), None)
        if same is None:
            return shelf.stage(incoming)
        try:
            return self._say_of(same, incoming.entry, incoming.entry.model_fields_set)
        except NotStaged:  # it was published or discarded this moment
            return shelf.stage(incoming)

    def _say_of(self, staged: Staged, entry: Entry, fields: frozenset[str] | set[str]) -> Staged:
        """Takes these fields of ``entry`` over.

        Raises:
            NotStaged: it does not wait any more.
            UnderWay: an update that is not over publishes it.
        """
        if job := self._office.queue.holding(staged.id):
            raise UnderWay(job)
        told = {each: getattr(entry, each) for each in fields & entry.model_fields_set}
        if not told:
            return staged
        changed = Entry.model_validate({**staged.entry.model_dump(exclude_unset=True), **told})
        return self._office.dalil.shelf.edit(staged.id, changed, replaces=staged.replaces)

    async def _show(self, album: Album) -> None:
        """Reads what came and shows it: one document with all that is known of it, several in a list."""
        if not album.came:
            return
        office, message, words = self._office, album.message, words_for(asker_of(album.message))
        sent = await office.reply(message, plain(PhraseName.STAGED_READING, words))
        shown = await self._read(album.came, message)
        if sent is not None:
            await office.board.show(message.chat_id, sent, shown)

    async def _read(self, came: Sequence[tuple[Staged, Said]], message: Message) -> Rendered:
        office, words, seen = self._office, words_for(asker_of(message)), []
        for staged, _ in came:
            try:
                seen.append(await office.inspect(staged.id))
            except NotStaged:  # another administrator was quicker
                continue
        faults = [said.fault for _, said in came if said.fault]
        waiting = await asyncio.to_thread(office.dalil.shelf.staged)
        if len(came) == 1 and seen:
            fault = faults[0] if faults else None
            return notices.card(seen[0], words, fault=fault, others=len(waiting) - 1)
        return notices.with_faults(notices.waiting(waiting, words), faults, words)
