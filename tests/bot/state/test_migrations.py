from __future__ import annotations

import inspect
import io
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.dialects import postgresql, sqlite

from bot.state.database import Database, database_url, upsert
from bot.state.migrating import configuration
from bot.state.store import Store
from bot.state.tables import metadata, roles
from bot.state.unanswered import Asking
from bot.state.values import Approval, Chat, Deed, Finding, Job, JobState, MemoryKey, Role
from tests.bot.state.material import answer
from tests.postgres_server import Server

PARTS = {"unansweredquestions": "unanswered"}  # the others are called as their class is


def test_the_migrations_make_exactly_the_tables(store: Store, database: Database) -> None:
    with database.reading() as connection:
        options = {"compare_type": True, "compare_server_default": True}
        assert compare_metadata(MigrationContext.configure(connection, opts=options), metadata) == []
        tables = sa.inspect(connection)
        for table in metadata.sorted_tables:
            assert tables.get_pk_constraint(table.name)["constrained_columns"] == list(table.primary_key.columns.keys())
            links = [link["options"].get("ondelete") for link in tables.get_foreign_keys(table.name)]
            assert links == [link.ondelete for link in table.foreign_keys]


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_every_migration_can_be_undone(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    if kind == "sqlite":
        undone(str(tmp_path / "state.db"))
    else:
        server: Server = request.getfixturevalue("postgres")
        with server.database() as url:
            undone(url)


def undone(place: str) -> None:
    with Store.open(place) as store:
        store.people.set_role(1, Role.OFFICIAL)
    database = Database(database_url(place))
    with database.changing_tables() as connection:
        config = configuration()
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
        assert sa.inspect(connection).get_table_names() == ["alembic_version"]
    database.close()
    with Store.open(place) as store:
        assert store.people.role(1) is Role.CITIZEN


def test_the_migrations_are_written_for_postgresql_too() -> None:
    written = io.StringIO()
    context = MigrationContext.configure(
        dialect_name="postgresql", opts={"as_sql": True, "output_buffer": written, "literal_binds": True}
    )
    with Operations.context(context):
        for script in reversed(list(ScriptDirectory.from_config(configuration()).walk_revisions())):
            script.module.upgrade()
    for table in metadata.sorted_tables:
        assert f"CREATE TABLE {table.name}" in written.getvalue()
    assert "DOUBLE PRECISION" in written.getvalue()
    assert "SERIAL" not in written.getvalue()  # ids are Telegram's


def test_every_statement_can_be_said_to_postgresql(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    # SQLite understands PostgreSQL's upserts, so that the statements of the one are tried out on the other
    monkeypatch.setattr(sqlite, "insert", postgresql.insert)

    def note(_connection: object, statement: Any, *_rest: object) -> None:
        if isinstance(statement, sa.sql.ClauseElement):
            said.append(str(statement.compile(dialect=postgresql.dialect())))

    with Store.open(str(tmp_path / "state.db")) as store:
        sa.event.listen(store._database.engine, "before_execute", note)
        used = _use_everything(store)
    parts = (getattr(store, PARTS.get(name, name)) for name in used)
    methods = {
        part: {name for name, _ in inspect.getmembers(part, inspect.ismethod) if name[0] != "_"} for part in parts
    }
    assert {type(part).__name__.lower(): names for part, names in methods.items()} == used
    assert any("ON CONFLICT (answer, person) DO UPDATE" in statement for statement in said)
    assert any("FOR UPDATE" in statement for statement in said)
    assert any("FOR KEY SHARE" in statement for statement in said)


def test_upserts_speak_the_language_of_the_database_they_meet() -> None:
    said: list[str] = []
    server = sa.create_mock_engine(
        "postgresql+psycopg://", lambda statement, *_: said.append(str(statement.compile(dialect=server.dialect)))
    )
    upsert(server, roles, {"person": 1, "role": "official"})  # type: ignore[arg-type]
    assert said == [
        "INSERT INTO roles (person, role) VALUES (%(person)s::BIGINT, %(role)s::VARCHAR) "
        "ON CONFLICT (person) DO UPDATE SET role = excluded.role"
    ]


def _use_everything(store: Store) -> dict[str, set[str]]:
    kept, key, chat = answer(), MemoryKey(1, 0, 1), Chat(-1, "group", "", Approval.WAITING)
    calls: dict[str, dict[str, tuple[tuple[Any, ...], dict[str, Any]]]] = {
        "updates": {
            "add": ((1, 1, 1, ""), {"now": 1}),
            "knows": ((1, 1), {}),
            "pending": ((1,), {}),
            "claim": ((1, 7), {"most": 3}),
            "own": ((1, 1, 7), {}),
            "owners": ((1,), {}),
            "free": ((1, 7), {}),
            "gone": (([7],), {}),
            "sending": ((1, 1), {"after": 1}),
            "not_sent": ((1, 1), {}),
            "done": ((1, 1), {}),
            "purge": ((), {"older_than": 2}),
        },
        "people": {
            "set_role": ((1, Role.OFFICIAL), {}),
            "role": ((1,), {}),
            "all_with_roles": ((), {}),
            "seen": ((1, "ar", 1.0), {}),
            "language": ((1,), {}),
            "forget": ((1,), {}),
        },
        "chats": {
            "put": ((chat,), {}),
            "joined": ((-1, "group", ""), {"approval": None}),
            "get": ((-1,), {}),
            "waiting": ((), {}),
            "greeted": ((-1,), {"now": 1}),
            "approve": ((-1,), {}),
            "blocked": ((1,), {"now": 1}),
            "unblocked": ((1,), {}),
            "migrate": ((-1, -2), {}),
            "migrated": ((-1,), {}),
            "left": ((-2,), {}),
        },
        "memory": {
            "remember": ((key, []), {"now": 1}),
            "turns": ((key,), {"since": 0}),
            "knows": ((key,), {}),
            "forget": ((key,), {}),
            "forget_person": ((1,), {}),
            "purge": ((), {"older_than": 2}),
        },
        "answers": {
            "add": ((kept,), {}),
            "get": ((kept.id,), {}),
            "sent": ((kept.id, 1), {}),
            "by_question": ((1, 1), {}),
            "by_answer_message": ((1, 1), {}),
            "last_in": ((1,), {}),
            "standing": ((), {"since": 0.0, "most": 3}),
            "taken_back": ((kept.id,), {}),
            "purge": ((), {"older_than": 2}),
        },
        "feedback": {
            "give": ((kept.id, 1, "up"), {"now": 1}),
            "why": ((kept.id, 1, "outdated"), {}),
            "counts": ((kept.id,), {}),
        },
        "limits": {
            "take": (("person:1",), {"rate_per_minute": 1, "burst": 1, "now": 1}),
            "purge": ((), {"older_than": 2}),
            "hold": ((1,), {"until": 5}),
            "holds": ((), {"now": 1}),
            "held_until": (([1, 0],), {}),
        },
        "unansweredquestions": {
            "note": (("كم؟", Asking("none", 1)), {"now": 1.0}),
            "open": ((), {}),
            "mark": ((["one"], Finding.ADDED), {}),
            "keep_quiet": ((1,), {"quiet": True}),
            "is_quiet": ((1,), {}),
            "purge": ((), {"older_than": 2, "names_older_than": 2}),
        },
        "digests": {
            "activity": (([0.0, 1.0, 2.0],), {}),
            "claim": ((1, 1.0), {}),
            "release": ((1, 1.0), {}),
        },
        "facts": {
            "put": (("name", 1.5), {}),
            "suggest": (("name", None), {}),
            "get": (("name",), {}),
        },
        "audit": {
            "note": ((Deed(1.0, 1, "role"),), {}),
            "newest": ((3,), {}),
        },
        "rights": {
            "give": ((1, Role.OFFICIAL), {"by": None, "now": 1.0}),
            "invite": ((Role.OFFICIAL,), {"by": 1, "now": 1.0}),
            "invitation": (("token",), {}),
            "accept": (("token", 2), {"now": 1.0}),
            "take_away": ((1,), {"by": None, "now": 1.0, "check": lambda roles: None}),
            "withdraw_invitations": ((), {"by": 1, "now": 1.0}),
            "purge": ((), {"older_than": 2}),
        },
        "jobs": {
            "add": ((Job("one", "change", 1, 1.0, {}),), {}),
            "get": (("one",), {}),
            "newest": ((3,), {}),
            "in_state": ((JobState.QUEUED,), {}),
            "next": ((), {}),
            "move": (("one", JobState.QUEUED, JobState.BUILDING), {"begun": 1.0}),
            "progress": (("one", "read", 1, 2), {}),
            "purge": ((), {"older_than": 2}),
        },
    }
    for part, methods in calls.items():
        for name, (arguments, options) in methods.items():
            getattr(getattr(store, PARTS.get(part, part)), name)(*arguments, **options)
    return {part: set(methods) for part, methods in calls.items()}
