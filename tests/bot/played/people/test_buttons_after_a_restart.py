"""Buttons that were sent before the bot was restarted."""

from __future__ import annotations

import shutil
from pathlib import Path

from bot.phrases import PhraseName
from tests.bot.played.people.stage import INVISIBLE, quoted, shown
from tests.bot.played.people.words import ARABIC, SPENT
from tests.bot.played.process import running
from tests.telegram.double import Double


def test_buttons_work_after_a_restart_and_a_page_that_is_shown_is_not_shown_again(
    library: Path, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    shutil.copytree(library, data)
    with Double() as double:
        bot = double.bot("dalil_bot")
        person = double.person()
        chat = person.private(bot)
        with running(double, bot, data):
            person.starts()
            greeting = double.wait_for(lambda: chat.last_answer)
            person.says(SPENT)
            answer = double.wait_for(lambda: chat.bot_messages[1])
            person.says("وماذا عن 2023؟")
            follow_up = double.wait_for(lambda: chat.bot_messages[2])
            first = person.presses(answer, "مقاطع أخرى")
            double.wait_for(lambda: first.answered and answer.history_of_edits)
        shown_now = answer.button("السابق")["callback_data"].removesuffix("1") + "2"
        with running(double, bot, data):
            same = person.presses_with(answer, shown_now)
            good = person.presses(answer, "👍")
            literal = person.presses(follow_up, "ليس هذا ما قصدت")
            sample = person.presses(greeting, greeting.buttons[0])
            why = person.presses(answer, "لماذا هذا الجواب؟")
            double.wait_for(lambda: all(each.answered for each in (same, good, literal, sample, why)))
            assert good.text == ARABIC.say(PhraseName.THANKS_GOOD)
            double.wait_for(lambda: follow_up.history_of_edits and len(chat.bot_messages) == 5)
            assert len(answer.history_of_edits) == 1
            person.says("وماذا عن 2022؟")
            double.wait_for(lambda: len(chat.bot_messages) == 6)
            assert shown(chat.last_answer).startswith("فهمتُ")
        assert double.refusals == double.leaks == double.early_returns == double.unanswered == []
        assert all(quoted(each) for each in chat.bot_messages if INVISIBLE.sub("", each.text).startswith("الجواب"))
