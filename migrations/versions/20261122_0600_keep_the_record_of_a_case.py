"""keep the record of a case

Revision: d10b6f3e2a41, after c9d4e0a17f35
"""

import sqlalchemy as sa
from alembic import op

revision = "d10b6f3e2a41"
down_revision = "c9d4e0a17f35"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "approvals_case_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("step_id", sa.Integer(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("move", sa.String(length=255), nullable=False),
        sa.Column(
            "before",
            sa.Enum(
                "not_started",
                "preparing",
                "received",
                "withdrawn",
                "accepted",
                "not_accepted",
                "declined",
                "correcting",
                "corrected",
                "working",
                "in_procedure",
                "procedure_over",
                "passed",
                "passed_deferred",
                "refused",
                "recalled",
                "revoked",
                "not_required",
                name="stepstate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "not_started",
                "preparing",
                "received",
                "withdrawn",
                "accepted",
                "not_accepted",
                "declined",
                "correcting",
                "corrected",
                "working",
                "in_procedure",
                "procedure_over",
                "passed",
                "passed_deferred",
                "refused",
                "recalled",
                "revoked",
                "not_required",
                name="stepstate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("actor", sa.String(length=255), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("number", sa.String(length=255), nullable=False),
        sa.Column("promised_end_on", sa.Date(), nullable=True),
        sa.Column("statutory_end_on", sa.Date(), nullable=True),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects_project.id"], name="fk_approvals_case_move_project"
        ),
        sa.ForeignKeyConstraint(["step_id"], ["approvals_step.id"], name="fk_approvals_case_move_step"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_approvals_case_move_project", "approvals_case_move", ["project_id", "id"], unique=False
    )
    op.create_index("ix_approvals_case_move_step", "approvals_case_move", ["step_id", "id"], unique=False)
    op.create_table(
        "approvals_extension",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("step_id", sa.Integer(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("workdays", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("approved_by", sa.String(length=255), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("is_void", sa.Boolean(), nullable=False),
        sa.CheckConstraint("workdays > 0", name="ck_approvals_extension_workdays"),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects_project.id"], name="fk_approvals_extension_project"
        ),
        sa.ForeignKeyConstraint(["step_id"], ["approvals_step.id"], name="fk_approvals_extension_step"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_approvals_extension_project", "approvals_extension", ["project_id"], unique=False)
    op.create_index(
        "ix_approvals_extension_step", "approvals_extension", ["step_id", "attempt"], unique=False
    )
    op.create_table(
        "approvals_stop",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("step_id", sa.Integer(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "correction",
                "hearing",
                "tender",
                "auction",
                "inspection",
                "testing",
                "quarantine",
                "appraisal",
                "expert_review",
                "publicity",
                "technical_review",
                "site_survey",
                "consultation",
                name="stopkind",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("notice_number", sa.String(length=255), nullable=False),
        sa.Column("decided_by", sa.String(length=255), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("planned_last_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=True),
        sa.Column("is_void", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("last_on >= first_on", name="ck_approvals_stop_order"),
        sa.CheckConstraint("planned_last_on >= first_on", name="ck_approvals_stop_planned"),
        sa.ForeignKeyConstraint(["project_id"], ["projects_project.id"], name="fk_approvals_stop_project"),
        sa.ForeignKeyConstraint(["step_id"], ["approvals_step.id"], name="fk_approvals_stop_step"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_approvals_stop_project", "approvals_stop", ["project_id"], unique=False)
    op.create_index("ix_approvals_stop_step", "approvals_stop", ["step_id", "attempt"], unique=False)
    op.add_column("approvals_step", sa.Column("attempt", sa.Integer(), server_default="1", nullable=False))
    op.add_column("approvals_step", sa.Column("received_on", sa.Date(), nullable=True))
    op.add_column("approvals_step", sa.Column("ended_on", sa.Date(), nullable=True))
    op.add_column("approvals_step", sa.Column("promised_end_on", sa.Date(), nullable=True))
    op.add_column("approvals_step", sa.Column("statutory_end_on", sa.Date(), nullable=True))
    op.create_index("ix_approvals_step_promised_end_on", "approvals_step", ["promised_end_on"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_approvals_step_promised_end_on", table_name="approvals_step")
    op.drop_column("approvals_step", "statutory_end_on")
    op.drop_column("approvals_step", "promised_end_on")
    op.drop_column("approvals_step", "ended_on")
    op.drop_column("approvals_step", "received_on")
    op.drop_column("approvals_step", "attempt")
    op.drop_index("ix_approvals_stop_step", table_name="approvals_stop")
    op.drop_index("ix_approvals_stop_project", table_name="approvals_stop")
    op.drop_table("approvals_stop")
    op.drop_index("ix_approvals_extension_step", table_name="approvals_extension")
    op.drop_index("ix_approvals_extension_project", table_name="approvals_extension")
    op.drop_table("approvals_extension")
    op.drop_index("ix_approvals_case_move_step", table_name="approvals_case_move")
    op.drop_index("ix_approvals_case_move_project", table_name="approvals_case_move")
    op.drop_table("approvals_case_move")
