"""What the bot of one data folder has done about the library and must not do again: a small file beside it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TypeAlias

from bot.shelf.files import write

Fact: TypeAlias = str | int | float | bool | None


class Remembered:
    """Facts by name, written at once. One process at a time uses them: the one that serves the data folder."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._facts: dict[str, Fact] | None = None

    def get(self, name: str) -> Fact:
        """The fact of that name; None if there is none. A file that cannot be read is an empty one."""
        return self._read().get(name)

    def put(self, name: str, fact: Fact) -> None:
        """From now on this is so.

        Raises:
            OSError: it cannot be written; until the next start it is so nevertheless.
        """
        facts = self._facts = {**self._read(), name: fact}
        write(self._file, json.dumps(facts, ensure_ascii=False))

    def _read(self) -> dict[str, Fact]:
        if self._facts is None:
            try:
                read = json.loads(self._file.read_text(encoding="utf-8"))
            except (OSError, ValueError):
                read = {}
            self._facts = read if isinstance(read, dict) else {}
        return self._facts
