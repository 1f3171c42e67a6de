"""A conversation goes on where it was after its library was moved to PostgreSQL."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.bot.command import dalil
from tests.bot.played.process import running
from tests.index.postgres.server import fresh_database
from tests.telegram.accounts import Account
from tests.telegram.double import Double
from tests.telegram.messages import Message
from tests.telegram.people import Person


def answer_to(double: Double, person: Person, asked: Message) -> Message:
    def answered() -> Message | None:
        answer = person.private().last_answer
        return answer if answer is not None and answer.reply_to_id == asked.id else None

    found: Message = double.wait_for(answered)
    return found


def test_what_was_asked_before_is_remembered_and_what_is_asked_meanwhile_is_answered(
    double: Double, bot: Account, person: Person, seeds_data: Path, tmp_path: Path
) -> None:
    data, address = shutil.copytree(seeds_data, tmp_path / "data"), fresh_database()
    with running(double, bot, data):
        asked = person.says("كم مرتبة لونغ آن في مؤشر التحول الرقمي لعام 2021؟")
        answer_to(double, person, asked)
        assert dalil("--data", data, "migrate", address).code == 3, "the bot is still running"
    again = person.says("وماذا عن 2022؟")
    moved = dalil("--data", data, "migrate", DALIL_DATABASE_URL=address)
    assert moved.code == 0, moved.err
    with running(double, bot, data, DALIL_DATABASE_URL=address):
        assert "2022" in (answer_to(double, person, again).text or "")
        refused = dalil("--data", tmp_path / "back", "migrate", "--to-files", DALIL_DATABASE_URL=address)
        assert (refused.code, "a bot is running on postgresql://" in refused.err) == (3, True)
