"""The chained log: interactions, feedback, shares, settings of servers, erasing."""

import sqlalchemy as sa
from alembic import op

revision: str = "0001"
down_revision: str | None = None
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "record",
        sa.Column("seq", BIG, autoincrement=False, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("created_at", sa.String(), nullable=False),
        sa.Column("guild_id", sa.String()),
        sa.Column("channel_id", sa.String()),
        sa.Column("user_id", sa.String()),
        sa.Column("public", sa.Text(), nullable=False),
        sa.Column("private", sa.Text()),
        sa.Column("salt", sa.String()),
        sa.Column("private_digest", sa.String(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("key"),
    )
    op.create_index("ix_record_created_at", "record", ["created_at"])
    op.create_index("ix_record_user_id", "record", ["user_id"])
    op.create_index("ix_record_guild_created", "record", ["guild_id", "created_at"])
    head = op.create_table(
        "head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", BIG, nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.bulk_insert(head, [{"id": 1, "seq": 0, "hash": "0" * 64}])
    op.create_table(
        "interaction",
        sa.Column("seq", BIG, autoincrement=False, nullable=False),
        sa.Column("interaction_id", sa.String(), nullable=False),
        sa.Column("command", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("knowledge_revision", sa.String(), nullable=False),
        sa.Column("language", sa.String()),
        sa.Column("latency_ms", sa.Integer(), nullable=False),
        sa.Column("error_reference", sa.String()),
        sa.ForeignKeyConstraint(["seq"], ["record.seq"]),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_index("ix_interaction_interaction_id", "interaction", ["interaction_id"])
    op.create_table(
        "feedback",
        sa.Column("seq", BIG, autoincrement=False, nullable=False),
        sa.Column("interaction_id", sa.String(), nullable=False),
        sa.Column("helpful", sa.Boolean(), nullable=False),
        sa.Column("entry_id", sa.String()),
        sa.ForeignKeyConstraint(["seq"], ["record.seq"]),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_index("ix_feedback_interaction_id", "feedback", ["interaction_id"])
    op.create_table(
        "share",
        sa.Column("seq", BIG, autoincrement=False, nullable=False),
        sa.Column("interaction_id", sa.String(), nullable=False),
        sa.Column("message_id", sa.String()),
        sa.Column("tlp", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["seq"], ["record.seq"]),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_index("ix_share_interaction_id", "share", ["interaction_id"])
    op.create_table(
        "guildsetting",
        sa.Column("guild_id", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("guild_id"),
    )
    op.create_table(
        "erasure",
        sa.Column("seq", BIG, autoincrement=False, nullable=False),
        sa.Column("erased_seq", BIG, autoincrement=False, nullable=False),
        sa.Column("digest", sa.String()),
        sa.ForeignKeyConstraint(["seq"], ["record.seq"]),
        sa.PrimaryKeyConstraint("seq", "erased_seq"),
    )
    op.create_index("ix_erasure_erased_seq", "erasure", ["erased_seq"])


def downgrade() -> None:
    for table in (
        "erasure", "guildsetting", "share", "feedback", "interaction", "head", "record",
    ):  # fmt: skip
        op.drop_table(table)
