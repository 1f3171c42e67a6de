"""Whose turn an update is among processes that share the state, and what was done about the library."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_WAITING = sa.text("payload IS NOT NULL")


def upgrade() -> None:
    """Makes the column, its index and the table."""
    op.add_column("updates", sa.Column("owner", sa.Integer))
    op.create_index(
        "ix_updates_waiting",
        "updates",
        ["bot", "chat", "update_id"],
        sqlite_where=_WAITING,
        postgresql_where=_WAITING,
    )
    op.create_table(
        "facts",
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("value", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_facts"),
    )


def downgrade() -> None:
    """Drops them, with all that is in them."""
    op.drop_table("facts")
    op.drop_index("ix_updates_waiting", "updates")
    with op.batch_alter_table("updates") as updates:
        updates.drop_column("owner")
