"""The conversation in the README is what the bot sends, word for word."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.bot.played.process import running
from tests.bot.played.telling import stands_in_the_readme, told
from tests.telegram.accounts import Account
from tests.telegram.double import Double
from tests.telegram.messages import Message
from tests.telegram.people import Person

ASKED = (
    "السلام عليكم، كم مرتبة لونغ آن في مؤشر التحول الرقمي لعام 2021؟",
    "وماذا عن 2022؟",
    "كيف أطبخ الكبسة؟",
)


def test_the_conversation_in_the_readme_is_what_the_bot_sends(
    double: Double, bot: Account, person: Person, seeds_data: Path, tmp_path: Path
) -> None:
    data = shutil.copytree(seeds_data, tmp_path / "data")
    lines: list[str] = []
    with running(double, bot, data):
        for question in ASKED:
            asked = person.says(question)

            def answered(to: Message = asked) -> Message | None:
                answer = person.private().last_answer
                return answer if answer is not None and answer.reply_to_id == to.id else None

            lines += [f"أنت: {question}", "", *told(double.wait_for(answered)), ""]
    stands_in_the_readme(lines)
