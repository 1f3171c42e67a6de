"""What the bot has done about the library and must not do again."""

from __future__ import annotations

import json
from pathlib import Path

from bot.state.facts import Fact
from bot.state.store import Store


class Remembered:
    """Facts by name, in the state: all processes that share it know them."""

    def __init__(self, store: Store) -> None:
        self._facts = store.facts

    def get(self, name: str) -> Fact:
        """The fact of that name; None if there is none.

        Raises:
            StateUnavailable: the state cannot be read.
        """
        return self._facts.get(name)

    def put(self, name: str, fact: Fact) -> None:
        """From now on this is so.

        Raises:
            StateUnavailable: the state cannot be written.
        """
        self._facts.put(name, fact)


def take_over(file: Path, store: Store) -> None:
    """Brings what earlier versions kept in a file beside the data into the state, where that knows nothing of it.

    Raises:
        StateUnavailable: the state cannot be written; the file is left.
    """
    try:
        told = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return
    for name, fact in told.items() if isinstance(told, dict) else ():
        store.facts.suggest(name, fact)
    file.unlink(missing_ok=True)
