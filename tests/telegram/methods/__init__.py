"""The methods of the Bot API that the double plays, by their names in lower case."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from tests.telegram.calls import Call
from tests.telegram.methods import callbacks, changing, media, places, profile, receiving, sending

Method: TypeAlias = Callable[[Call], Any]

METHODS: dict[str, Method] = {
    name.lower(): method
    for table in (callbacks, changing, media, places, profile, receiving, sending)
    for name, method in table.METHODS.items()
}
