"""python-telegram-bot itself talks to the double."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from PIL import Image
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, ReplyParameters, Update
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter
from telegram.ext import (
    AIORateLimiter,
    Application,
    CallbackQueryHandler,
    ContextTypes,
    ExtBot,
    MessageHandler,
    filters,
)

from tests.telegram import faults
from tests.telegram.accounts import Account
from tests.telegram.double import Double
from tests.telegram.people import Attachment, Person
from tests.telegram.running import HOST, free_port

KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton("المزيد", callback_data="more:1")]])


def using(double: Double, bot: Account, work: Callable[[Bot], Awaitable[None]]) -> None:
    """Run a coroutine with a real Bot."""

    async def run() -> None:
        async with Bot(bot.token, base_url=double.base_url, base_file_url=double.base_file_url) as client:
            await work(client)

    asyncio.run(run())


def application(double: Double, bot: Account) -> Application[Any, Any, Any, Any, Any, Any]:
    """An application that repeats texts with a button, and shows more when it is pressed."""

    async def repeat(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message is not None
        await update.message.reply_html(f"<b>{update.message.text}</b>", reply_markup=KEYBOARD)

    async def more(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.callback_query is not None
        await update.callback_query.answer("حسنا")
        await update.callback_query.edit_message_text("المزيد من الكلام")

    builder = Application.builder().token(bot.token).base_url(double.base_url).base_file_url(double.base_file_url)
    built = builder.build()
    built.add_handlers([MessageHandler(filters.TEXT, repeat), CallbackQueryHandler(more)])
    return built


async def converse(double: Double, person: Person) -> None:
    """A question, its answer, a button, the edited answer."""
    question = person.says("ما هذا؟")
    answer = await double.until(lambda: person.private().last_answer)
    assert answer.bold == [question.text]
    press = person.presses(answer, "المزيد")
    await double.until(lambda: answer.history_of_edits and press.answered)
    assert (press.text, answer.text, answer.buttons) == ("حسنا", "المزيد من الكلام", [])
    assert double.refusals == []


def test_an_application_converses_by_polling(double: Double, bot: Account) -> None:
    async def run() -> None:
        async with application(double, bot) as app:
            assert app.updater is not None
            await app.updater.start_polling()
            await app.start()
            await converse(double, double.person())
            await app.updater.stop()
            await app.stop()

    asyncio.run(run())
    assert not bot.pending


def test_an_application_converses_by_webhook(double: Double, bot: Account) -> None:
    port = free_port()

    async def run() -> None:
        async with application(double, bot) as app:
            assert app.updater is not None
            url = f"http://{HOST}:{port}/hook"
            await app.updater.start_webhook(HOST, port, "hook", webhook_url=url, secret_token="a-secret")
            await app.start()
            await converse(double, double.person())
            await app.updater.stop()
            await app.stop()

    asyncio.run(run())
    assert {status for _, status in bot.webhook.attempts} == {200}


def _picture(width: int, height: int) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (width, height)).save(written, "PNG")
    return written.getvalue()


def test_files_go_both_ways(double: Double, bot: Account, person: Person) -> None:
    sent = person.sends_document(Attachment(b"%PDF-1.7 text", "تقرير.pdf"), caption="/add")
    album = person.sends_album([Attachment(b"a"), Attachment(b"b", name=None, mime=None, tells_size=False)])
    assert len({message.body["media_group_id"] for message in album}) == 1
    large = person.sends_document(Attachment(b"x", claimed_size=21 * 1024 * 1024, tells_size=False))

    async def work(client: Bot) -> None:
        updates = await client.get_updates()
        assert updates[0].message is not None
        assert updates[0].message.document is not None
        assert updates[0].message.document.file_name == "تقرير.pdf"
        file = await client.get_file(sent.body["document"]["file_id"])
        assert bytes(await file.download_as_bytearray()) == b"%PDF-1.7 text"
        with pytest.raises(BadRequest, match="File is too big"):
            await client.get_file(large.body["document"]["file_id"])
        answer = await client.send_document(
            person.id, b"csv", caption="<b>x</b>", parse_mode="HTML", filename="جدول.csv"
        )
        assert answer.document is not None
        assert answer.document.file_name == "جدول.csv"
        shown = await client.send_photo(person.id, _picture(30, 20), caption="y")
        assert [(size.width, size.height) for size in shown.photo] == [(30, 20)]
        for refused, problem in ((b"jpeg", "Image_process_failed"), (_picture(210, 10), "Photo_invalid_dimensions")):
            with pytest.raises(BadRequest, match=problem):
                await client.send_photo(person.id, refused)

    using(double, bot, work)
    assert person.private().bot_messages[0].bold == ["x"]


def test_every_other_method_is_understood_by_the_library(double: Double, bot: Account, person: Person) -> None:
    group = double.group(person)
    double.groups.add(bot, group, person, as_admin=True)
    said = person.says("ما عدد السكان في المدينة؟")

    async def work(client: Bot) -> None:
        assert (await client.get_me()).id == bot.id
        await client.send_chat_action(person.id, "typing")
        await client.send_message_draft(person.id, 7, "ما عدد")
        quote = ReplyParameters(said.id, quote="عدد السكان")
        answer = await client.send_message(person.id, "x", reply_parameters=quote)
        assert answer.quote is not None
        assert answer.quote.text == "عدد السكان"
        await client.set_message_reaction(person.id, said.id, "👍")
        await client.set_my_commands([("ask", "اسأل")], language_code="ar")
        assert [one.command for one in await client.get_my_commands(language_code="ar")] == ["ask"]
        await client.delete_my_commands(language_code="ar")
        await client.set_my_description("وصف", "ar")
        assert (await client.get_my_description("ar")).description == "وصف"
        assert (await client.get_chat(group.id)).title == "Group"
        assert (await client.get_chat_member(group.id, person.id)).status == "creator"
        assert {one.user.id for one in await client.get_chat_administrators(group.id)} == {person.id, bot.id}
        assert await client.get_chat_member_count(group.id) == 2
        copied = await client.copy_message(group.id, person.id, said.id)
        assert (await client.forward_message(group.id, person.id, said.id)).forward_origin is not None
        await client.pin_chat_message(group.id, copied.message_id)
        assert await client.delete_messages(person.id, [answer.message_id, 999])
        assert (await client.get_webhook_info()).pending_update_count == len(bot.pending)
        assert len(await client.get_updates()) == len(bot.pending)
        assert await client.leave_chat(group.id)

    using(double, bot, work)
    assert [action.action for action in person.private().actions] == ["typing"]
    assert [(draft.id, draft.text) for draft in person.private().drafts] == [(7, "ما عدد")]
    assert said.reactions == ["👍"]
    assert double.refusals == []


def test_the_library_raises_its_own_errors(double: Double, bot: Account, person: Person) -> None:
    group = double.group(person)
    double.groups.add(bot, group, person)
    double.groups.migrate(group, person)

    async def work(client: Bot) -> None:
        with pytest.raises(ChatMigrated):
            await client.send_message(group.id, "x")
        person.blocks()
        with pytest.raises(Forbidden):
            await client.send_message(person.id, "x")
        person.unblocks()
        double.fails("sendMessage", faults.too_many(3))
        with pytest.raises(RetryAfter) as flood:
            await client.send_message(person.id, "x")
        assert "Retry in 3 seconds" in flood.value.message
        for fault in (faults.server_error(), faults.bad_gateway(), faults.dropped(), faults.dropped(applied=True)):
            double.fails("sendMessage", fault)
            with pytest.raises(NetworkError):
                await client.send_message(person.id, fault.kind)
        for fault in (faults.half_open(), faults.slow(1)):
            double.fails("sendMessage", fault)
            with pytest.raises(NetworkError, match="Timed out"):
                await client.send_message(person.id, fault.kind, read_timeout=0.2)

    using(double, bot, work)
    assert [message.text for message in person.private().bot_messages] == ["dropped", "slow"]
    assert double.refusals == [
        "sendMessage: Bad Request: group chat was upgraded to a supergroup chat",
        "sendMessage: Forbidden: bot was blocked by the user",
    ]


def test_the_rate_limiter_of_the_library_waits_as_long_as_it_is_told(
    double: Double, bot: Account, person: Person
) -> None:
    async def run() -> None:
        limiter = AIORateLimiter(max_retries=1)
        async with ExtBot(bot.token, base_url=double.base_url, rate_limiter=limiter) as client:
            double.fails("sendMessage", faults.too_many(1))
            await asyncio.gather(*[client.send_message(person.id, text) for text in "abc"])

    asyncio.run(run())
    assert [one.status for one in double.calls("sendMessage", bot)].count(429) == 1
    assert len(person.private().bot_messages) == 3
    assert double.early_returns == []


def test_a_wrong_token_is_an_invalid_token(double: Double) -> None:
    async def run() -> None:
        with pytest.raises(InvalidToken):
            await Bot(f"1:{'x' * 35}", base_url=double.base_url).initialize()

    asyncio.run(run())


def test_two_pollers_on_one_token_both_get_conflicts(double: Double, bot: Account) -> None:
    async def poll(client: Bot) -> int:
        conflicts = 0
        for _ in range(3):
            try:
                await client.get_updates(timeout=1)
            except Conflict:
                conflicts += 1
            await asyncio.sleep(0.02)
        return conflicts

    async def work(client: Bot) -> None:
        async with Bot(bot.token, base_url=double.base_url) as other:
            assert all(await asyncio.gather(poll(client), poll(other)))
        assert double.conflicts >= 2
        await client.set_webhook("http://127.0.0.1:1/")
        with pytest.raises(Conflict, match="webhook is active"):
            await client.get_updates()

    using(double, bot, work)
