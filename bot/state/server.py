"""A PostgreSQL server: how its address is read, and what is asked of each connection to it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

if TYPE_CHECKING:
    from sqlalchemy.engine.interfaces import DBAPIConnection

DRIVER: Final = "postgresql+psycopg"
_TIMEOUTS: Final = {
    "statement_timeout": 10_000,  # milliseconds; all but migrations are keyed by an index and take milliseconds
    "lock_timeout": 5_000,  # for a row that another process is changing
    "idle_in_transaction_session_timeout": 30_000,  # for one that hangs, and may hold rows
    "tcp_keepalives_idle": 5,  # seconds; so the server lets go of a machine that is gone, and of its locks
    "tcp_keepalives_interval": 2,
    "tcp_keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
_CONNECTIONS: Final = 8  # threads that use the store at once: Python's own for a few processors, and those of answers
_MORE: Final = 8
_POOL_SECONDS: Final = 10
_OLDEST: Final = 1_800  # seconds after which a connection is made anew, so that a server can be drained
_REACHING: Final = {  # seconds: a machine that is gone says nothing, and would be waited for for minutes
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,  # milliseconds
    "application_name": "dalil",
}
_SERVERS: Final = re.compile(r"\A(\w+://(?:[^@/]*@)?)([^@/?]*,[^@/?]*)(.*)\Z", re.DOTALL)


def server_url(text: str, *, prefers: str = "read-write") -> sa.URL:
    """The address of a database as PostgreSQL's own tools take it, ``postgresql://a:5432,b:5432/state`` too.

    Of several servers the one that can be written is used, or whichever ``prefers`` says (libpq's
    ``target_session_attrs``), unless the address says it itself.

    Raises:
        ValueError, ArgumentError: it cannot be understood.
    """
    servers: tuple[str, ...] = ()
    if several := _SERVERS.match(text):
        before, named, after = several.groups()
        servers, text = tuple(named.split(",")), before + after
    url = sa.make_url(text)
    if url.drivername in ("postgres", "postgresql"):
        url = url.set(drivername=DRIVER)
    if servers:
        url = url.update_query_dict({"host": servers})
    if servers and "target_session_attrs" not in url.query:
        url = url.update_query_dict({"target_session_attrs": prefers})
    return url


def is_server(url: sa.URL) -> bool:
    """Whether processes on any number of machines can use it."""
    return url.get_backend_name() == "postgresql"


def pooled(url: sa.URL) -> dict[str, Any]:
    """Options of an engine for many threads."""
    return {
        "pool_size": _CONNECTIONS,
        "max_overflow": _MORE,
        "pool_timeout": _POOL_SECONDS,
        "pool_recycle": _OLDEST,
        "pool_pre_ping": True,
        "connect_args": reaching(url),
    }


def reaching(url: sa.URL) -> dict[str, Any]:
    """How a connection is made, as far as the address does not say it."""
    return {name: value for name, value in _REACHING.items() if name not in url.query}


def shown(url: sa.URL) -> str:
    """An address without what may be secret in it."""
    return url.set(query={}).render_as_string(hide_password=True)


def follows(connection: sa.Connection) -> bool:
    """Whether this server, a standby, hears of its primary: False at once where that ended, within a minute else."""
    if connection.dialect.name != "postgresql":
        return False
    hears = sa.text("SELECT count(*) FROM pg_stat_wal_receiver WHERE pid IS NOT NULL")
    return bool(connection.scalar(hears))


def set_timeouts(connection: DBAPIConnection, _record: object) -> None:
    """Lets nothing that this connection is asked for go on for ever."""
    before, connection.autocommit = connection.autocommit, True  # else it would be undone with the first transaction
    cursor = connection.cursor()
    for name, milliseconds in _TIMEOUTS.items():
        cursor.execute(f"SET {name} = {milliseconds}")
    cursor.close()
    connection.autocommit = before
