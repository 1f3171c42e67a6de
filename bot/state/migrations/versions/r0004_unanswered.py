"""Questions that were not answered well, and who does not want to be told of answers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the tables."""
    op.create_table(
        "salts",
        sa.Column("name", sa.String(16), nullable=False),
        sa.Column("value", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_salts"),
    )
    op.create_table(
        "unanswered",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("asked", sa.Double, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("shown", sa.Text),
        sa.Column("person_hash", sa.String(64), nullable=False),
        sa.Column("person", sa.BigInteger),
        sa.Column("state", sa.String(16), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_unanswered"),
    )
    op.create_index("ix_unanswered_person_hash", "unanswered", ["person_hash"])
    op.create_index("ix_unanswered_state", "unanswered", ["state"])
    op.create_table(
        "silences",
        sa.Column("person", sa.BigInteger, nullable=False, autoincrement=False),
        sa.PrimaryKeyConstraint("person", name="pk_silences"),
    )


def downgrade() -> None:
    """Drops the tables, with all that is in them."""
    for table in ("silences", "unanswered", "salts"):
        op.drop_table(table)
