from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from index.errors import BuildFailed, LibraryLocked
from index.lock import building
from tests.reports import ROOT

HOLDER = """
import sys
from pathlib import Path
from index.lock import building
with building(Path(sys.argv[1])):
    print("holding", flush=True)
    sys.stdin.read()
"""


@contextmanager
def held_elsewhere(data: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Another process that holds the lock."""
    command = [sys.executable, "-c", HOLDER, str(data)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == b"holding\n"
        try:
            yield holder
        finally:
            holder.kill()


def test_the_second_builder_is_told_who_holds_the_lock(tmp_path: Path) -> None:
    with held_elsewhere(tmp_path) as holder, pytest.raises(LibraryLocked) as refused, building(tmp_path):
        pass
    assert f"another build is running (process {holder.pid} on " in str(refused.value)
    assert "since 2" in str(refused.value)


def test_a_refused_builder_leaves_the_lock_and_its_owner_alone(tmp_path: Path) -> None:
    with held_elsewhere(tmp_path) as holder:
        for _ in range(2):
            with pytest.raises(LibraryLocked, match=str(holder.pid)), building(tmp_path):
                pass


def test_the_lock_of_a_killed_builder_holds_nobody_up(tmp_path: Path) -> None:
    with held_elsewhere(tmp_path) as holder:
        holder.kill()
        holder.wait()
        assert (tmp_path / "build.owner").exists()
        with building(tmp_path):
            assert str(holder.pid) not in (tmp_path / "build.owner").read_text()
    assert not (tmp_path / "build.owner").exists()


def test_the_lock_is_free_after_a_build_that_failed(tmp_path: Path) -> None:
    with pytest.raises(KeyError), building(tmp_path):
        raise KeyError
    with building(tmp_path):
        pass


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for data in (tmp_path / "file", tmp_path / "file" / "data"):
        with pytest.raises(BuildFailed, match=f"cannot write below {data}"), building(data):
            pass
