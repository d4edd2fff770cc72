"""add progress links

Revision: ad20b54feb20, after 2fd277044f49
"""

import sqlalchemy as sa
from alembic import op

revision = "ad20b54feb20"
down_revision = "2fd277044f49"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "progress_wrong_code",
        sa.Column("place", sa.String(length=64), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("since_at", sa.DateTime(), nullable=False),
        sa.Column("locked_until", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("place"),
    )
    op.create_table(
        "progress_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column(
            "opens",
            sa.Enum("progress", "scenario", name="linkopens", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("recipient", sa.String(length=255), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "owner",
                "contact",
                "designer",
                "agency",
                "bank",
                "other",
                name="recipientkind",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("address_sealed", sa.String(length=512), server_default="", nullable=False),
        sa.Column("tail_hash", sa.String(length=64), server_default="", nullable=False),
        sa.Column("may_upload", sa.Boolean(), nullable=False),
        sa.Column("may_rate", sa.Boolean(), nullable=False),
        sa.Column("asks_tail", sa.Boolean(), nullable=False),
        sa.Column("hint", sa.String(length=255), nullable=False),
        sa.Column("token_hash", sa.String(length=255), nullable=False),
        sa.Column("handle", sa.String(length=255), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_by", sa.String(length=255), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(), nullable=True),
        sa.Column("revoked_by", sa.String(length=255), server_default="", nullable=False),
        sa.Column("last_opened_at", sa.DateTime(), nullable=True),
        sa.Column("opened_count", sa.Integer(), server_default="0", nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=True),
        sa.Column("seen_start_on", sa.Date(), nullable=True),
        sa.Column("before_at", sa.DateTime(), nullable=True),
        sa.Column("before_start_on", sa.Date(), nullable=True),
        sa.Column("asked_again_at", sa.DateTime(), nullable=True),
        sa.Column("warned_for_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("NOT asks_tail OR tail_hash <> ''", name="ck_progress_link_tail"),
        sa.ForeignKeyConstraint(["project_id"], ["projects_project.id"], name="fk_progress_link_project"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_progress_link_expires", "progress_link", ["expires_on"], unique=False)
    op.create_index("ix_progress_link_project", "progress_link", ["project_id", "opens"], unique=False)
    op.create_index("ux_progress_link_handle", "progress_link", ["handle"], unique=True)
    op.create_index("ux_progress_link_token", "progress_link", ["token_hash"], unique=True)
    op.create_table(
        "progress_query_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("hint", sa.String(length=255), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_by", sa.String(length=255), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects_project.id"], name="fk_progress_query_code_project"
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_progress_query_code_project", "progress_query_code", ["project_id"], unique=False)
    op.create_index("ux_progress_query_code", "progress_query_code", ["code_hash"], unique=True)
    op.create_table(
        "progress_shown_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("step", "move", "note", name="itemkind", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("is_shown", sa.Boolean(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_by", sa.String(length=255), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects_project.id"], name="fk_progress_shown_item_project"
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ux_progress_shown_item", "progress_shown_item", ["project_id", "kind", "item_id"], unique=True
    )
    op.create_table(
        "progress_opening",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("client", sa.String(length=255), nullable=False),
        sa.Column("device", sa.String(length=255), nullable=False),
        sa.Column("is_new_device", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["link_id"], ["progress_link.id"], name="fk_progress_opening_link"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_progress_opening_link", "progress_opening", ["link_id", "id"], unique=False)
    # ### end Alembic commands ###


def downgrade() -> None:
    for name in (
        "progress_shown_item",
        "progress_wrong_code",
        "progress_query_code",
        "progress_opening",
        "progress_link",
    ):
        op.drop_table(name)
