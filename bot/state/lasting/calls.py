"""What is said to the state as a value that a journal can keep."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import Any, Final

from bot.state.store import Store
from bot.state.unanswered import Asking
from bot.state.values import Approval, JsonObject, MemoryKey, StoredAnswer

_VALUES: Final = {kind.__name__: kind for kind in (StoredAnswer, MemoryKey, Asking)}
OPERATIONS: Final = frozenset(
    {
        "answers.add", "answers.sent", "memory.remember", "memory.forget", "feedback.give", "feedback.why",
        "unanswered.note", "chats.joined", "chats.greeted", "chats.approve", "chats.left", "chats.blocked",
        "chats.unblocked", "chats.migrate",
    }
)  # fmt: skip
"""What may wait: none of them needs to know more than it is told, so that it can be done later."""


@dataclass(frozen=True)
class Call:
    """One of the `OPERATIONS`, a part of the store and its method, with what it is told."""

    operation: str
    arguments: tuple[Any, ...] = ()
    options: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.operation not in OPERATIONS:
            raise ValueError(f"{self.operation} cannot wait")

    def done_in(self, store: Store) -> Any:
        """Does it; gives what the method gives."""
        part, _, method = self.operation.partition(".")
        return getattr(getattr(store, part), method)(*self.arguments, **self.options)

    def as_json(self) -> JsonObject:
        """In plain values that JSON can hold."""
        return {
            "operation": self.operation,
            "arguments": [_encoded(each) for each in self.arguments],
            "options": {name: _encoded(each) for name, each in self.options.items()},
        }

    @classmethod
    def from_json(cls, kept: JsonObject) -> Call:
        """What `as_json` gave."""
        options = {name: _decoded(each) for name, each in kept["options"].items()}
        return cls(kept["operation"], tuple(map(_decoded, kept["arguments"])), options)


def call(operation: str, *arguments: Any, **options: Any) -> Call:
    """A call as it is written."""
    return Call(operation, arguments, options)


def _encoded(value: Any) -> JsonObject:
    kind = type(value).__name__
    if isinstance(value, Approval):
        return {"kind": kind, "value": value.value}
    if kind in _VALUES:
        return {"kind": kind, "value": {each.name: getattr(value, each.name) for each in dataclasses.fields(value)}}
    return {"value": value}


def _decoded(kept: JsonObject) -> Any:
    kind, value = kept.get("kind"), kept["value"]
    if kind is None:
        return value
    return Approval(value) if kind == Approval.__name__ else _VALUES[kind](**value)
