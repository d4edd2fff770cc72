"""open the review room: benches, rooms, sitting rules, answers, sittings

Revision: a3c1d50f2b10, after 1e7b0e72e60f
"""

import sqlalchemy as sa
from alembic import op

revision = "a3c1d50f2b10"
down_revision = "1e7b0e72e60f"
branch_labels = None
depends_on = None

HALF = ("morning", "afternoon")


def upgrade() -> None:
    op.create_table(
        "approvals_bench",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("department", sa.String(length=255), nullable=False),
        sa.Column("reviewers", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("reviewers >= 0", name="ck_approvals_bench_reviewers"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("department"),
    )
    op.create_table(
        "approvals_bench_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("department", sa.String(length=255), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("reviewers", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=255), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("last_on >= first_on", name="ck_approvals_bench_change_days"),
        sa.CheckConstraint("reviewers >= 0", name="ck_approvals_bench_change_reviewers"),
        sa.ForeignKeyConstraint(
            ["department"], ["approvals_bench.department"], name="fk_approvals_bench_change_bench"
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ux_approvals_bench_change", "approvals_bench_change", ["department", "first_on"], unique=True
    )
    op.create_index("ix_approvals_bench_change_last", "approvals_bench_change", ["last_on"])
    op.create_table(
        "approvals_room",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("places > 0", name="ck_approvals_room_places"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name"),
    )
    op.create_table(
        "approvals_sitting_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_group", sa.String(length=255), nullable=False),
        sa.Column("matters", sa.Text(), nullable=False),
        sa.Column("weekdays", sa.String(length=255), nullable=False),
        sa.Column("halves", sa.String(length=255), nullable=False),
        sa.Column("projects_per_sitting", sa.Integer(), nullable=False),
        sa.Column("minutes_per_project", sa.Integer(), nullable=False),
        sa.Column("needs_room", sa.Boolean(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "projects_per_sitting > 0 AND minutes_per_project > 0", name="ck_approvals_sitting_rule_length"
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("review_group"),
    )
    op.create_table(
        "approvals_availability",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("department", sa.String(length=255), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("half", sa.Enum(*HALF, name="half", native_enum=False, length=32), nullable=False),
        sa.Column(
            "answer",
            sa.Enum("can", "online", "cannot", name="answer", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("note", sa.String(length=255), nullable=False),
        sa.Column("said_by", sa.String(length=255), nullable=False),
        sa.Column("said_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "half IN ('morning', 'afternoon') AND answer IN ('can', 'online', 'cannot')",
            name="ck_approvals_availability_words",
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ux_approvals_availability", "approvals_availability", ["on", "half", "department"], unique=True
    )
    op.create_table(
        "approvals_sitting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_group", sa.String(length=255), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("half", sa.Enum(*HALF, name="half", native_enum=False, length=32), nullable=False),
        sa.Column("begins_at", sa.Time(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum("announced", "withdrawn", name="sittingstate", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("announced_at", sa.DateTime(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "half IN ('morning', 'afternoon') AND (state = 'announced' AND withdrawn_at IS NULL "
            "OR state = 'withdrawn' AND withdrawn_at IS NOT NULL)",
            name="ck_approvals_sitting_state",
        ),
        sa.ForeignKeyConstraint(["room_id"], ["approvals_room.id"], name="fk_approvals_sitting_room"),
        sa.PrimaryKeyConstraint("id"),
    )
    for name, column in (("room", "room_id"), ("group", "review_group")):
        op.create_index(
            f"ux_approvals_sitting_{name}",
            "approvals_sitting",
            [column, "on", "half"],
            unique=True,
            sqlite_where=sa.text("state = 'announced'"),
            postgresql_where=sa.text("state = 'announced'"),
        )
    op.create_index("ix_approvals_sitting_on", "approvals_sitting", ["on"])
    op.create_table(
        "approvals_sitting_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sitting_id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=255), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.CheckConstraint("minutes > 0", name="ck_approvals_sitting_item_minutes"),
        sa.ForeignKeyConstraint(
            ["sitting_id"], ["approvals_sitting.id"], name="fk_approvals_sitting_item_sitting"
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects_project.id"], name="fk_approvals_sitting_item_project"
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ux_approvals_sitting_item",
        "approvals_sitting_item",
        ["sitting_id", "project_id", "code"],
        unique=True,
    )
    op.create_index("ix_approvals_sitting_item_step", "approvals_sitting_item", ["project_id", "code"])


def downgrade() -> None:
    for table in (
        "approvals_sitting_item",
        "approvals_sitting",
        "approvals_availability",
        "approvals_sitting_rule",
        "approvals_room",
        "approvals_bench_change",
        "approvals_bench",
    ):
        op.drop_table(table)
