"""Groups: the bot comes and goes, administrators let it in, a group becomes a supergroup."""

from __future__ import annotations

import asyncio
import time
from functools import partial
from typing import Any

import structlog
from telegram import Chat as TelegramChat
from telegram import ChatMember, ChatMemberRestricted, ChatMemberUpdated, Message, Update
from telegram.constants import ChatType
from telegram.error import BadRequest, TelegramError
from telegram.ext import BaseHandler, ChatMemberHandler, ContextTypes, MessageHandler, filters

from bot import notices
from bot.address import person_of
from bot.attempts import repeated
from bot.delivery import Place
from bot.phrases import PhraseName, phrases
from bot.services import Services
from bot.state.values import Approval, Chat, ChatKind, Role

Context = ContextTypes.DEFAULT_TYPE

_THERE = frozenset({ChatMember.MEMBER, ChatMember.ADMINISTRATOR, ChatMember.OWNER})
_GROUPS: dict[str, ChatKind] = {ChatType.GROUP: "group", ChatType.SUPERGROUP: "supergroup"}
_log = structlog.get_logger("dalil.joining")


class Joining:
    """The handlers of what happens to the bot in chats."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def handlers(self) -> list[BaseHandler[Any, Any, Any]]:
        """In the order in which they are to be tried."""
        return [
            ChatMemberHandler(self.changed, ChatMemberHandler.MY_CHAT_MEMBER),
            MessageHandler(filters.UpdateType.MESSAGE & filters.StatusUpdate.MIGRATE, self.migrated),
        ]

    async def changed(self, update: Update, context: Context) -> None:
        """The bot was added, removed, blocked or unblocked."""
        change = update.my_chat_member
        assert change is not None
        is_there = _is_there(change.new_chat_member)
        _log.info("chat changed", chat=change.chat.id, status=change.new_chat_member.status)
        if change.chat.type == ChatType.PRIVATE:
            await self._in_private(change, is_there=is_there)
        elif (kind := _GROUPS.get(change.chat.type)) is None:
            return
        elif is_there:
            await self._added(change, kind)
        else:
            await asyncio.to_thread(self._services.store.chats.left, change.chat.id)

    async def _in_private(self, change: ChatMemberUpdated, *, is_there: bool) -> None:
        chats = self._services.store.chats
        if is_there:
            await asyncio.to_thread(chats.unblocked, change.chat.id)
        else:
            await asyncio.to_thread(chats.blocked, change.chat.id, now=time.time())

    async def _added(self, change: ChatMemberUpdated, kind: ChatKind) -> None:
        by = person_of(change.from_user)
        is_decided = self._services.settings.groups == "any" or self._services.desk.role(by) is Role.ADMINISTRATOR
        approval = Approval.APPROVED if is_decided else Approval.WAITING
        chat = await asyncio.to_thread(
            self._services.store.chats.joined, change.chat.id, kind, change.chat.title or "", approval=approval
        )
        if chat.approval is Approval.WAITING:
            if not _is_there(change.old_chat_member):
                await ask_administrators(self._services, chat)
        else:
            await greet(self._services, chat.id, change.from_user.language_code)

    async def migrated(self, update: Update, context: Context) -> None:
        """A group became a supergroup: Telegram says so in both chats."""
        message = update.effective_message
        assert message is not None
        if message.migrate_to_chat_id:
            old, new = message.chat_id, message.migrate_to_chat_id
        elif message.migrate_from_chat_id:
            old, new = message.migrate_from_chat_id, message.chat_id
        else:
            return
        await asyncio.to_thread(self._services.store.chats.migrate, old, new)


async def noticed(services: Services, chat: TelegramChat) -> None:
    """Somebody asks in a group where the bot was before administrators had to decide: they are asked to."""
    kind = _GROUPS.get(chat.type)
    if kind is None or await asyncio.to_thread(services.store.chats.get, chat.id) is not None:
        return
    joined = services.store.chats.joined
    known = await asyncio.to_thread(joined, chat.id, kind, chat.title or "", approval=Approval.WAITING)
    await ask_administrators(services, known)


async def ask_administrators(services: Services, chat: Chat) -> None:
    """Asks every administrator who can be written to whether the bot may answer in a group."""
    for administrator in await asyncio.to_thread(services.desk.administrators):
        try:
            await ask_about(services, administrator, chat)
        except BadRequest as error:  # one who has never started the bot is asked when that happens
            _log.warning("administrator not reached", person=administrator, error=error.message)


async def ask_about(services: Services, administrator: int, chat: Chat) -> None:
    """Asks an administrator in private whether the bot may answer in a group."""
    await services.delivery.send(Place(administrator), notices.approval_request(chat.title, chat.id, phrases(None)))


async def ask_about_waiting(services: Services, administrator: int) -> None:
    """Asks an administrator about all groups that wait for it."""
    for chat in await asyncio.to_thread(services.store.chats.waiting):
        await ask_about(services, administrator, chat)


def _is_there(member: ChatMember) -> bool:
    return member.status in _THERE or (isinstance(member, ChatMemberRestricted) and member.is_member)


async def greet(services: Services, chat: int, language: str | None) -> None:
    """Says once in a group how to ask."""
    if await asyncio.to_thread(services.store.chats.greeted, chat, now=time.time()):
        await services.delivery.send(Place(chat), notices.notice(PhraseName.GROUP_GREETING, phrases(language)))


async def decided(services: Services, message: Message, group: int, *, yes: bool) -> None:
    """An administrator let the bot into a group, or not; ``message`` asked, and says from then on what was decided."""
    moved = await asyncio.to_thread(services.store.chats.migrated, group)
    group = group if moved is None else moved
    chat = await asyncio.to_thread(services.store.chats.get, group)
    title = chat.title if chat else str(group)
    if yes and await asyncio.to_thread(services.store.chats.approve, group):
        await greet(services, group, None)
    elif not yes and chat is not None and await asyncio.to_thread(services.store.chats.left, group):
        try:
            await repeated(partial(services.bot.leave_chat, group))
        except TelegramError as error:
            _log.info("could not leave", chat=group, error=error.message)
    now = await asyncio.to_thread(services.store.chats.get, group)
    is_in = now is not None and now.approval is Approval.APPROVED
    said = notices.approved if is_in else notices.left_group
    await services.showing.show(message, said(title, phrases(None)))
