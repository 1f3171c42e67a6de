"""What waited while the server was lost is said to it: once, in order, whenever this is interrupted."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
import structlog
from sqlalchemy.exc import DataError, IntegrityError

from bot.state.database import Database, Within, inserting
from bot.state.lasting.journal import Entry, Journal
from bot.state.presence import are_gone
from bot.state.store import Store
from bot.state.tables import updates

_TOGETHER: Final = 200  # calls in a transaction: some 0.2 s
_log = structlog.get_logger("dalil.landing")


def land(journal: Journal, server: Database, *, least: int = 0) -> int:
    """Says calls to the server until at most ``least`` of them wait; gives the number of those it was not told before.

    Raises:
        StateUnavailable: the server is not there any more. What was not said still waits.
    """
    landed = 0
    while len(entries := journal.entries(most=max(_TOGETHER, least + 1))) > least:
        landed += _said(journal.name, entries, server)
        journal.drop(through=entries[-1].number)
    return landed


def _said(name: str, entries: list[Entry], server: Database) -> int:
    with server.writing() as connection:
        store = Store(Within(server, connection))
        before = int(store.facts.get(name) or 0)
        new = [entry for entry in entries if entry.number > before]
        for entry in new:
            _say(store, connection, entry)
        if new:
            store.facts.put(name, new[-1].number)  # in the same transaction: so none is said twice
    return len(new)


def _say(store: Store, connection: sa.Connection, entry: Entry) -> None:
    try:
        with connection.begin_nested():
            entry.call.done_in(store)
    except (IntegrityError, DataError) as error:  # it would be refused for ever, and keep all others out
        _log.error("a write was refused", operation=entry.call.operation, error=str(error.orig))


def land_updates(journal: Journal, server: Database, *, living: int | None) -> int:
    """Tells the server which updates are done, and gives it those that are not; says how many.

    ``living``: the number of this process, which goes on with those that it handles. May be called again.

    Raises:
        StateUnavailable: as `land`; nothing has changed.
    """
    with journal.database.reading() as connection:
        rows = [dict(row) for row in connection.execute(sa.select(updates)).mappings()]
    done = [row for row in rows if row["payload"] is None]
    with server.writing() as connection:
        if done:
            _know_as_done(connection, done)
        for row in rows:
            if row["payload"] is not None:
                _give(connection, row, living)
    return len(rows)


def _know_as_done(connection: sa.Connection, rows: list[dict[str, object]]) -> None:
    insertion = inserting(connection, updates)
    over = {name: insertion.excluded[name] for name in ("chat", "payload", "begun_after", "owner")}
    connection.execute(insertion.on_conflict_do_update(index_elements=["bot", "update_id"], set_=over), rows)


def _give(connection: sa.Connection, row: dict[str, object], living: int | None) -> None:
    owner = row["owner"] if row["owner"] == living else None
    is_this = sa.and_(updates.c.bot == row["bot"], updates.c.update_id == row["update_id"])
    there = connection.execute(sa.select(updates).where(is_this).with_for_update()).one_or_none()
    if there is None:
        connection.execute(sa.insert(updates).values({**row, "owner": owner}))
    elif there.payload is not None and _is_free(connection, there.owner, row["owner"]):
        begun = there.begun_after if row["begun_after"] is None else row["begun_after"]
        connection.execute(sa.update(updates).where(is_this).values(owner=owner, begun_after=begun))


def _is_free(connection: sa.Connection, owner: int | None, former: object) -> bool:
    return owner is None or owner == former or are_gone(connection, owner)
