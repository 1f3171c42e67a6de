"""Builds that are killed at a chosen step: ``python -m tests.index.killed_build DATA FOLDER``.

For each number read from standard input a build begins in a fork of this process, which has everything
imported; before the step of that number (making, writing, syncing, renaming or removing a file, as Python's
audit events tell) it kills itself with SIGKILL. Written back: ``killed``, or ``finished`` and the number of steps.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from index.embedders import load_embedder
from tests.index.builds import build

STEPS = {"open", "os.mkdir", "os.chmod", "os.rename", "os.remove", "os.rmdir", "shutil.rmtree", "sqlite3.connect"}


def main() -> None:
    data, folder = map(Path, sys.argv[1:])
    embedder = load_embedder("shipped")
    for line in sys.stdin:
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            steps = _killed_at(int(line))
            build(data, folder, embedder=embedder)
            os.write(writer, str(steps[0]).encode())
            os._exit(0)
        os.close(writer)
        status = os.waitpid(child, 0)[1]
        said = os.read(reader, 100).decode()
        os.close(reader)
        killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        print("killed" if killed else f"finished {said}", flush=True)  # noqa: T201


def _killed_at(step: int) -> list[int]:
    done = [0]

    def count(event: str, arguments: tuple[object, ...]) -> None:
        if event in STEPS and not (event == "open" and arguments[1] == "r"):
            done[0] += 1
            if done[0] == step:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    return done


if __name__ == "__main__":
    main()
