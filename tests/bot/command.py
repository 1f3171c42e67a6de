"""Runs the command ``dalil``: in a process of its own, as people do, or (quicker, the same code) in this one."""

from __future__ import annotations

import io
import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Final, NamedTuple

from bot.cli import main
from tests.reports import ROOT

COMMAND: Final = (sys.executable, "-P", "-m", "bot.cli")
ELSEWHERE: Final = tempfile.gettempdir()  # where neither a .env nor our packages lie


class Finished(NamedTuple):
    """What a run left."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        """Each line of the output, read as JSON."""
        return [json.loads(line) for line in self.out.splitlines()]


def environment(**settings: str) -> dict[str, str]:
    """This process's environment with these settings of Dalil and no others."""
    inherited = {
        name: value for name, value in os.environ.items() if not name.startswith(("DALIL_", "TELEGRAM_", "NO_COLOR"))
    }
    return {**inherited, **settings, "PYTHONPATH": str(ROOT)}


def dalil(*arguments: object, stdin: str = "", cwd: Path | None = None, **settings: str) -> Finished:
    """Runs the command in a process of its own."""
    done = subprocess.run(
        [*COMMAND, *map(str, arguments)],
        input=stdin.encode(errors="surrogateescape"),
        capture_output=True,
        cwd=cwd or ELSEWHERE,
        env=environment(**settings),
        timeout=120,
    )
    return _finished(done.returncode, done.stdout, done.stderr)


def dalil_on_a_full_disk(largest: int, *arguments: object) -> Finished:
    """Runs the command where no file can grow beyond ``largest`` bytes: writing more fails, as on a full disk."""
    done = subprocess.run(
        [*COMMAND, *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        cwd=ELSEWHERE,
        env={**environment(), "PYTHONDONTWRITEBYTECODE": "1"},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest)),
        timeout=120,
    )
    return _finished(done.returncode, done.stdout, done.stderr)


def here(*arguments: object, stdin: str = "") -> Finished:
    """Runs the command in this process, with streams of its own."""
    standard = sys.argv, sys.stdin, sys.stdout, sys.stderr
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    sys.argv = ["dalil", *map(str, arguments)]
    sys.stdin = io.TextIOWrapper(io.BytesIO(stdin.encode(errors="surrogateescape")), encoding="utf-8")
    sys.stdout, sys.stderr = out, err
    code: object = None
    try:
        main()
    except SystemExit as leaving:
        code = leaving.code
    finally:
        sys.argv, sys.stdin, sys.stdout, sys.stderr = standard
    written = []
    for stream in (out, err):
        stream.flush()
        written.append(stream.buffer.getvalue())
    assert isinstance(code, int)
    return _finished(code, *written)


def _finished(code: int, out: bytes, err: bytes) -> Finished:
    finished = Finished(code, out.decode(), err.decode())
    assert "Traceback" not in finished.err, finished.err
    return finished
