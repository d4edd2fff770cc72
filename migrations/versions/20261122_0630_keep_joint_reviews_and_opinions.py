"""keep joint reviews and opinions

Revision: d43e9c6b5d74, after d32d8b5a4c63
"""

import sqlalchemy as sa
from alembic import op

revision = "d43e9c6b5d74"
down_revision = "d32d8b5a4c63"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "approvals_joint_review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("review_group", sa.String(length=255), nullable=False),
        sa.Column("lead", sa.String(length=255), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "written",
                "meeting",
                "site_visit",
                "before_land",
                name="reviewkind",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("steps", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("silence", sa.String(length=255), nullable=False),
        sa.Column("sitting_id", sa.Integer(), nullable=True),
        sa.Column("session_on", sa.Date(), nullable=True),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=False),
        sa.Column("opinions_due_on", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "gathering",
                "gathered",
                "answered",
                "cancelled",
                name="reviewstate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "answer",
            sa.Enum("agreed", "conditions", "material", name="answerkind", native_enum=False, length=32),
            nullable=True,
        ),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("extended_workdays", sa.Integer(), nullable=False),
        sa.Column("extension_approved_by", sa.String(length=255), nullable=False),
        sa.Column("extension_reason", sa.Text(), nullable=False),
        sa.Column("cancelled_on", sa.Date(), nullable=True),
        sa.Column("cancelled_reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "(state = 'answered') = (answered_on IS NOT NULL)", name="ck_approvals_joint_review_answered"
        ),
        sa.CheckConstraint("round > 0", name="ck_approvals_joint_review_round"),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects_project.id"], name="fk_approvals_joint_review_project"
        ),
        sa.ForeignKeyConstraint(
            ["sitting_id"], ["approvals_sitting.id"], name="fk_approvals_joint_review_sitting"
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_approvals_joint_review_project", "approvals_joint_review", ["project_id"], unique=False
    )
    op.create_index(
        "ix_approvals_joint_review_state",
        "approvals_joint_review",
        ["state", "opinions_due_on"],
        unique=False,
    )
    op.create_table(
        "approvals_minutes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(length=255), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("kept_by", sa.String(length=255), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["projects_project.id"], name="fk_approvals_minutes_project"),
        sa.ForeignKeyConstraint(
            ["review_id"], ["approvals_joint_review.id"], name="fk_approvals_minutes_review"
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_approvals_minutes_project", "approvals_minutes", ["project_id"], unique=False)
    op.create_index("ix_approvals_minutes_review", "approvals_minutes", ["review_id"], unique=False)
    op.create_table(
        "approvals_review_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("agreed", "conditions", "material", name="answerkind", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("given_by", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects_project.id"], name="fk_approvals_review_answer_project"
        ),
        sa.ForeignKeyConstraint(
            ["review_id"], ["approvals_joint_review.id"], name="fk_approvals_review_answer_review"
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_approvals_review_answer_project", "approvals_review_answer", ["project_id"], unique=False
    )
    op.create_index(
        "ux_approvals_review_answer", "approvals_review_answer", ["review_id", "round"], unique=True
    )
    op.create_table(
        "approvals_review_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("department", sa.String(length=255), nullable=False),
        sa.Column("is_lead", sa.Boolean(), nullable=False),
        sa.Column("asked_for", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("received_at", sa.DateTime(), nullable=True),
        sa.Column("received_by", sa.String(length=255), nullable=False),
        sa.Column(
            "received_way",
            sa.Enum("screen", "link", "document", "rule", name="way", native_enum=False, length=32),
            nullable=True,
        ),
        sa.Column("handed_to", sa.String(length=255), nullable=False),
        sa.Column("handed_note", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects_project.id"], name="fk_approvals_review_member_project"
        ),
        sa.ForeignKeyConstraint(
            ["review_id"], ["approvals_joint_review.id"], name="fk_approvals_review_member_review"
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_approvals_review_member_department",
        "approvals_review_member",
        ["department", "review_id"],
        unique=False,
    )
    op.create_index(
        "ix_approvals_review_member_project", "approvals_review_member", ["project_id"], unique=False
    )
    op.create_index(
        "ux_approvals_review_member",
        "approvals_review_member",
        ["review_id", "round", "department"],
        unique=True,
    )
    op.create_table(
        "approvals_minutes_attendance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("minutes_id", sa.Integer(), nullable=False),
        sa.Column("department", sa.String(length=255), nullable=False),
        sa.Column("officers", sa.Integer(), nullable=False),
        sa.Column("names", sa.Text(), nullable=False),
        sa.CheckConstraint("officers > 0", name="ck_approvals_minutes_attendance_officers"),
        sa.ForeignKeyConstraint(
            ["minutes_id"], ["approvals_minutes.id"], name="fk_approvals_minutes_attendance_minutes"
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ux_approvals_minutes_attendance",
        "approvals_minutes_attendance",
        ["minutes_id", "department"],
        unique=True,
    )
    op.create_table(
        "approvals_opinion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column(
            "stance",
            sa.Enum(
                "agree",
                "conditions",
                "material",
                "not_ours",
                "silent",
                name="stance",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column(
            "way",
            sa.Enum("screen", "link", "document", "rule", name="way", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("given_by", sa.String(length=255), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(length=255), nullable=False),
        sa.Column("number", sa.String(length=255), nullable=False),
        sa.Column("file_key", sa.String(length=255), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["approvals_review_member.id"], name="fk_approvals_opinion_member"
        ),
        sa.ForeignKeyConstraint(["project_id"], ["projects_project.id"], name="fk_approvals_opinion_project"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_approvals_opinion_member", "approvals_opinion", ["member_id"], unique=False)
    op.create_index("ix_approvals_opinion_project", "approvals_opinion", ["project_id"], unique=False)
    op.create_table(
        "approvals_opinion_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("opinion_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("condition", "material", name="linekind", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("material", sa.String(length=255), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column(
            "relation",
            sa.Enum(
                "at_least",
                "at_most",
                "above",
                "below",
                "equal",
                "not_equal",
                name="relation",
                native_enum=False,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("value", sa.String(length=255), nullable=False),
        sa.Column("unit", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(
            ["opinion_id"], ["approvals_opinion.id"], name="fk_approvals_opinion_line_opinion"
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_approvals_opinion_line_opinion", "approvals_opinion_line", ["opinion_id"], unique=False
    )
    op.create_table(
        "approvals_contradiction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("first_line_id", sa.Integer(), nullable=False),
        sa.Column("second_line_id", sa.Integer(), nullable=False),
        sa.Column("is_marked", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("marked_by", sa.String(length=255), nullable=False),
        sa.Column("resolution", sa.Text(), nullable=False),
        sa.Column("resolved_by", sa.String(length=255), nullable=False),
        sa.Column("resolved_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("first_line_id < second_line_id", name="ck_approvals_contradiction_order"),
        sa.ForeignKeyConstraint(
            ["first_line_id"], ["approvals_opinion_line.id"], name="fk_approvals_contradiction_first"
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects_project.id"], name="fk_approvals_contradiction_project"
        ),
        sa.ForeignKeyConstraint(
            ["review_id"], ["approvals_joint_review.id"], name="fk_approvals_contradiction_review"
        ),
        sa.ForeignKeyConstraint(
            ["second_line_id"], ["approvals_opinion_line.id"], name="fk_approvals_contradiction_second"
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_approvals_contradiction_review", "approvals_contradiction", ["review_id"], unique=False
    )
    op.create_index(
        "ux_approvals_contradiction",
        "approvals_contradiction",
        ["first_line_id", "second_line_id"],
        unique=True,
    )
    op.create_table(
        "approvals_review_task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=True),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("department", sa.String(length=255), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("done_by", sa.String(length=255), nullable=False),
        sa.Column("done_note", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["line_id"], ["approvals_opinion_line.id"], name="fk_approvals_review_task_line"
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects_project.id"], name="fk_approvals_review_task_project"
        ),
        sa.ForeignKeyConstraint(
            ["review_id"], ["approvals_joint_review.id"], name="fk_approvals_review_task_review"
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_approvals_review_task_due", "approvals_review_task", ["done_on", "due_on"], unique=False
    )
    op.create_index("ix_approvals_review_task_project", "approvals_review_task", ["project_id"], unique=False)
    op.create_index("ix_approvals_review_task_review", "approvals_review_task", ["review_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_approvals_review_task_review", table_name="approvals_review_task")
    op.drop_index("ix_approvals_review_task_project", table_name="approvals_review_task")
    op.drop_index("ix_approvals_review_task_due", table_name="approvals_review_task")
    op.drop_table("approvals_review_task")
    op.drop_index("ux_approvals_contradiction", table_name="approvals_contradiction")
    op.drop_index("ix_approvals_contradiction_review", table_name="approvals_contradiction")
    op.drop_table("approvals_contradiction")
    op.drop_index("ix_approvals_opinion_line_opinion", table_name="approvals_opinion_line")
    op.drop_table("approvals_opinion_line")
    op.drop_index("ix_approvals_opinion_project", table_name="approvals_opinion")
    op.drop_index("ix_approvals_opinion_member", table_name="approvals_opinion")
    op.drop_table("approvals_opinion")
    op.drop_index("ux_approvals_minutes_attendance", table_name="approvals_minutes_attendance")
    op.drop_table("approvals_minutes_attendance")
    op.drop_index("ux_approvals_review_member", table_name="approvals_review_member")
    op.drop_index("ix_approvals_review_member_project", table_name="approvals_review_member")
    op.drop_index("ix_approvals_review_member_department", table_name="approvals_review_member")
    op.drop_table("approvals_review_member")
    op.drop_index("ux_approvals_review_answer", table_name="approvals_review_answer")
    op.drop_index("ix_approvals_review_answer_project", table_name="approvals_review_answer")
    op.drop_table("approvals_review_answer")
    op.drop_index("ix_approvals_minutes_review", table_name="approvals_minutes")
    op.drop_index("ix_approvals_minutes_project", table_name="approvals_minutes")
    op.drop_table("approvals_minutes")
    op.drop_index("ix_approvals_joint_review_state", table_name="approvals_joint_review")
    op.drop_index("ix_approvals_joint_review_project", table_name="approvals_joint_review")
    op.drop_table("approvals_joint_review")
