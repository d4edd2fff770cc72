"""plan the portfolio

Revision: b7e2c94d8a61, after a3c1d50f2b10
"""

import sqlalchemy as sa
from alembic import op

revision = "b7e2c94d8a61"
down_revision = "a3c1d50f2b10"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "projects_portfolio_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "asked",
                "working",
                "ready",
                "adopted",
                "superseded",
                "discarded",
                "cancelled",
                "failed",
                name="portfoliostate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("cause", sa.String(length=255), nullable=False),
        sa.Column("scenario", sa.Text(), nullable=True),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("asked_by", sa.String(length=255), nullable=False),
        sa.Column("asker_id", sa.Integer(), nullable=True),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("effort", sa.Integer(), nullable=False),
        sa.Column("is_cancel_asked", sa.Boolean(), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("best_workdays", sa.Integer(), nullable=True),
        sa.Column("base_id", sa.Integer(), nullable=True),
        sa.Column("projects", sa.Integer(), nullable=True),
        sa.Column("late", sa.Integer(), nullable=True),
        sa.Column("tardiness_workdays", sa.Integer(), nullable=True),
        sa.Column("bound_workdays", sa.Integer(), nullable=True),
        sa.Column("gain_workdays", sa.Integer(), nullable=True),
        sa.Column("moved_projects", sa.Integer(), nullable=True),
        sa.Column("moved_announced", sa.Integer(), nullable=True),
        sa.Column("faults", sa.Text(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("adopted_at", sa.DateTime(), nullable=True),
        sa.Column("adopted_by", sa.String(length=255), nullable=True),
        sa.ForeignKeyConstraint(["asker_id"], ["ab_user.id"], name="fk_projects_portfolio_plan_asker"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number"),
    )
    with op.batch_alter_table("projects_portfolio_plan", schema=None) as batch_op:
        batch_op.create_index("ix_projects_portfolio_plan_state", ["state"], unique=False)

    op.create_table(
        "projects_booking",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=True),
        sa.Column("code", sa.String(length=255), nullable=False),
        sa.Column("department", sa.String(length=255), nullable=True),
        sa.Column("accept_on", sa.Date(), nullable=False),
        sa.Column("work_first_on", sa.Date(), nullable=True),
        sa.Column("work_last_on", sa.Date(), nullable=True),
        sa.Column("end_on", sa.Date(), nullable=False),
        sa.Column(
            "held_by",
            sa.Enum("nothing", "bench", "officer", "sitting", name="heldby", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("held_workdays", sa.Integer(), nullable=False),
        sa.Column("review_group", sa.String(length=255), nullable=True),
        sa.Column("sitting_on", sa.Date(), nullable=True),
        sa.Column("sitting_half", sa.Integer(), nullable=True),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("is_told", sa.Boolean(), nullable=False),
        sa.CheckConstraint("held_workdays >= 0", name="ck_projects_booking_held"),
        sa.CheckConstraint(
            "(sitting_on IS NULL) = (sitting_half IS NULL)", name="ck_projects_booking_half_of_a_day"
        ),
        sa.ForeignKeyConstraint(["officer_id"], ["ab_user.id"], name="fk_projects_booking_officer"),
        sa.ForeignKeyConstraint(["plan_id"], ["projects_portfolio_plan.id"], name="fk_projects_booking_plan"),
        sa.ForeignKeyConstraint(["project_id"], ["projects_project.id"], name="fk_projects_booking_project"),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("projects_booking", schema=None) as batch_op:
        batch_op.create_index("ix_projects_booking_department", ["department", "work_last_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_projects_booking_plan_id"), ["plan_id"], unique=False)
        batch_op.create_index("ix_projects_booking_sitting", ["review_group", "sitting_on"], unique=False)
        batch_op.create_index("ux_projects_booking_step", ["project_id", "code"], unique=True)

    op.create_table(
        "projects_booked_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("bench", "officer", "seat", name="booked", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("half", sa.Integer(), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("projects_booked_day", schema=None) as batch_op:
        batch_op.create_index("ux_projects_booked_day", ["kind", "key", "day", "half"], unique=True)


def downgrade() -> None:
    op.drop_table("projects_booked_day")
    op.drop_table("projects_booking")
    op.drop_table("projects_portfolio_plan")
