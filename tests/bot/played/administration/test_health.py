"""/status, /backup, and alarms that come by themselves, once."""

from __future__ import annotations

import io
import shutil
import time
import zipfile
from pathlib import Path

import pytest

from bot.phrases import PhraseName, phrases
from bot.state.values import Job, JobState, new_answer_id
from tests.bot.played.people.stage import ADMINISTRATOR, Stage, playing, shown
from tests.telegram.people import Person

ARABIC = phrases("ar", isolates=False)


def test_an_administrator_sees_how_the_system_is(stage: Stage, administrator: Person) -> None:
    told = shown(stage.asks(administrator, "/status"))
    for fact in ("نسخة المكتبة: 1", "التقارير: 5", "المقاطع: 23", "المتاح على القرص", "python-telegram-bot 22.8"):
        assert fact in told


def test_an_administrator_is_sent_a_backup_that_can_be_opened(stage: Stage, administrator: Person) -> None:
    sent = stage.asks(administrator, "/backup")
    assert shown(sent) == ARABIC.say(PhraseName.BACKUP_WHOLE)
    upload = next(iter(stage.double.wait_for(lambda: stage.double.calls("sendDocument"))[-1].files.values()))
    with zipfile.ZipFile(io.BytesIO(upload.content)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
    assert {"dalil-backup.json", "state.sqlite"} <= set(names)
    assert any(name.startswith("generation/") for name in names)
    assert upload.name.endswith(".zip")
    assert "أخذ منى نسخة احتياطية" in shown(stage.asks(administrator, "/audit"))


@pytest.mark.parametrize("command", ["/status", "/backup"])
def test_a_citizen_finds_no_such_command(stage: Stage, citizen: Person, command: str) -> None:
    before = len(stage.double.calls("sendDocument"))
    assert shown(stage.asks(citizen, command)) == ARABIC.say(PhraseName.UNKNOWN_COMMAND)
    assert len(stage.double.calls("sendDocument")) == before


def heard(stage: Stage, person: Person, words: str) -> list[str]:
    return [shown(each) for each in person.private().bot_messages if words in shown(each)]


def fails(stage: Stage, error: str) -> None:
    """A build comes to nothing."""
    now = time.time()
    stage.store.jobs.add(Job(new_answer_id(), "change", None, now, {}, JobState.FAILED, ended=now, error=error))


def test_a_full_disk_and_a_failed_build_are_told_once(tmp_path: Path, seeds_data: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(seeds_data, data)
    with playing(data, DALIL_LEAST_FREE_MB=str(10**9)) as stage, stage.in_order():
        person = stage.double.person(id=ADMINISTRATOR)
        stage.reply_to(person.starts())
        stage.double.wait_for(lambda: heard(stage, person, "القرص"), 30)
        fails(stage, "خلل <b>")
        stage.double.wait_for(lambda: heard(stage, person, "خلل <b>"), 30)
    with playing(data, DALIL_LEAST_FREE_MB=str(10**9)) as stage, stage.in_order():
        person = stage.double.person(id=ADMINISTRATOR)
        stage.reply_to(person.starts())
        fails(stage, "عطل آخر")
        stage.double.wait_for(lambda: heard(stage, person, "عطل آخر"), 30)
        stage.settled()
        assert heard(stage, person, "القرص") == heard(stage, person, "خلل <b>") == []
