"""Follow-up questions in ``dalil chat`` and ``dalil ask --jsonl``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.phrases import PhraseName
from bot.terminal import SAY
from tests.bot.command import Finished, dalil, here
from tests.bot.places import asked, lines
from tests.bot.test_cli_terminal import terminal

RANK = "ما الترتيب الذي حققته لونغ آن عام 2021 في مؤشر التحول الرقمي؟"
RANK_IN_2022 = "ما الترتيب الذي حققته لونغ آن عام 2022 في مؤشر التحول الرقمي؟"
FOLLOW_UP = "وماذا عن 2022؟"
UNDERSTOOD = SAY(PhraseName.UNDERSTOOD, question=RANK_IN_2022)


def said(data: Path, *typed: str) -> Finished:
    return here("--data", data, "chat", stdin="".join(f"{line}\n" for line in typed))


def replies(data: Path, *questions: tuple[str, object]) -> list[dict[str, Any]]:
    values = [{"question": question, "conversation": name} for question, name in questions]
    done = here("--data", data, "ask", "--jsonl", stdin=lines(*values))
    assert done.code == 0
    return done.lines


def test_a_chat_says_how_it_understood_a_follow_up(seeds_data: Path) -> None:
    done = said(seeds_data, RANK, FOLLOW_UP)
    assert done.code == 0
    assert done.out.count(UNDERSTOOD) == 1
    assert not done.out.startswith(UNDERSTOOD), "the first question was complete"


def test_a_chat_says_nothing_of_the_kind_about_complete_questions(seeds_data: Path) -> None:
    assert SAY(PhraseName.UNDERSTOOD, question="") not in said(seeds_data, RANK, RANK_IN_2022).out


def test_a_chat_that_begins_anew_remembers_nothing(seeds_data: Path) -> None:
    done = said(seeds_data, RANK, "/new", FOLLOW_UP)
    assert SAY(PhraseName.NEW_DONE) in done.out
    assert UNDERSTOOD not in done.out


def test_a_person_at_a_terminal_follows_up(seeds_data: Path) -> None:
    with terminal("--data", seeds_data, "chat") as person:
        assert "/new" in person.wait_for(SAY(PhraseName.TERMINAL_PROMPT))
        person.type(RANK + "\n")
        person.wait_for(SAY(PhraseName.TERMINAL_PROMPT))
        person.type(FOLLOW_UP + "\n")
        assert UNDERSTOOD in person.wait_for(SAY(PhraseName.TERMINAL_PROMPT))


def test_lines_of_one_conversation_share_its_memory(seeds_data: Path) -> None:
    first, second = replies(seeds_data, (RANK, "a"), (FOLLOW_UP, "a"))
    assert (first["question"], first["understood"]) == (RANK, RANK)
    assert (second["question"], second["understood"]) == (FOLLOW_UP, RANK_IN_2022)
    assert list(first) == list(second)


def test_a_completed_question_gets_the_reply_that_it_gets_when_typed(seeds_data: Path) -> None:
    completed = replies(seeds_data, (RANK, 1), (FOLLOW_UP, 1))[1]
    [typed] = asked(seeds_data, RANK_IN_2022)
    same = typed.keys() - {"id", "question", "elapsed_ms"}
    assert {name: completed[name] for name in same} == {name: typed[name] for name in same}


@pytest.mark.parametrize(("one", "other"), [("a", "b"), (1, "1"), ("a", None), (None, None), (["a"], {"a": 1})])
def test_lines_of_other_conversations_or_of_none_share_nothing(seeds_data: Path, one: object, other: object) -> None:
    assert replies(seeds_data, (RANK, one), (FOLLOW_UP, other))[1]["understood"] == FOLLOW_UP


def test_lines_without_a_conversation_share_nothing(seeds_data: Path) -> None:
    assert asked(seeds_data, RANK, FOLLOW_UP)[1]["understood"] == FOLLOW_UP


def test_a_single_question_follows_up_nothing(seeds_data: Path) -> None:
    done = dalil("--data", seeds_data, "ask", FOLLOW_UP, "--json")
    assert done.json["understood"] == FOLLOW_UP
