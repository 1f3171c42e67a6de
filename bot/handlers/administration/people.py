"""Invitations, the list of people with rights, and the audit log."""

from __future__ import annotations

import asyncio
import time
from typing import Any, Final

import structlog
from telegram import BotCommandScopeChat, Update
from telegram.error import BadRequest, TelegramError
from telegram.ext import BaseHandler, CommandHandler, ContextTypes, MessageHandler, filters
from telegram.helpers import create_deep_linked_url

from bot.address import asker_of
from bot.administration_notices import people
from bot.administration_notices.paging import paged
from bot.buttons import ButtonKind, Rendered
from bot.handlers.administration.guarding import (
    NEW_IN_PRIVATE,
    FromAdministrator,
    is_administrator,
    names_of,
    told,
)
from bot.handlers.greeting import tell_commands
from bot.handlers.joining import ask_about_waiting
from bot.notices import Notice, notice
from bot.numbers import telegram_id
from bot.phrases import PhraseName, phrases
from bot.press import Press
from bot.services import Services, place_of, words_for
from bot.staff import Accepted, Irremovable, LastAdministrator, NotAllowed, Staff
from bot.state.rights import TOKEN_LETTERS
from bot.state.values import Role

Context = ContextTypes.DEFAULT_TYPE

_INVITATION: Final = filters.Regex(rf"\A/start(@\w+)? +[A-Za-z0-9_-]{{{TOKEN_LETTERS}}}\Z")
_MOST_DEEDS: Final = 500  # that the log is shown back to
_MOST_MENUS: Final = 1_000  # of which it is remembered that a button was pressed
_WELCOMES: Final[dict[Role, Notice]] = {
    Role.OFFICIAL: PhraseName.WELCOME_OFFICIAL,
    Role.ADMINISTRATOR: PhraseName.WELCOME_ADMINISTRATOR,
}
_log = structlog.get_logger("dalil.people")


