"""add calendar feeds

Revision: f73bf7c547e0, after f72a95fc5648
"""

import sqlalchemy as sa
from alembic import op

revision = "f73bf7c547e0"
down_revision = "f72a95fc5648"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "feeds_mark",
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("subject"),
    )
    op.create_table(
        "feeds_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=255), nullable=False),
        sa.Column("source", sa.String(length=255), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "start",
                "due",
                "sitting",
                "opinions",
                "deferral",
                "check",
                "milestone",
                "task",
                name="entrykind",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum("planned", "open", "done", "cancelled", name="entrystate", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("begins_at", sa.Time(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=255), nullable=False),
        sa.Column("name_zh", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("project", sa.Text(), nullable=False),
        sa.Column("department_zh", sa.String(length=255), nullable=False),
        sa.Column("department_en", sa.String(length=255), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("href", sa.String(length=255), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "(state = 'cancelled') = (cancelled_at IS NOT NULL)", name="ck_feeds_entry_cancelled"
        ),
        sa.CheckConstraint("(begins_at IS NULL) = (minutes = 0)", name="ck_feeds_entry_time"),
        sa.ForeignKeyConstraint(["project_id"], ["projects_project.id"], name="fk_feeds_entry_project"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_feeds_entry_project", "feeds_entry", ["project_id"], unique=False)
    op.create_index("ux_feeds_entry_source", "feeds_entry", ["source"], unique=True)
    op.create_index("ux_feeds_entry_uid", "feeds_entry", ["uid"], unique=True)
    op.create_table(
        "feeds_feed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(
                "all",
                "steps",
                "cover",
                "project",
                "department",
                "enterprise",
                name="purpose",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("owner", sa.String(length=255), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("device", sa.String(length=255), nullable=False),
        sa.Column("title_zh", sa.String(length=255), nullable=False),
        sa.Column("title_en", sa.String(length=255), nullable=False),
        sa.Column(
            "detail",
            sa.Enum("full", "short", "busy", name="detail", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column(
            "component",
            sa.Enum("events", "tasks", name="component", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("language", sa.String(length=255), nullable=False),
        sa.Column("has_alarms", sa.Boolean(), nullable=False),
        sa.Column("handle", sa.String(length=255), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(), nullable=True),
        sa.Column("etag", sa.String(length=255), nullable=False),
        sa.Column("answered_revision", sa.Integer(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("modified_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["ab_user.id"], name="fk_feeds_feed_owner"),
        sa.ForeignKeyConstraint(["project_id"], ["projects_project.id"], name="fk_feeds_feed_project"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_feeds_feed_owner_id", "feeds_feed", ["owner_id"], unique=False)
    op.create_index("ix_feeds_feed_project_id", "feeds_feed", ["project_id"], unique=False)
    op.create_index("ix_feeds_feed_subject", "feeds_feed", ["subject"], unique=False)
    op.create_index("ux_feeds_feed_handle", "feeds_feed", ["handle"], unique=True)
    op.create_table(
        "feeds_fetch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("feed_id", sa.Integer(), nullable=False),
        sa.Column("client", sa.String(length=255), nullable=False),
        sa.Column("first_at", sa.DateTime(), nullable=False),
        sa.Column("last_at", sa.DateTime(), nullable=False),
        sa.Column("fetches", sa.Integer(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["feed_id"], ["feeds_feed.id"], name="fk_feeds_fetch_feed"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ux_feeds_fetch", "feeds_fetch", ["feed_id", "client"], unique=True)
    op.create_table(
        "feeds_holding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("post", sa.String(length=255), nullable=False),
        sa.Column("left_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["entry_id"], ["feeds_entry.id"], name="fk_feeds_holding_entry"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_feeds_holding_subject", "feeds_holding", ["subject"], unique=False)
    op.create_index("ux_feeds_holding", "feeds_holding", ["entry_id", "subject"], unique=True)
    op.create_table(
        "feeds_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("feed_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=255), nullable=False),
        sa.Column("hint", sa.String(length=255), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.Column("replaced_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["feed_id"], ["feeds_feed.id"], name="fk_feeds_key_feed"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_feeds_key_feed", "feeds_key", ["feed_id"], unique=False)
    op.create_index("ux_feeds_key_token", "feeds_key", ["token_hash"], unique=True)


def downgrade() -> None:
    op.drop_index("ux_feeds_key_token", table_name="feeds_key")
    op.drop_index("ix_feeds_key_feed", table_name="feeds_key")
    op.drop_table("feeds_key")
    op.drop_index("ux_feeds_holding", table_name="feeds_holding")
    op.drop_index("ix_feeds_holding_subject", table_name="feeds_holding")
    op.drop_table("feeds_holding")
    op.drop_index("ux_feeds_fetch", table_name="feeds_fetch")
    op.drop_table("feeds_fetch")
    op.drop_index("ux_feeds_feed_handle", table_name="feeds_feed")
    op.drop_index("ix_feeds_feed_subject", table_name="feeds_feed")
    op.drop_index("ix_feeds_feed_project_id", table_name="feeds_feed")
    op.drop_index("ix_feeds_feed_owner_id", table_name="feeds_feed")
    op.drop_table("feeds_feed")
    op.drop_index("ux_feeds_entry_uid", table_name="feeds_entry")
    op.drop_index("ux_feeds_entry_source", table_name="feeds_entry")
    op.drop_index("ix_feeds_entry_project", table_name="feeds_entry")
    op.drop_table("feeds_entry")
    op.drop_table("feeds_mark")
