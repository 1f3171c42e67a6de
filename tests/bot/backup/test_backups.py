from __future__ import annotations

import io
import json
import os
import shutil
import sqlite3
import stat
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.administration_notices.changes import progress
from bot.backup.errors import DangerousBackup, NotABackup, NotEmpty
from bot.backup.restoring import Target, restore
from bot.backup.saving import Saver
from bot.phrases import PhraseName, phrases
from bot.shelf.proposing import Change
from bot.state.store import Store
from bot.state.values import Job, JobState, Role
from index.generations import FileGenerations
from tests.bot.command import dalil
from tests.bot.shelf.place import Place
from tests.index.builds import build, first_excerpt, names
from tests.reports import QUESTION, SEEDS

SEED_NAMES = {path.name for path in SEEDS.glob("*.txt")}


@pytest.fixture
def full(shelved: Path, tmp_path: Path) -> Place:
    """Documents in the folder, one from elsewhere, and a state."""
    place = Place(shutil.copytree(shelved, tmp_path / "full" / "data"))
    with Store.open(str(place.data / "state.sqlite")) as store:
        store.people.set_role(7, Role.OFFICIAL)
    return place


def save(place: Place, target: Path, *, with_index: bool = True) -> Path:
    Saver(place.generations, place.shelf, str(place.data / "state.sqlite")).save(target, with_index=with_index)
    return target


def at(data: Path) -> Target:
    return Target(data, data / "documents", data / "state.sqlite")


def test_what_was_saved_is_brought_back_elsewhere(full: Place, tmp_path: Path) -> None:
    staged = full.stage(title="مدارس")
    full.make(Change(publish=(staged.id,)))
    file = save(full, tmp_path / "backup.zip")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    about = restore(file, at(tmp_path / "new" / "data"))
    assert (about.generation, about.elsewhere) == (2, ())
    new = Place(tmp_path / "new" / "data")
    assert (new.files, new.names, new.generations.live()) == (full.files, full.names, 2)
    assert first_excerpt(new.data, QUESTION) == first_excerpt(full.data, QUESTION)
    with Store.open(str(new.data / "state.sqlite")) as store:
        assert store.people.role(7) is Role.OFFICIAL
    assert sorted(path.name for path in new.data.parent.iterdir()) == ["data"]
    assert {path.name for path in new.data.iterdir()} >= {"current", "documents", "generations", "state.sqlite"}
    assert new.make(Change(withdraw=("مدارس.txt",))) == 3


def test_without_the_index_it_is_built_of_the_documents(full: Place, tmp_path: Path) -> None:
    file = save(full, tmp_path / "small.zip", with_index=False)
    assert file.stat().st_size < save(full, tmp_path / "large.zip").stat().st_size / 2
    done = dalil("--data", tmp_path / "data", "restore", file)
    assert done.code == 0, done.err
    assert "generation 1 is live: 5 documents" in done.out
    assert names(tmp_path / "data") == SEED_NAMES


def test_documents_whose_files_are_elsewhere_are_named(tmp_path: Path) -> None:
    build(tmp_path / "data", SEEDS)
    done = dalil("--data", tmp_path / "data", "backup", tmp_path / "a.zip", "--without-index")
    assert done.code == 1
    assert done.err.count("not in it: ") == 5
    assert dalil("--data", tmp_path / "data", "backup", tmp_path / "b.zip").code == 0
    assert dalil("--data", tmp_path / "other", "restore", tmp_path / "b.zip").out.endswith("generation 1 is live\n")
    assert names(tmp_path / "other") == SEED_NAMES


