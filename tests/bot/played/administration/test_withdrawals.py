"""Answers from a report that is withdrawn: marked in private, for as long as the settings say."""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.phrases import PhraseName, phrases
from tests.bot.command import dalil
from tests.bot.played.people.stage import Stage, answer_id, playing, shown
from tests.reports import SEEDS
from tests.telegram.messages import Message

WITHDRAWN = phrases("ar", isolates=False).say(PhraseName.WITHDRAWN)
LASTING = "كم بلغ معدل صرف رأس مال الاستثمار العام في عام 2024؟"
PASSING = "كم بلغت نسبة المنازل التي تستخدم الإنترنت عبر الألياف الضوئية في لونغ آن؟"
PASSING_WORDS = "88.9%"


@contextmanager
def playing_in(folder: Path, seeds_data: Path, **settings: str) -> Iterator[Stage]:
    shutil.copytree(seeds_data, folder / "data")
    shutil.copytree(SEEDS, folder / "reports")
    with playing(folder / "data", **settings) as stage:
        stage.double.wait_for(lambda: stage.store.facts.get("generation"), 15)
        with stage.in_order():
            yield stage


def withdraws(stage: Stage, folder: Path, words: str) -> None:
    """The library without the report that says this; waits until the bot has done what follows."""
    for file in (folder / "reports").glob("*.txt"):
        if words in file.read_text(encoding="utf-8"):
            file.unlink()
    done = dalil("--data", folder / "data", "index", folder / "reports")
    assert done.code == 0, done.err
    live = int((folder / "data" / "current").read_text())
    stage.double.wait_for(lambda: stage.store.facts.get("generation") == live, 30)


def is_marked(message: Message) -> bool:
    return shown(message) == WITHDRAWN and not message.buttons


def test_answers_from_a_withdrawn_report_are_marked_once(tmp_path: Path, seeds_data: Path) -> None:
    with playing_in(tmp_path, seeds_data) as stage:
        person, other = stage.newcomer(), stage.newcomer()
        group = stage.group(other)
        gone, lasting = stage.asks(person, PASSING), stage.asks(person, LASTING)
        public = stage.asks(other, f"/ask {PASSING}", group)
        assert PASSING_WORDS in shown(gone)
        withdraws(stage, tmp_path, PASSING_WORDS)
        assert is_marked(gone)
        assert lasting.history_of_edits == public.history_of_edits == []
        withdraws(stage, tmp_path, "كا ماو")
        assert len(gone.history_of_edits) == 1


@pytest.mark.parametrize("hours", ["0", "1"])
def test_old_answers_and_those_of_who_does_not_want_it_stay(tmp_path: Path, seeds_data: Path, hours: str) -> None:
    with playing_in(tmp_path, seeds_data, DALIL_WITHDRAWN_HOURS=hours) as stage:
        answer = stage.asks(stage.newcomer(), PASSING)
        if hours != "0":
            _is_older(tmp_path / "data" / "state.sqlite", answer_id(answer))
        withdraws(stage, tmp_path, PASSING_WORDS)
        assert answer.history_of_edits == []


def _is_older(state: Path, answer: str) -> None:
    with sqlite3.connect(state, timeout=5) as connection:
        connection.execute("UPDATE answers SET created = ? WHERE id = ?", (time.time() - 3_700, answer))
    connection.close()
