"""How long answers took, and which digest each administrator was sent last."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the column and makes the table."""
    with op.batch_alter_table("answers") as answers:
        answers.add_column(sa.Column("seconds", sa.Double))
    op.create_table(
        "digests",
        sa.Column("person", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("due", sa.Double, nullable=False),
        sa.PrimaryKeyConstraint("person", name="pk_digests"),
    )


def downgrade() -> None:
    """Drops them, with all that is in them."""
    op.drop_table("digests")
    with op.batch_alter_table("answers") as answers:
        answers.drop_column("seconds")
