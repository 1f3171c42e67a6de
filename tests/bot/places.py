"""A place to work in: reports, the library made of them, and the command run on both."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from tests.bot.command import Finished, here

LAST: Final = "004_c9f28eff85eb5bad.txt"


def run(place: Path, *arguments: object) -> Finished:
    return here("--data", place / "data", *arguments)


def index(place: Path, *options: str) -> Finished:
    return run(place, "index", place / "reports", *options)


def refusal(done: Finished, code: int) -> str:
    """The one line that a refused command says."""
    assert (done.code, done.out) == (code, "")
    [line] = done.err.splitlines()
    assert line.startswith("dalil: ")
    return line


def lines(*values: object) -> str:
    """JSON Lines."""
    return "".join(json.dumps(value, ensure_ascii=False) + "\n" for value in values)


def asked(data: Path, *questions: str) -> list[dict[str, Any]]:
    """The replies to these questions, as JSON."""
    done = here("--data", data, "ask", "--jsonl", stdin=lines(*({"question": question} for question in questions)))
    assert done.code == 0
    return done.lines
