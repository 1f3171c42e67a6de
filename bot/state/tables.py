"""The tables, in types that SQLite and PostgreSQL share.

Each column that tells of a person or a chat says so (``Names``), and each that holds a person's words: forgetting a
person and moving a chat go through these marks, so that a table added later is not left out.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    text,
)

from bot.state.marks import KEPT, NAMES, Kept, Names

metadata: Final = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


_WAITING: Final = text("payload IS NOT NULL")


def _id(name: str, names: Names, **options: Any) -> Column[int]:
    return Column(name, BigInteger, info={NAMES: names}, autoincrement=False, **options)


def _text(name: str, names: Names, **options: Any) -> Column[str]:
    return Column(name, Text, info={NAMES: names}, **options)


updates: Final = Table(
    "updates",
    metadata,
    _id("bot", Names.BOT, primary_key=True),
    _id("update_id", Names.UPDATE, primary_key=True),
    _id("chat", Names.CHAT),
    _text("payload", Names.WORDS),  # null: done
    Column("received", Double, nullable=False),
    _id("begun_after", Names.MESSAGE),
    Column("owner", Integer),  # of processes that share the state, the one that handles it
    Index("ix_updates_waiting", "bot", "chat", "update_id", sqlite_where=_WAITING, postgresql_where=_WAITING),
    info={KEPT: Kept.IN_TRANSIT},
)

people: Final = Table(
    "people",
    metadata,
    _id("person", Names.PERSON, primary_key=True),
    Column("language", String(35)),  # the longest that RFC 5646 asks one to take
    Column("seen", Double, nullable=False),
)

roles: Final = Table(
    "roles",
    metadata,
    _id("person", Names.PERSON, primary_key=True),
    Column("role", String(16), nullable=False),
    info={KEPT: Kept.RIGHTS},
)

chats: Final = Table(
    "chats",
    metadata,
    _id("id", Names.CHAT, primary_key=True),
    Column("kind", String(16), nullable=False),
    _text("title", Names.NOBODY, nullable=False),
    Column("approval", String(16)),
    Column("greeted_at", Double),
    Column("blocked_at", Double),
)

chat_moves: Final = Table(
    "chat_moves",
    metadata,
    _id("old", Names.FORMER_CHAT, primary_key=True),
    _id("new", Names.CHAT, nullable=False),
)

memory: Final = Table(
    "memory",
    metadata,
    _id("chat", Names.CHAT, primary_key=True),
    Column("topic", Integer, primary_key=True, autoincrement=False),
    _id("person", Names.PERSON, primary_key=True),
    Column("turns", JSON, nullable=False, info={NAMES: Names.WORDS}),
    Column("remembered", Double, nullable=False),
    Index(None, "person"),
)

answers: Final = Table(
    "answers",
    metadata,
    Column("id", String(16), primary_key=True),
    _id("chat", Names.CHAT, nullable=False),
    Column("topic", Integer, nullable=False),
    _id("person", Names.PERSON),
    _id("question_message", Names.MESSAGE),
    _id("answer_message", Names.MESSAGE),
    _text("asked", Names.WORDS, nullable=False),
    _text("understood", Names.WORDS, nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("confidence", Double),
    Column("generation", Integer, nullable=False),
    Column("reply", JSON, nullable=False, info={NAMES: Names.NOBODY}),
    Column("scope", String(16), nullable=False),
    Column("is_follow_up", Boolean, nullable=False),
    Column("created", Double, nullable=False),
    Column("seconds", Double),  # null: not known, or not the answer to a new question
    Index(None, "chat", "question_message"),
    Index(None, "chat", "answer_message"),
    Index(None, "person"),
    Index(None, "created"),
)

feedback: Final = Table(
    "feedback",
    metadata,
    Column("answer", String(16), ForeignKey("answers.id", ondelete="CASCADE"), primary_key=True),
    _id("person", Names.PERSON, primary_key=True),
    Column("verdict", String(16), nullable=False),
    _text("reason", Names.WORDS),
    Column("given", Double, nullable=False),
    Index(None, "person"),
)

limits: Final = Table(
    "limits",
    metadata,
    _text("key", Names.KEY, primary_key=True),
    Column("tokens", Double, nullable=False),
    Column("at", Double, nullable=False),
    Column("refused", Boolean, nullable=False),
)

jobs: Final = Table(
    "jobs",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("kind", String(16), nullable=False),
    _id("asked_by", Names.PERSON),  # null: somebody at the terminal
    Column("asked", Double, nullable=False),
    Column("request", JSON, nullable=False, info={NAMES: Names.NOBODY}),
    Column("state", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("step", String(16)),
    Column("done", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("begun", Double),
    Column("ended", Double),
    Column("generation", Integer),
    Column("result", JSON, nullable=False, info={NAMES: Names.NOBODY}),
    _text("error", Names.NOBODY),
    Index(None, "asked_by"),
    Index(None, "state"),
)

invitations: Final = Table(
    "invitations",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("role", String(16), nullable=False),
    _id("made_by", Names.PERSON),  # null: somebody at the terminal
    Column("expires", Double, nullable=False),
    _id("used_by", Names.PERSON),
    info={KEPT: Kept.RIGHTS},
)

audit: Final = Table(
    "audit",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("at", Double, nullable=False),
    _id("who", Names.PERSON),  # null: somebody at the terminal
    Column("what", String(32), nullable=False),
    _id("whom", Names.PERSON),
    Column("details", JSON, nullable=False, info={NAMES: Names.NOBODY}),
    Index(None, "at"),
    info={KEPT: Kept.RIGHTS},
)

salts: Final = Table(
    "salts", metadata, Column("name", String(16), primary_key=True), Column("value", String(64), nullable=False)
)

unanswered: Final = Table(
    "unanswered",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("asked", Double, nullable=False),
    _text("question", Names.WORDS, nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("shown", Text, info={NAMES: Names.NOBODY}),
    Column("person_hash", String(64), info={NAMES: Names.HASH}, nullable=False),
    _id("person", Names.PERSON),  # only who is to be told, and so long
    Column("state", String(16), nullable=False),
    Index(None, "person_hash"),
    Index(None, "state"),
)

silences: Final = Table("silences", metadata, _id("person", Names.PERSON, primary_key=True))

digests: Final = Table(
    "digests",
    metadata,
    _id("person", Names.PERSON, primary_key=True),
    Column("due", Double, nullable=False),  # when the last one was due that they were sent
)

facts: Final = Table(
    "facts",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", JSON, nullable=False, info={NAMES: Names.NOBODY}),
)
