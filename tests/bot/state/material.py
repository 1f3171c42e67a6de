"""Answers to store, rows for every table, and other processes that use a database.

``python -m tests.bot.state.material WHAT PLACE NAME``: opens the database when a line comes in, then works.
"""

from __future__ import annotations

import itertools
import subprocess
import sys
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bot.state.database import Database, inserting
from bot.state.marks import NAMES, Names, naming
from bot.state.salting import salted
from bot.state.store import Store
from bot.state.tables import metadata
from bot.state.values import StoredAnswer, new_answer_id
from tests.reports import ROOT

numbers = itertools.count(1)


def answer(**changes: Any) -> StoredAnswer:
    """An answer given in a private chat, but for the changes."""
    given: dict[str, Any] = {
        "id": new_answer_id(),
        "chat": 42,
        "topic": 0,
        "person": 42,
        "question_message": 7,
        "answer_message": None,
        "asked": "كم بلغت؟",
        "understood": "كم بلغت النسبة؟",
        "outcome": "answer",
        "confidence": 0.75,
        "generation": 3,
        "reply": {"excerpts": [{"document": "a.txt", "start": 1, "end": 5}]},
        "scope": "private",
        "is_follow_up": True,
        "created": 1000.25,
    }
    return StoredAnswer(**{**given, **changes})


def row(table: sa.Table, chat: int, person: int, words: str) -> dict[str, Any]:
    """A row of any table that tells of a chat and a person, and holds these words wherever it can hold some."""
    number = next(numbers)
    named = {
        Names.CHAT: chat,
        Names.PERSON: person,
        Names.KEY: f"asking:{person}:{chat}",
        Names.MESSAGE: number,
        Names.BOT: 1,
        Names.UPDATE: number,
        Names.FORMER_CHAT: -number,
        Names.NOBODY: "public",
        Names.WORDS: words,
        Names.HASH: f"hash {number}",
    }
    plain = {sa.Double: 1.5, sa.Integer: 0, sa.Boolean: False, sa.Text: words, sa.JSON: [words], sa.String: "left"}
    return {
        column.name: named[column.info[NAMES]] if NAMES in column.info else plain[type(column.type)]
        for column in table.columns
    }


def fill(database: Database, chat: int, person: int, words: str) -> None:
    """Puts such a row into every table there is, whichever those are."""
    answer_id = f"answer {next(numbers)}"
    with database.writing() as connection:
        for table in metadata.sorted_tables:
            made = row(table, chat, person, words)
            links = {column.name: answer_id for column in table.columns if column.foreign_keys}
            if isinstance(getattr(table.columns.get("id"), "type", None), sa.String):
                links["id"] = answer_id if table.name == "answers" else f"row {next(numbers)}"
            links |= {column.name: salted(connection, person) for column in naming(table, Names.HASH)}
            connection.execute(inserting(connection, table).values({**made, **links}).on_conflict_do_nothing())


def contents(database: Database) -> dict[str, list[dict[str, Any]]]:
    """All rows of all tables."""
    with database.reading() as connection:
        return {
            table.name: [dict(found) for found in connection.execute(sa.select(table)).mappings()]
            for table in metadata.sorted_tables
        }


def started(what: str, place: Path | str, name: object) -> subprocess.Popen[str]:
    """Another process, ready to work as soon as a line is written to it."""
    command = [sys.executable, "-m", "tests.bot.state.material", what, str(place), str(name)]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    return process


def go(processes: list[subprocess.Popen[str]]) -> list[list[str]]:
    """Lets them all work at once; what each has said."""
    for process in processes:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    said = [process.communicate(timeout=60)[0].split() for process in processes]
    assert [process.returncode for process in processes] == [0] * len(processes)
    return said


def main() -> None:
    """What the other process does: see the tests."""
    what, place, name = sys.argv[1:]
    print("ready", flush=True)  # noqa: T201
    sys.stdin.readline()
    with Store.open(place) as store:
        if what == "taking":
            taken = [store.limits.take("shared", rate_per_minute=1, burst=20, now=1000.0) for _ in range(30)]
            print(*[one.allowed for one in taken])  # noqa: T201
        for number in range(1_000_000 if what == "adding" else 1):
            print(store.updates.add(1, number, None, name, now=float(number)), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
