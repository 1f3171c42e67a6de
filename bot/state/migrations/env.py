"""Alembic runs this for each command; the transaction is the caller's."""

from __future__ import annotations

from alembic import context

from bot.state.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite alters few things of a table; the others by way of a copy
)
with context.begin_transaction():
    context.run_migrations()
