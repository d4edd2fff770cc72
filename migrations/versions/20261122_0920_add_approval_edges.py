"""add complaints, who answers for a department, and examination by the lower level

Revision: cfcc418d0d30, after 1ba9e2c906b8
"""

import sqlalchemy as sa
from alembic import op

revision = "cfcc418d0d30"
down_revision = "1ba9e2c906b8"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "staff_contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "post",
            sa.Enum(
                "representative", "head", "county_leader", name="contactpost", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("department", sa.String(length=255), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("title", sa.String(length=255), nullable=False),
        sa.Column("phone", sa.String(length=255), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("until IS NULL OR until >= since", name="ck_staff_contact_days"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_staff_contact_department", "staff_contact", ["post", "department"], unique=False)
    op.create_table(
        "supervision_complaint",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column(
            "way",
            sa.Enum("approval", "hotline", name="complaintway", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("outside_number", sa.String(length=255), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("step_id", sa.Integer(), nullable=True),
        sa.Column("department", sa.String(length=255), nullable=False),
        sa.Column("complainant", sa.String(length=255), nullable=False),
        sa.Column("phone", sa.String(length=255), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("came_at", sa.DateTime(), nullable=False),
        sa.Column("came_on", sa.Date(), nullable=False),
        sa.Column("taken_in_by_id", sa.Integer(), nullable=True),
        sa.Column("taken_in_by", sa.String(length=255), nullable=False),
        sa.Column(
            "standing",
            sa.Enum(
                "received",
                "accepted",
                "declined",
                "sent_back",
                "answered",
                name="complaintstanding",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("return_by", sa.DateTime(), nullable=True),
        sa.Column("is_complex", sa.Boolean(), nullable=False),
        sa.Column("complex_reason", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.String(length=255), nullable=False),
        sa.Column("decision_reason", sa.Text(), nullable=False),
        sa.Column(
            "finding",
            sa.Enum("founded", "partly", "unfounded", name="complaintfinding", native_enum=False, length=32),
            nullable=True,
        ),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answered_by", sa.String(length=255), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "(answered_on IS NULL) = (finding IS NULL)", name="ck_supervision_complaint_answer"
        ),
        sa.CheckConstraint("due_on >= came_on", name="ck_supervision_complaint_due"),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects_project.id"], name="fk_supervision_complaint_project"
        ),
        sa.ForeignKeyConstraint(["step_id"], ["approvals_step.id"], name="fk_supervision_complaint_step"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_supervision_complaint_department",
        "supervision_complaint",
        ["department", "came_on"],
        unique=False,
    )
    op.create_index(
        "ix_supervision_complaint_project_id", "supervision_complaint", ["project_id"], unique=False
    )
    op.create_index(
        "ix_supervision_complaint_standing", "supervision_complaint", ["standing", "due_on"], unique=False
    )
    op.create_index("ix_supervision_complaint_step_id", "supervision_complaint", ["step_id"], unique=False)
    op.create_index(
        "ux_supervision_complaint_number", "supervision_complaint", ["year", "serial"], unique=True
    )
    op.execute(
        "INSERT INTO staff_contact (post, department, name, title, phone, person_id, since, until, version) "
        "SELECT post, department, name, title, phone, person_id, since, until, version "
        "FROM escalation_contact ORDER BY id"
    )
    op.drop_index("ix_escalation_contact_department", table_name="escalation_contact")
    op.drop_table("escalation_contact")
    op.add_column(
        "approvals_matter",
        sa.Column("examined_first_by", sa.String(length=255), server_default="", nullable=False),
    )
    op.add_column(
        "supervision_card",
        sa.Column("representative", sa.String(length=255), server_default="", nullable=False),
    )


def downgrade() -> None:
    op.drop_column("supervision_card", "representative")
    op.drop_column("approvals_matter", "examined_first_by")
    op.create_table(
        "escalation_contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "post",
            sa.Enum(
                "representative", "head", "county_leader", name="contactpost", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("department", sa.String(length=255), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("title", sa.String(length=255), nullable=False),
        sa.Column("phone", sa.String(length=255), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("until IS NULL OR until >= since", name="ck_escalation_contact_days"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_escalation_contact_department", "escalation_contact", ["post", "department"], unique=False
    )
    op.execute(
        "INSERT INTO escalation_contact (post, department, name, title, phone, person_id, since, until, version) "
        "SELECT post, department, name, title, phone, person_id, since, until, version "
        "FROM staff_contact ORDER BY id"
    )
    op.drop_index("ux_supervision_complaint_number", table_name="supervision_complaint")
    op.drop_index("ix_supervision_complaint_step_id", table_name="supervision_complaint")
    op.drop_index("ix_supervision_complaint_standing", table_name="supervision_complaint")
    op.drop_index("ix_supervision_complaint_project_id", table_name="supervision_complaint")
    op.drop_index("ix_supervision_complaint_department", table_name="supervision_complaint")
    op.drop_table("supervision_complaint")
    op.drop_index("ix_staff_contact_department", table_name="staff_contact")
    op.drop_table("staff_contact")
