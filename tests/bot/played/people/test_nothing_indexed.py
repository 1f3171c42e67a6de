"""A bot that is started before anything is indexed, and that answers as soon as something is."""

from __future__ import annotations

import shutil
from pathlib import Path

from bot.phrases import PhraseName
from tests.bot.played.people.stage import playing, quoted, shown
from tests.bot.played.people.words import ARABIC, SPENT


def test_until_something_is_indexed_that_is_said(library: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    with playing(data) as stage, stage.in_order():
        person = stage.newcomer()
        assert shown(stage.asks(person, "/start")) == ARABIC.say(PhraseName.GREETING_ALONE)
        for text in (SPENT, "/documents"):
            assert shown(stage.asks(person, text)) == ARABIC.say(PhraseName.NOTHING_INDEXED)
        assert shown(stage.asks(person, "/why")) == ARABIC.say(PhraseName.RECEIPT_NONE_YET)
        for kept in library.iterdir():
            if not kept.name.startswith("state"):
                copy = shutil.copytree if kept.is_dir() else shutil.copy
                copy(kept, data / kept.name)
        assert any("93.21٪" in each for each in quoted(stage.asks(person, SPENT)))