def test_a_backup_is_whole_while_others_write_and_switch(full: Place, tmp_path: Path) -> None:
    over = threading.Event()
    number = full.build(Change(publish=(full.stage().id,)))

    def write() -> None:
        with Store.open(str(full.data / "state.sqlite")) as store:
            user = 100
            while not over.is_set():
                store.people.set_role(user, Role.OFFICIAL)
                store.people.seen(user, "ar", float(user))
                user += 1

    writer, switcher = threading.Thread(target=write), threading.Thread(target=full.adopt, args=(number,))
    writer.start()
    switcher.start()
    for each in range(4):
        save(full, tmp_path / f"{each}.zip")
    over.set()
    writer.join()
    switcher.join()
    for each in range(4):
        about = restore(tmp_path / f"{each}.zip", at(tmp_path / f"data-{each}"))
        new = Place(tmp_path / f"data-{each}")
        assert about.elsewhere == ()
        assert new.names == {name for name in new.files if name.endswith(".txt")}


def test_what_is_there_is_never_overwritten(full: Place, tmp_path: Path) -> None:
    file = save(full, tmp_path / "backup.zip")
    with pytest.raises(FileExistsError):
        save(full, file)
    for name in ("data/x", "documents/x", "state.sqlite"):
        target = Target(tmp_path / "data", tmp_path / "documents", tmp_path / "state.sqlite")
        there = tmp_path / name
        there.parent.mkdir(parents=True, exist_ok=True)
        there.write_text("x")
        with pytest.raises(NotEmpty):
            restore(file, target)
        assert there.read_text() == "x"
        there.unlink()
    restore(file, target)
    assert {path.name for path in (tmp_path / "documents").iterdir()} >= SEED_NAMES
    assert (tmp_path / "state.sqlite").is_file()


def test_what_is_staged_is_saved_and_what_was_under_way_is_ended(full: Place, tmp_path: Path) -> None:
    staged = full.stage(title="مدارس", audience="officials")
    request = {"publish": [staged.id], "withdraw": [], "message": 5}
    states = (JobState.QUEUED, JobState.BUILDING, JobState.WAITING, JobState.SWITCHING)
    with Store.open(str(full.data / "state.sqlite")) as store:
        for number, state in enumerate(states):
            store.jobs.add(Job(state.value, "change", 7, float(number), request, state, generation=9))
        store.jobs.add(Job("live", "change", 7, 9.0, request, JobState.SWITCHING, generation=1))
    restore(save(full, tmp_path / "backup.zip"), at(tmp_path / "new"))
    new = Place(tmp_path / "new")
    assert new.shelf.staged() == [staged]
    with Store.open(str(new.data / "state.sqlite")) as store:
        for state in states:
            job = store.jobs.get(state.value)
            assert job is not None
            assert (job.state, job.request["told"], job.generation) == (JobState.STOPPED, True, None)
            assert progress(job, 0.0, phrases("ar")).text == phrases("ar").say(PhraseName.TROUBLE_RESTORED)
        done = store.jobs.get("live")
        assert done is not None
        assert done.state is JobState.DONE, "its generation is the one that was saved"
    new.make(Change(publish=(staged.id,)))
    assert new.about("مدارس.txt").audience == "officials"


@pytest.mark.parametrize("name", ["../outside.txt", ".hidden.txt", "a/b.txt", "a.exe", ""])
def test_a_staged_document_whose_name_would_lead_elsewhere_is_refused(full: Place, tmp_path: Path, name: str) -> None:
    staged = full.stage()
    about = staged.model_copy(update={"name": name}).model_dump_json().encode()
    parts = {f"staged/{staged.id}/about.json": about}
    with pytest.raises(NotABackup):
        restore(changed(save(full, tmp_path / "backup.zip"), lambda there: there.update(parts)), at(tmp_path / "data"))


def changed(file: Path, change: Callable[[dict[str, bytes]], object]) -> Path:
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file


def about_of(**values: object) -> bytes:
    usual = {
        "format": 1,
        "made": "2024",
        "generation": None,
        "embedder": None,
        "with_index": False,
        "with_state": False,
    }
    return json.dumps({**usual, **values}).encode()


