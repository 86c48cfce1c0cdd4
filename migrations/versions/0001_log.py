"""The chained log, interactions and settings of servers."""

import sqlalchemy as sa
from alembic import op

revision: str = "0001"
down_revision: str | None = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "record",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(36), nullable=False),
        sa.Column("type", sa.String(20), nullable=False),
        sa.Column("created_at", sa.String(32), nullable=False),
        sa.Column("guild_id", sa.String(20)),
        sa.Column("channel_id", sa.String(20)),
        sa.Column("user_id", sa.String(20)),
        sa.Column("public", sa.Text(), nullable=False),
        sa.Column("private", sa.Text()),
        sa.Column("salt", sa.String(32)),
        sa.Column("private_digest", sa.String(64), nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("key"),
    )
    op.create_index("ix_record_type", "record", ["type"])
    op.create_index("ix_record_created_at", "record", ["created_at"])
    op.create_index("ix_record_user_id", "record", ["user_id"])
    op.create_index("ix_record_guild_created", "record", ["guild_id", "created_at"])
    head = op.create_table(
        "head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.bulk_insert(head, [{"id": 1, "seq": 0, "hash": "0" * 64}])
    op.create_table(
        "interaction",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("interaction_id", sa.String(20), nullable=False),
        sa.Column("command", sa.String(64), nullable=False),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.Column("knowledge_revision", sa.String(64), nullable=False),
        sa.Column("language", sa.String(8)),
        sa.Column("latency_ms", sa.Integer(), nullable=False),
        sa.Column("error_reference", sa.String(20)),
        sa.ForeignKeyConstraint(["seq"], ["record.seq"]),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_index("ix_interaction_interaction_id", "interaction", ["interaction_id"])
    op.create_index("ix_interaction_command", "interaction", ["command"])
    op.create_table(
        "guildsetting",
        sa.Column("guild_id", sa.String(20), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("guild_id"),
    )


def downgrade() -> None:
    op.drop_table("guildsetting")
    op.drop_table("interaction")
    op.drop_table("head")
    op.drop_table("record")
