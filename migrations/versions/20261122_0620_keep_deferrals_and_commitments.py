"""keep deferrals and commitments

Revision: d32d8b5a4c63, after d21c7a4f3b52
"""

import sqlalchemy as sa
from alembic import op

revision = "d32d8b5a4c63"
down_revision = "d21c7a4f3b52"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "approvals_issue_first",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("matter", sa.String(length=255), nullable=False),
        sa.Column("material", sa.String(length=255), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ux_approvals_issue_first", "approvals_issue_first", ["matter", "material"], unique=True)
    op.create_table(
        "approvals_number_series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series", sa.String(length=255), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ux_approvals_number_series", "approvals_number_series", ["series", "year"], unique=True)
    op.create_table(
        "approvals_credit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("uscc", sa.String(length=255), nullable=False),
        sa.Column("number", sa.String(length=255), nullable=False),
        sa.Column("promised", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("was_supplied", sa.Boolean(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("published_until", sa.Date(), nullable=False),
        sa.Column("objected_on", sa.Date(), nullable=True),
        sa.Column("objection", sa.Text(), nullable=False),
        sa.Column("answer_due_on", sa.Date(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("repaired_on", sa.Date(), nullable=True),
        sa.Column("repair", sa.Text(), nullable=False),
        sa.Column("removed_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["projects_project.id"], name="fk_approvals_credit_project"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_approvals_credit_project_id", "approvals_credit", ["project_id"], unique=False)
    op.create_index("ix_approvals_credit_uscc", "approvals_credit", ["uscc"], unique=False)
    op.create_index("ux_approvals_credit_number", "approvals_credit", ["number"], unique=True)
    op.create_table(
        "approvals_assurance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=255), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("step_id", sa.Integer(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("uscc", sa.String(length=255), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "decided", "true", "untrue", "revoked", name="assurancestate", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("declares", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("signed_by", sa.String(length=255), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("decided_by", sa.String(length=255), nullable=False),
        sa.Column("check_due_on", sa.Date(), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("checked_by", sa.String(length=255), nullable=False),
        sa.Column("finding", sa.Text(), nullable=False),
        sa.Column("put_right_by_on", sa.Date(), nullable=True),
        sa.Column("revoked_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("check_due_on >= decided_on", name="ck_approvals_assurance_order"),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects_project.id"], name="fk_approvals_assurance_project"
        ),
        sa.ForeignKeyConstraint(["step_id"], ["approvals_step.id"], name="fk_approvals_assurance_step"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_approvals_assurance_due", "approvals_assurance", ["state", "check_due_on"], unique=False
    )
    op.create_index("ix_approvals_assurance_project_id", "approvals_assurance", ["project_id"], unique=False)
    op.create_index("ix_approvals_assurance_step", "approvals_assurance", ["step_id"], unique=False)
    op.create_index("ix_approvals_assurance_uscc", "approvals_assurance", ["uscc"], unique=False)
    op.create_index("ux_approvals_assurance_number", "approvals_assurance", ["number"], unique=True)
    op.create_table(
        "approvals_deferral",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=255), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("step_id", sa.Integer(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("material", sa.String(length=255), nullable=False),
        sa.Column("producer", sa.String(length=255), nullable=False),
        sa.Column(
            "why_main",
            sa.Enum("lacks_only_stamp", "slip_exists", name="whymain", native_enum=False, length=32),
            nullable=True,
        ),
        sa.Column("on_list", sa.Boolean(), nullable=False),
        sa.Column("form", sa.String(length=255), nullable=False),
        sa.Column("uscc", sa.String(length=255), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "drafted",
                "signed",
                "refused",
                "granted",
                "supplied",
                "verified",
                "closed",
                "overdue",
                "defaulted",
                "credit_recorded",
                "repaired",
                "void",
                name="deferralstate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("drafted_on", sa.Date(), nullable=False),
        sa.Column("asked_due_on", sa.Date(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("signed_by", sa.String(length=255), nullable=False),
        sa.Column("agent", sa.String(length=255), nullable=False),
        sa.Column("granted_on", sa.Date(), nullable=True),
        sa.Column("granted_by", sa.String(length=255), nullable=False),
        sa.Column("department_head", sa.String(length=255), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "window",
                "chief_representative",
                "stage_lead",
                "coordinator",
                name="grantlevel",
                native_enum=False,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("period_workdays", sa.Integer(), nullable=True),
        sa.Column("before_issue", sa.Boolean(), nullable=False),
        sa.Column("may_issue_first", sa.Boolean(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("extended_on", sa.Date(), nullable=True),
        sa.Column("first_due_on", sa.Date(), nullable=True),
        sa.Column("extension_workdays", sa.Integer(), nullable=True),
        sa.Column(
            "extension_ground",
            sa.Enum("force_majeure", "authority_delay", name="extensionground", native_enum=False, length=32),
            nullable=True,
        ),
        sa.Column("extension_proof", sa.Text(), nullable=False),
        sa.Column("supplied_on", sa.Date(), nullable=True),
        sa.Column("rejections", sa.Integer(), nullable=False),
        sa.Column("overdue_on", sa.Date(), nullable=True),
        sa.Column("defaulted_on", sa.Date(), nullable=True),
        sa.Column("put_right_by_on", sa.Date(), nullable=True),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("verified_by", sa.String(length=255), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("due_on >= granted_on", name="ck_approvals_deferral_order"),
        sa.CheckConstraint(
            "extension_workdays IS NULL OR extension_workdays <= period_workdays",
            name="ck_approvals_deferral_extension",
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects_project.id"], name="fk_approvals_deferral_project"
        ),
        sa.ForeignKeyConstraint(["step_id"], ["approvals_step.id"], name="fk_approvals_deferral_step"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_approvals_deferral_due", "approvals_deferral", ["state", "due_on"], unique=False)
    op.create_index("ix_approvals_deferral_ended_on", "approvals_deferral", ["ended_on"], unique=False)
    op.create_index(
        "ix_approvals_deferral_project", "approvals_deferral", ["project_id", "state"], unique=False
    )
    op.create_index("ix_approvals_deferral_step", "approvals_deferral", ["step_id"], unique=False)
    op.create_index("ix_approvals_deferral_uscc", "approvals_deferral", ["uscc"], unique=False)
    op.create_index("ux_approvals_deferral_number", "approvals_deferral", ["number"], unique=True)
    op.create_table(
        "approvals_deferral_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deferral_id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("move", sa.String(length=255), nullable=False),
        sa.Column(
            "before",
            sa.Enum(
                "drafted",
                "signed",
                "refused",
                "granted",
                "supplied",
                "verified",
                "closed",
                "overdue",
                "defaulted",
                "credit_recorded",
                "repaired",
                "void",
                name="deferralstate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "drafted",
                "signed",
                "refused",
                "granted",
                "supplied",
                "verified",
                "closed",
                "overdue",
                "defaulted",
                "credit_recorded",
                "repaired",
                "void",
                name="deferralstate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("actor", sa.String(length=255), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["deferral_id"], ["approvals_deferral.id"], name="fk_approvals_deferral_move_deferral"
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects_project.id"], name="fk_approvals_deferral_move_project"
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_approvals_deferral_move", "approvals_deferral_move", ["deferral_id", "id"], unique=False
    )
    op.create_table(
        "approvals_deferral_reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deferral_id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column(
            "reminder",
            sa.Enum(
                "granted",
                "half_time",
                "three_left",
                "one_left",
                "due",
                "overdue",
                name="reminder",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deferral_id"], ["approvals_deferral.id"], name="fk_approvals_deferral_reminder_deferral"
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects_project.id"], name="fk_approvals_deferral_reminder_project"
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ux_approvals_deferral_reminder",
        "approvals_deferral_reminder",
        ["deferral_id", "reminder", "due_on"],
        unique=True,
    )
    op.create_table(
        "projects_deferral_worth",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("deferral_id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=True),
        sa.Column("permit_on", sa.Date(), nullable=True),
        sa.Column("permit_without_on", sa.Date(), nullable=True),
        sa.Column("start_on", sa.Date(), nullable=True),
        sa.Column("start_without_on", sa.Date(), nullable=True),
        sa.Column("gained_workdays", sa.Integer(), nullable=False),
        sa.Column("latest_on", sa.Date(), nullable=True),
        sa.Column("is_critical", sa.Boolean(), nullable=False),
        sa.Column("withheld", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(
            ["deferral_id"], ["approvals_deferral.id"], name="fk_projects_deferral_worth_deferral"
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects_project.id"], name="fk_projects_deferral_worth_project"
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_projects_deferral_worth_project_id", "projects_deferral_worth", ["project_id"], unique=False
    )
    op.create_index("ux_projects_deferral_worth", "projects_deferral_worth", ["deferral_id"], unique=True)


def downgrade() -> None:
    op.drop_index("ux_projects_deferral_worth", table_name="projects_deferral_worth")
    op.drop_index("ix_projects_deferral_worth_project_id", table_name="projects_deferral_worth")
    op.drop_table("projects_deferral_worth")
    op.drop_index("ux_approvals_deferral_reminder", table_name="approvals_deferral_reminder")
    op.drop_table("approvals_deferral_reminder")
    op.drop_index("ix_approvals_deferral_move", table_name="approvals_deferral_move")
    op.drop_table("approvals_deferral_move")
    op.drop_index("ux_approvals_deferral_number", table_name="approvals_deferral")
    op.drop_index("ix_approvals_deferral_uscc", table_name="approvals_deferral")
    op.drop_index("ix_approvals_deferral_step", table_name="approvals_deferral")
    op.drop_index("ix_approvals_deferral_project", table_name="approvals_deferral")
    op.drop_index("ix_approvals_deferral_ended_on", table_name="approvals_deferral")
    op.drop_index("ix_approvals_deferral_due", table_name="approvals_deferral")
    op.drop_table("approvals_deferral")
    op.drop_index("ux_approvals_assurance_number", table_name="approvals_assurance")
    op.drop_index("ix_approvals_assurance_uscc", table_name="approvals_assurance")
    op.drop_index("ix_approvals_assurance_step", table_name="approvals_assurance")
    op.drop_index("ix_approvals_assurance_project_id", table_name="approvals_assurance")
    op.drop_index("ix_approvals_assurance_due", table_name="approvals_assurance")
    op.drop_table("approvals_assurance")
    op.drop_index("ux_approvals_credit_number", table_name="approvals_credit")
    op.drop_index("ix_approvals_credit_uscc", table_name="approvals_credit")
    op.drop_index("ix_approvals_credit_project_id", table_name="approvals_credit")
    op.drop_table("approvals_credit")
    op.drop_index("ux_approvals_number_series", table_name="approvals_number_series")
    op.drop_table("approvals_number_series")
    op.drop_index("ux_approvals_issue_first", table_name="approvals_issue_first")
    op.drop_table("approvals_issue_first")
