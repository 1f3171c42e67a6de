"""Settings: from the environment or ``.env``, checked before anything else, listed in ``.env.example``."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from bot.composition import Dalil
from bot.settings import Settings, read_settings
from tests.bot.command import dalil, here
from tests.reports import ROOT


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DALIL_MAX_FILE_MB", "abc"),
        ("DALIL_MAX_FILE_MB", "0"),
        ("DALIL_MAX_FILE_MB", "1e9"),
        ("DALIL_READ_SECONDS", "0"),
        ("DALIL_READ_SECONDS", "nan"),
        ("DALIL_READ_SECONDS", "inf"),
        ("DALIL_READ_MEMORY_MB", "1"),
        ("DALIL_EMBEDDER", ""),
        ("DALIL_DIGEST", "sunday"),
        ("DALIL_DIGEST", "sunday 24:00"),
        ("DALIL_DIGEST", ""),
        ("DALIL_TIME_ZONE", "Africa"),
        ("DALIL_TIME_ZONE", "../UTC"),
        ("DALIL_TIME_ZONE", ""),
    ],
)
def test_a_wrong_setting_is_named_in_one_line(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    done = here("status")
    assert (done.code, done.out) == (2, "")
    [line] = done.err.splitlines()
    assert line.startswith(f"dalil: {name} = {value!r}: ")


def test_a_file_of_settings_is_read_and_the_environment_wins(seeds_data: Path, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(f"DALIL_DATA={seeds_data}\nOTHER_PROGRAM=1\n", encoding="utf-8")
    assert dalil("status", "--json", cwd=tmp_path).json["data"] == str(seeds_data)
    assert dalil("status", cwd=tmp_path, DALIL_DATA="elsewhere").code == 2
    assert dalil("--data", "elsewhere", "status", cwd=tmp_path).code == 2


def test_a_file_of_settings_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"DALIL_DATA=\xff\xfe\n")
    done = dalil("status", cwd=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("dalil: .env cannot be read: ")


def test_the_example_lists_every_setting_with_its_default_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    listed = re.findall(r"^#? ?((?:DALIL|TELEGRAM)_\w+)=.*$", text, flags=re.MULTILINE)
    fields = [field.validation_alias or f"DALIL_{name.upper()}" for name, field in Settings.model_fields.items()]
    assert sorted(listed) == sorted(fields)
    monkeypatch.chdir(tmp_path)
    defaults = read_settings()
    shutil.copy(ROOT / ".env.example", ".env")
    assert read_settings() == defaults


def test_the_state_is_on_the_server_unless_it_is_said_to_be_elsewhere(tmp_path: Path) -> None:
    server = "postgresql://me:hidden@db.example.org/dalil"
    plain = Settings(data=tmp_path)
    assert Dalil(plain).state == str(tmp_path / "state.sqlite")
    shared = Settings(data=tmp_path, database_url=server)
    assert Dalil(shared).state == server
    assert "hidden" not in repr(shared)
    assert Dalil(Settings(data=tmp_path, database_url=server, state="here.db")).state == "here.db"