@pytest.mark.parametrize(
    "name",
    [
        "../outside.txt",
        "documents/../../outside.txt",
        "/outside.txt",
        "documents//outside.txt",
        "documents/./a.txt",
        "documents/.hidden/a.txt",
        "documents/",
        "current",
        "generations/000009/manifest.json",
        "state.sqlite-wal",
        "staged/0123456789/other",
        "staged/../0123456789/content",
    ],
)
def test_a_file_that_would_lead_elsewhere_is_refused(name: str, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bad.zip", "w") as archive:
        archive.writestr("dalil-backup.json", about_of())
        archive.writestr(zipfile.ZipInfo(name), b"x")
    with pytest.raises(DangerousBackup):
        restore(tmp_path / "bad.zip", at(tmp_path / "place" / "data"))
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["bad.zip"]


def test_a_link_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bad.zip", "w") as archive:
        archive.writestr("dalil-backup.json", about_of())
        link = zipfile.ZipInfo("documents/a.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(DangerousBackup, match="no ordinary file"):
        restore(tmp_path / "bad.zip", at(tmp_path / "data"))


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("dalil-backup.json", about_of())
        with archive.open("documents/zeros.txt", "w") as file:
            for _ in range(300):
                file.write(bytes(2**20))
    with pytest.raises(DangerousBackup, match="it would unpack to 314,"):
        restore(tmp_path / "bomb.zip", at(tmp_path / "data"))
    assert not (tmp_path / "data").exists()


def test_a_bomb_that_lies_about_its_size_is_found_out(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("dalil-backup.json", about_of())
        archive.writestr("documents/zeros.txt", bytes(5_000_000))
    size = (5_000_000).to_bytes(4, "little")
    (tmp_path / "bomb.zip").write_bytes(packed.getvalue().replace(size, (1000).to_bytes(4, "little")))
    with pytest.raises((NotABackup, DangerousBackup)):
        restore(tmp_path / "bomb.zip", at(tmp_path / "data"))
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    "change",
    [
        lambda parts: parts.pop("dalil-backup.json"),
        lambda parts: parts.update({"dalil-backup.json": b"{}"}),
        lambda parts: parts.update({"dalil-backup.json": about_of(format=3)}),
        lambda parts: parts.pop("state.sqlite"),
        lambda parts: parts.update({"state.sqlite": b"SQLite format 3\0" + bytes(5000)}),
        lambda parts: parts.update({"state.sqlite": parts["state.sqlite"][:9000]}),
        lambda parts: parts.pop("generation/manifest.json"),
        lambda parts: parts.update({"generation/texts.bin": b"x"}),
    ],
)
def test_a_damaged_backup_changes_nothing(
    full: Place, tmp_path: Path, change: Callable[[dict[str, bytes]], object]
) -> None:
    file = changed(save(full, tmp_path / "backup.zip"), change)
    with pytest.raises(NotABackup):
        restore(file, at(tmp_path / "place" / "data"))
    assert list((tmp_path / "place").iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"PK", b"no zip at all" * 100, os.urandom(5000)])
def test_what_is_no_zip_is_no_backup(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(content)
    done = dalil("--data", tmp_path / "data", "restore", tmp_path / "a.zip")
    assert done.code == 1
    assert done.err.startswith(f"dalil: {tmp_path / 'a.zip'} is no backup")


def test_a_state_of_a_newer_version_is_refused(full: Place, tmp_path: Path) -> None:
    with sqlite3.connect(full.data / "state.sqlite") as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    database.close()
    with pytest.raises(NotABackup, match="newer version"):
        restore(save(full, tmp_path / "backup.zip"), at(tmp_path / "data"))


def test_the_commands_say_what_they_did(full: Place, tmp_path: Path) -> None:
    done = dalil("--data", full.data, "backup", "--json", cwd=tmp_path)
    assert done.code == 0
    assert done.json["generation"] == 1
    file = tmp_path / done.json["file"]
    assert file.stat().st_size == done.json["bytes"]
    again = dalil("--data", full.data, "restore", file)
    assert (again.code, again.out) == (2, "")
    assert "is not empty" in again.err
    assert FileGenerations(full.data).live() == 1
