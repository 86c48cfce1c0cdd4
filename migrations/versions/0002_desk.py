"""Discussions, actions, drafts, answers as given, and full-text search.

The search index is filled by the journal itself when it opens: `searchstate` says how far it is.
"""

import json

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
BATCH = 1000


def upgrade() -> None:
    _create_discussions()
    _create_drafts()
    op.create_table(
        "interactionentry",
        sa.Column("seq", BIG, sa.ForeignKey("record.seq"), autoincrement=False, nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("seq", "place"),
    )
    op.create_index("ix_interactionentry_entry_id", "interactionentry", ["entry_id"])
    op.create_table(
        "given",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sha256"),
    )
    _create_search()
    _list_entries()


def _create_discussions() -> None:
    op.create_table(
        "discussion",
        sa.Column("discussion_id", sa.String(), nullable=False),
        sa.Column("seq", BIG, sa.ForeignKey("record.seq"), nullable=False),
        sa.Column("guild_id", sa.String()),
        sa.Column("thread_id", sa.String()),
        sa.Column("parent_id", sa.String()),
        sa.Column("tlp", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("started_at", sa.String(), nullable=False),
        sa.Column("closed_at", sa.String()),
        sa.PrimaryKeyConstraint("discussion_id"),
    )
    op.create_index("ix_discussion_guild_id", "discussion", ["guild_id"])
    op.create_index("ix_discussion_thread_id", "discussion", ["thread_id"])
    op.create_table(
        "discussionevent",
        sa.Column("seq", BIG, sa.ForeignKey("record.seq"), autoincrement=False, nullable=False),
        sa.Column("discussion_id", sa.String(), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("message_id", sa.String()),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_index("ix_discussionevent_discussion_id", "discussionevent", ["discussion_id"])
    op.create_index("ix_discussionevent_message_id", "discussionevent", ["message_id"])
    op.create_table(
        "actionitem",
        sa.Column("action_id", sa.String(), nullable=False),
        sa.Column("seq", BIG, sa.ForeignKey("record.seq"), nullable=False),
        sa.Column("discussion_id", sa.String(), nullable=False),
        sa.Column("guild_id", sa.String()),
        sa.Column("owner_id", sa.String()),
        sa.Column("due_at", sa.String()),
        sa.Column("remind_at", sa.String()),
        sa.Column("reminded_at", sa.String()),
        sa.Column("done_at", sa.String()),
        sa.PrimaryKeyConstraint("action_id"),
    )
    op.create_index("ix_actionitem_discussion_id", "actionitem", ["discussion_id"])
    op.create_index("ix_actionitem_owner_id", "actionitem", ["owner_id"])
    op.create_index("ix_actionitem_remind_at", "actionitem", ["remind_at"])


def _create_drafts() -> None:
    op.create_table(
        "draft",
        sa.Column("draft_id", sa.String(), nullable=False),
        sa.Column("seq", BIG, sa.ForeignKey("record.seq"), nullable=False),
        sa.Column("guild_id", sa.String()),
        sa.Column("discussion_id", sa.String()),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("approved_sha256", sa.String()),
        sa.Column("tlp", sa.String(), nullable=False),
        sa.Column("since", sa.String(), nullable=False),
        sa.Column("expires_at", sa.String()),
        sa.PrimaryKeyConstraint("draft_id"),
    )
    op.create_index("ix_draft_guild_id", "draft", ["guild_id"])
    op.create_index("ix_draft_discussion_id", "draft", ["discussion_id"])
    op.create_index("ix_draft_expires_at", "draft", ["expires_at"])
    op.create_table(
        "draftstep",
        sa.Column("seq", BIG, sa.ForeignKey("record.seq"), autoincrement=False, nullable=False),
        sa.Column("draft_id", sa.String(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_index("ix_draftstep_draft_id", "draftstep", ["draft_id"])


def _create_search() -> None:
    state = op.create_table(
        "searchstate",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("done_seq", BIG, nullable=False),
        sa.Column("until_seq", BIG, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.bulk_insert(state, [{"id": 1, "version": 0, "done_seq": 0, "until_seq": 0}])
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE search USING fts5(words, scope, detail=column, columnsize=0, "
            "prefix='3 4 5 6 7', tokenize='unicode61 remove_diacritics 0')"
        )
    else:
        op.execute("CREATE TABLE search (seq BIGINT PRIMARY KEY, terms TSVECTOR NOT NULL)")
        op.execute("CREATE INDEX ix_search_terms ON search USING gin (terms)")


def _list_entries() -> None:
    """The entries of the interactions that are already there."""
    connection = op.get_bind()
    read = sa.text(
        "SELECT seq, public FROM record WHERE type = 'interaction' AND seq > :after "
        "ORDER BY seq LIMIT :batch"
    )
    write = sa.text(
        "INSERT INTO interactionentry (seq, place, entry_id) VALUES (:seq, :place, :entry_id)"
    )
    after = 0
    while rows := connection.execute(read, {"after": after, "batch": BATCH}).all():
        listed = [
            {"seq": seq, "place": place, "entry_id": entry}
            for seq, public in rows
            for place, entry in enumerate(json.loads(public)["entries"])
        ]
        if listed:
            connection.execute(write, listed)
        after = rows[-1][0]


def downgrade() -> None:
    """Back to the first release's tables. The log keeps every record."""
    for table in (
        "search", "searchstate", "given", "interactionentry", "draftstep", "draft", "actionitem",
        "discussionevent", "discussion",
    ):  # fmt: skip
        op.execute(sa.text(f"DROP TABLE {table}"))
