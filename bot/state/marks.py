"""What a column or a table tells of people and chats."""

from __future__ import annotations

from enum import Enum, auto
from typing import Any, Final

from sqlalchemy import Column, Table


class Names(Enum):
    """What a column names."""

    BOT = auto()
    UPDATE = auto()
    PERSON = auto()
    CHAT = auto()
    FORMER_CHAT = auto()  # an id that no chat has any more
    MESSAGE = auto()  # within its chat: nullable, for it means nothing once the chat has another id
    KEY = auto()  # a text with ids of people and chats between colons
    HASH = auto()  # a person by a hash with the state's own salt: rows go when the person is forgotten
    WORDS = auto()  # what a person said
    NOBODY = auto()  # public text: reports, and titles of groups


class Kept(Enum):
    """Why a table keeps its rows when a person is forgotten."""

    RIGHTS = auto()  # an administrator stays one, and who gave and used rights stays told
    IN_TRANSIT = auto()  # an update goes when it is done; the request to be forgotten is itself one


KEPT: Final = "kept"
NAMES: Final = "names"


def naming(table: Table, names: Names) -> list[Column[Any]]:
    """The columns of a table that name such a thing."""
    return [column for column in table.columns if column.info.get(NAMES) is names]