class People:
    """The handlers of all that gives and takes rights."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._staff = Staff(services.store, services.settings.admins)
        self._invited_by: dict[tuple[int, int], None] = {}

    def handlers(self) -> list[BaseHandler[Any, Any, Any]]:
        """In the order in which they are to be tried, before those of everybody's commands and buttons."""
        mine = NEW_IN_PRIVATE & FromAdministrator(self._services)
        return [
            MessageHandler(NEW_IN_PRIVATE & _INVITATION, self.opened),
            CommandHandler("invite", self.invite, mine),
            CommandHandler("people", self.people, mine),
            CommandHandler("audit", self.audit, mine),
        ]

    async def invite(self, update: Update, context: Context) -> None:
        """Asks as what somebody shall be invited."""
        message = update.effective_message
        assert message is not None  # the handlers' filters see to it
        await self._services.delivery.send(place_of(message), people.invite_menu(words_for(asker_of(message))))

    async def people(self, update: Update, context: Context) -> None:
        """Lists everybody with rights."""
        message = update.effective_message
        assert message is not None  # the handlers' filters see to it
        await self._services.delivery.send(place_of(message), await self._people(1, asker_of(message).language))

    async def audit(self, update: Update, context: Context) -> None:
        """Lists what people with rights did."""
        message = update.effective_message
        assert message is not None  # the handlers' filters see to it
        await self._services.delivery.send(place_of(message), await self._audit(1, asker_of(message).language))

    async def opened(self, update: Update, context: Context) -> None:
        """Somebody opened the link of an invitation: who is first has its role, and both are told."""
        message = update.effective_message
        assert message is not None  # the handler's filters see to it
        asker = asker_of(message)
        assert asker.person is not None
        await asyncio.to_thread(self._services.store.chats.joined, message.chat_id, "private", "", approval=None)
        token = (message.text or "").split()[-1]
        given = await asyncio.to_thread(self._staff.accept, token, asker.person, now=time.time())
        if not isinstance(given, Accepted):
            refusal: Notice = PhraseName.INVITATION_WORTHLESS if given is None else PhraseName.INVITATION_UNNEEDED
            await self._services.say(message, refusal)
            return
        _log.info("invitation accepted", person=asker.person, role=given.role.value)
        await self._services.say(message, _WELCOMES[given.role])
        if given.role is Role.ADMINISTRATOR:
            await tell_commands(self._services.bot, administrators=[message.chat_id])
        if given.by is not None and given.by != asker.person:
            name = message.from_user.full_name if message.from_user else ""
            await told(self._services, given.by, people.accepted(asker.person, name, given.role, phrases(None)))
        if given.role is Role.ADMINISTRATOR:
            await ask_about_waiting(self._services, message.chat_id)

    async def pressed(self, press: Press) -> None:
        """Whatever was pressed."""
        what = press.what
        match what.kind:
            case ButtonKind.INVITE if what.argument in (Role.OFFICIAL, Role.ADMINISTRATOR):
                await self._make_invitation(press, Role(what.argument))
            case ButtonKind.PEOPLE if _is_number(what.argument):
                await self._services.answer(press.query)
                await self._show_people(press, int(what.argument))
            case ButtonKind.AUDIT if _is_number(what.argument):
                await self._services.answer(press.query)
                shown = await self._audit(int(what.argument), press.asker.language)
                await self._services.showing.show(press.message, shown)
            case ButtonKind.DISMISS if (person := telegram_id(what.id)) is not None:
                await self._dismiss(press, person)
            case _:
                await self._services.answer(press.query, PhraseName.BUTTON_OLD)

    async def _make_invitation(self, press: Press, role: Role) -> None:
        """Shows a link in place of the menu, which makes one only however often it is pressed."""
        await self._services.answer(press.query)
        key = press.message.chat_id, press.message.message_id
        if key in self._invited_by:
            return
        self._invited_by = {**dict(list(self._invited_by.items())[-_MOST_MENUS:]), key: None}
        token = await asyncio.to_thread(
            self._services.store.rights.invite, role, by=press.asker.person, now=time.time()
        )
        link = create_deep_linked_url(self._services.bot.username, token)
        await self._services.showing.show(press.message, people.invitation(role, link, words_for(press.asker)))

    async def _dismiss(self, press: Press, person: int) -> None:
        """Asks whether a person shall lose their rights, or takes them."""
        member = next((each for each in await asyncio.to_thread(self._staff.all) if each.person == person), None)
        if member is None:
            await self._services.answer(press.query)
            await self._show_people(press, 1)
        elif member.fixed:
            await self._services.answer(press.query, PhraseName.IRREMOVABLE)
        elif press.what.argument == "yes":
            await self._take_rights(press, person)
        else:
            await self._services.answer(press.query)
            names = await names_of(self._services, [person])
            await self._services.showing.show(press.message, people.dismissal(member, names, words_for(press.asker)))

    async def _take_rights(self, press: Press, person: int) -> None:
        by = press.asker.person
        assert by is not None  # the guard knows them
        try:
            was_removed = await asyncio.to_thread(self._staff.dismiss, person, by=by, now=time.time())
        except Irremovable:
            await self._services.answer(press.query, PhraseName.IRREMOVABLE)
            return
        except LastAdministrator:
            await self._services.answer(press.query, PhraseName.LAST_ADMINISTRATOR)
            return
        except NotAllowed:
            await self._services.answer(press.query, PhraseName.ADMINISTRATORS_ONLY)
            return
        await self._services.answer(press.query)
        if await asyncio.to_thread(is_administrator, self._services, press.asker):
            await self._show_people(press, 1)
        else:  # they have removed themselves
            await self._services.showing.show(press.message, notice(PhraseName.DISMISSED, words_for(press.asker)))
        if was_removed:
            await self._told_of_dismissal(person, is_self=person == by)

    async def _told_of_dismissal(self, person: int, *, is_self: bool) -> None:
        if await asyncio.to_thread(self._services.store.chats.get, person) is None:
            return
        if not is_self:
            await told(self._services, person, notice(PhraseName.DISMISSED, phrases(None)))
        for language in (None, "ar", "en"):
            try:
                scope = BotCommandScopeChat(person)
                await self._services.bot.delete_my_commands(scope, language_code=language)
            except BadRequest as error:
                _log.info("commands not taken back", person=person, error=error.message)
            except TelegramError as error:  # they are only shown: whoever sends one is refused
                _log.warning("commands not taken back", person=person, error=error.message)

    async def _show_people(self, press: Press, number: int) -> None:
        await self._services.showing.show(press.message, await self._people(number, press.asker.language))

    async def _people(self, number: int, language: str | None) -> Rendered:
        members = await asyncio.to_thread(self._staff.all)
        shown = paged(members, number, people.PEOPLE_ON_A_PAGE).shown
        names = await names_of(self._services, [each.person for each in shown])
        return people.people_page(members, number, names, phrases(language))

    async def _audit(self, number: int, language: str | None) -> Rendered:
        deeds = await asyncio.to_thread(self._services.store.audit.newest, _MOST_DEEDS)
        shown = paged(deeds, number, people.DEEDS_ON_A_PAGE).shown
        names = await names_of(self._services, sorted(people.people_of(shown)))
        return people.audit_page(deeds, number, names, phrases(language))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 20
