"""The first tables: updates, people, chats, memory, answers with their feedback, limits."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the tables."""
    _updates()
    _people()
    _chats()
    _memory()
    _answers()
    _feedback()
    _limits()


def downgrade() -> None:
    """Drops the tables, with all that is in them."""
    for table in ("limits", "feedback", "answers", "memory", "chat_moves", "chats", "roles", "people", "updates"):
        op.drop_table(table)


def _updates() -> None:
    op.create_table(
        "updates",
        sa.Column("bot", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("update_id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("chat", sa.BigInteger),
        sa.Column("payload", sa.Text),
        sa.Column("received", sa.Double, nullable=False),
        sa.Column("begun_after", sa.BigInteger, autoincrement=False),
        sa.PrimaryKeyConstraint("bot", "update_id", name="pk_updates"),
    )


def _people() -> None:
    op.create_table(
        "people",
        sa.Column("person", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("language", sa.String(35)),
        sa.Column("seen", sa.Double, nullable=False),
        sa.PrimaryKeyConstraint("person", name="pk_people"),
    )
    op.create_table(
        "roles",
        sa.Column("person", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.PrimaryKeyConstraint("person", name="pk_roles"),
    )


def _chats() -> None:
    op.create_table(
        "chats",
        sa.Column("id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("approval", sa.String(16)),
        sa.Column("greeted_at", sa.Double),
        sa.Column("blocked_at", sa.Double),
        sa.PrimaryKeyConstraint("id", name="pk_chats"),
    )
    op.create_table(
        "chat_moves",
        sa.Column("old", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("new", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("old", name="pk_chat_moves"),
    )


def _memory() -> None:
    op.create_table(
        "memory",
        sa.Column("chat", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("topic", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("person", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("turns", sa.JSON, nullable=False),
        sa.Column("remembered", sa.Double, nullable=False),
        sa.PrimaryKeyConstraint("chat", "topic", "person", name="pk_memory"),
    )
    op.create_index("ix_memory_person", "memory", ["person"])


def _answers() -> None:
    op.create_table(
        "answers",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("chat", sa.BigInteger, nullable=False),
        sa.Column("topic", sa.Integer, nullable=False),
        sa.Column("person", sa.BigInteger),
        sa.Column("question_message", sa.BigInteger),
        sa.Column("answer_message", sa.BigInteger),
        sa.Column("asked", sa.Text, nullable=False),
        sa.Column("understood", sa.Text, nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("confidence", sa.Double),
        sa.Column("generation", sa.Integer, nullable=False),
        sa.Column("reply", sa.JSON, nullable=False),
        sa.Column("scope", sa.String(16), nullable=False),
        sa.Column("is_follow_up", sa.Boolean, nullable=False),
        sa.Column("created", sa.Double, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_answers"),
    )
    for columns in (["chat", "question_message"], ["chat", "answer_message"], ["person"], ["created"]):
        op.create_index("_".join(["ix_answers", *columns]), "answers", columns)


def _feedback() -> None:
    op.create_table(
        "feedback",
        sa.Column("answer", sa.String(16), nullable=False),
        sa.Column("person", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("verdict", sa.String(16), nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("given", sa.Double, nullable=False),
        sa.ForeignKeyConstraint(["answer"], ["answers.id"], name="fk_feedback_answer", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("answer", "person", name="pk_feedback"),
    )
    op.create_index("ix_feedback_person", "feedback", ["person"])


def _limits() -> None:
    op.create_table(
        "limits",
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("tokens", sa.Double, nullable=False),
        sa.Column("at", sa.Double, nullable=False),
        sa.Column("refused", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_limits"),
    )
