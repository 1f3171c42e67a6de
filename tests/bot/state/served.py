"""A state on a server that can be lost, and what can be compared of two states."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.state.database import Database, database_url
from bot.state.lasting.store import LastingStore, Places
from bot.state.store import Store
from tests.bot.state.material import contents

BOT, PERSON, OWNER = 5, 42, 7


@dataclass
class Served:
    """A server that can be lost, with a replica that knows all that it knew: in files, or a real one."""

    url: str
    folder: Path

    def opened(self) -> LastingStore:
        return LastingStore.at(Places(self.url, self.url, self.folder / "waiting"))

    def plain(self) -> Store:
        return Store.open(self.url)

    def contents(self) -> dict[str, list[dict[str, Any]]]:
        database = Database(database_url(self.url))
        try:
            return contents(database)
        finally:
            database.close()


def comparable(found: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """All that does not differ from one database to another by chance."""
    chance = {"salts", "limits", "facts"}
    return {
        name: sorted([{key: row[key] for key in row if (name, key) not in _BY_CHANCE} for row in rows], key=repr)
        for name, rows in found.items()
        if name not in chance
    }


_BY_CHANCE = {("unanswered", "id"), ("unanswered", "person_hash")}
