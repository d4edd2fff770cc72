"""add reports of what cannot be done

Revision: f74dc24b7dba, after f73bf7c547e0
"""

import sqlalchemy as sa
from alembic import op

revision = "f74dc24b7dba"
down_revision = "f73bf7c547e0"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "escalation_cause",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=255), nullable=False),
        sa.Column("name_zh", sa.String(length=255), nullable=False),
        sa.Column("name_en", sa.String(length=255), nullable=False),
        sa.Column("is_used", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ux_escalation_cause_code", "escalation_cause", ["code"], unique=True)
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
    op.create_index("ix_escalation_contact_department", "escalation_contact", ["post", "department"])
    op.create_table(
        "escalation_duty",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("phone", sa.String(length=255), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ux_escalation_duty", "escalation_duty", ["on", "name"], unique=True)
    op.create_table(
        "escalation_figures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("by", sa.String(length=255), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("window_minutes", sa.Integer(), nullable=False),
        sa.Column("department_minutes", sa.Integer(), nullable=False),
        sa.Column("explain_workdays", sa.Integer(), nullable=False),
        sa.Column("one_department_workdays", sa.Integer(), nullable=False),
        sa.Column("across_workdays", sa.Integer(), nullable=False),
        sa.Column("leader_workdays", sa.Integer(), nullable=False),
        sa.Column("negative_workdays", sa.Integer(), nullable=False),
        sa.Column("fix_times", sa.Integer(), nullable=False),
        sa.Column("fix_workdays", sa.Integer(), nullable=False),
        sa.Column("opens", sa.Time(), nullable=False),
        sa.Column("pauses", sa.Time(), nullable=False),
        sa.Column("resumes", sa.Time(), nullable=False),
        sa.Column("closes", sa.Time(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "escalation_fix",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("occasion", sa.String(length=255), nullable=False),
        sa.Column("cause_code", sa.String(length=255), nullable=False),
        sa.Column("quarter", sa.String(length=255), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("departments", sa.String(length=255), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("in_force_on", sa.Date(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answered_by", sa.String(length=255), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("(answered_on IS NULL) = (answer = '')", name="ck_escalation_fix_answer"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ux_escalation_fix_occasion", "escalation_fix", ["occasion"], unique=True)
    op.create_table(
        "escalation_voice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column(
            "topic",
            sa.Enum(
                "problem", "suggestion", "policy", "praise", name="voicetopic", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("speaker", sa.String(length=255), nullable=False),
        sa.Column("phone", sa.String(length=255), nullable=False),
        sa.Column("place", sa.String(length=255), nullable=False),
        sa.Column("heard_on", sa.Date(), nullable=False),
        sa.Column("heard_at", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("by", sa.String(length=255), nullable=False),
        sa.Column(
            "state",
            sa.Enum("heard", "routed", "answered", "told", name="voicestate", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("department", sa.String(length=255), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answered_by", sa.String(length=255), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["projects_project.id"], name="fk_escalation_voice_project"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_escalation_voice_project_id", "escalation_voice", ["project_id"])
    op.create_index("ix_escalation_voice_state", "escalation_voice", ["state", "heard_on"])
    op.create_table(
        "escalation_bottleneck",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("step_id", sa.Integer(), nullable=True),
        sa.Column("matter", sa.String(length=255), nullable=False),
        sa.Column("department", sa.String(length=255), nullable=False),
        sa.Column("waited_workdays", sa.Integer(), nullable=False),
        sa.Column("cause_code", sa.String(length=255), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("proposal", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "recorded",
                "proposed",
                "taken_up",
                "mended",
                "not_followed",
                name="bottleneckstate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("by", sa.String(length=255), nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("settled_by", sa.String(length=255), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects_project.id"], name="fk_escalation_bottleneck_project"
        ),
        sa.ForeignKeyConstraint(["step_id"], ["approvals_step.id"], name="fk_escalation_bottleneck_step"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_escalation_bottleneck_project_id", "escalation_bottleneck", ["project_id"])
    op.create_index("ix_escalation_bottleneck_state", "escalation_bottleneck", ["state", "department"])
    op.create_table(
        "escalation_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=255), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("step_id", sa.Integer(), nullable=True),
        sa.Column(
            "way",
            sa.Enum(
                "counter",
                "phone",
                "online",
                "platform",
                "call_back",
                name="reportway",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("occasion", sa.String(length=255), nullable=True),
        sa.Column("reporter", sa.String(length=255), nullable=False),
        sa.Column("phone", sa.String(length=255), nullable=False),
        sa.Column("title", sa.String(length=255), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("department", sa.String(length=255), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "unlawful", "blocked", "refused", "special", name="reportkind", native_enum=False, length=32
            ),
            nullable=True,
        ),
        sa.Column("reported_at", sa.DateTime(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("registered_by_id", sa.Integer(), nullable=True),
        sa.Column("registered_by", sa.String(length=255), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "window",
                "department",
                "timed",
                "leader",
                "office_meeting",
                "standing_meeting",
                name="reportlevel",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("level_due_at", sa.DateTime(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("owner", sa.String(length=255), nullable=False),
        sa.Column("owner_phone", sa.String(length=255), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "solved",
                "arranged",
                "explained",
                "withdrawn",
                name="reportoutcome",
                native_enum=False,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("closed_by", sa.String(length=255), nullable=False),
        sa.Column("cause_code", sa.String(length=255), nullable=False),
        sa.Column("approver", sa.String(length=255), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("accountability", sa.Text(), nullable=False),
        sa.Column(
            "contentment",
            sa.Enum(
                "satisfied",
                "partly",
                "unsatisfied",
                "not_reached",
                name="contentment",
                native_enum=False,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("asked_back_on", sa.Date(), nullable=True),
        sa.Column("reopenings", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (closed_on IS NULL)", name="ck_escalation_report_closed_on"
        ),
        sa.CheckConstraint("(closed_at IS NULL) = (outcome IS NULL)", name="ck_escalation_report_closing"),
        sa.ForeignKeyConstraint(["project_id"], ["projects_project.id"], name="fk_escalation_report_project"),
        sa.ForeignKeyConstraint(["step_id"], ["approvals_step.id"], name="fk_escalation_report_step"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_escalation_report_cause", "escalation_report", ["cause_code", "closed_on"])
    op.create_index("ix_escalation_report_closed_on", "escalation_report", ["closed_on"])
    op.create_index("ix_escalation_report_open", "escalation_report", ["closed_at", "level_due_at"])
    op.create_index("ix_escalation_report_project_id", "escalation_report", ["project_id"])
    op.create_index("ix_escalation_report_step_id", "escalation_report", ["step_id"])
    op.create_index("ux_escalation_report_number", "escalation_report", ["number"], unique=True)
    op.create_index("ux_escalation_report_occasion", "escalation_report", ["occasion"], unique=True)
    op.create_table(
        "escalation_act",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("by", sa.String(length=255), nullable=False),
        sa.Column(
            "deed",
            sa.Enum(
                "registered",
                "found_again",
                "arrived",
                "rose",
                "classified",
                "owned",
                "opinion",
                "meeting",
                "assigned",
                "assignment_answered",
                "answered",
                "noted",
                "closed",
                "asked_back",
                "reopened",
                name="reportdeed",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["escalation_report.id"], name="fk_escalation_act_report"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_escalation_act_report_id", "escalation_act", ["report_id"])
    op.create_table(
        "escalation_assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=255), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "window",
                "department",
                "timed",
                "leader",
                "office_meeting",
                "standing_meeting",
                name="reportlevel",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("addressee", sa.String(length=255), nullable=False),
        sa.Column("department", sa.String(length=255), nullable=False),
        sa.Column("demand", sa.Text(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("issued_at", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("by", sa.String(length=255), nullable=False),
        sa.Column("answer_due_on", sa.Date(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answered_by", sa.String(length=255), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("answer_due_on >= issued_on", name="ck_escalation_assignment_due"),
        sa.ForeignKeyConstraint(
            ["report_id"], ["escalation_report.id"], name="fk_escalation_assignment_report"
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_escalation_assignment_due", "escalation_assignment", ["answered_on", "answer_due_on"])
    op.create_index("ix_escalation_assignment_report_id", "escalation_assignment", ["report_id"])
    op.create_index("ux_escalation_assignment_number", "escalation_assignment", ["number"], unique=True)
    op.create_table(
        "escalation_meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("place", sa.String(length=255), nullable=False),
        sa.Column("proposal", sa.Text(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("called_off_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["escalation_report.id"], name="fk_escalation_meeting_report"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_escalation_meeting_report", "escalation_meeting", ["report_id", "at"])
    op.create_table(
        "escalation_negative",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=255), nullable=False),
        sa.Column("occasion", sa.String(length=255), nullable=True),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("step_id", sa.Integer(), nullable=True),
        sa.Column("report_id", sa.Integer(), nullable=True),
        sa.Column("department", sa.String(length=255), nullable=False),
        sa.Column("matter", sa.String(length=255), nullable=False),
        sa.Column("applicant", sa.String(length=255), nullable=False),
        sa.Column("phone", sa.String(length=255), nullable=False),
        sa.Column("said_by", sa.String(length=255), nullable=False),
        sa.Column("said_by_id", sa.Integer(), nullable=True),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column(
            "ruling",
            sa.Enum("upheld", "overturned", name="negativeruling", native_enum=False, length=32),
            nullable=True,
        ),
        sa.Column("ruled_on", sa.Date(), nullable=True),
        sa.Column("ruled_by", sa.String(length=255), nullable=False),
        sa.Column("ruled_by_id", sa.Integer(), nullable=True),
        sa.Column("ruling_note", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("(ruled_on IS NULL) = (ruling IS NULL)", name="ck_escalation_negative_ruling"),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects_project.id"], name="fk_escalation_negative_project"
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["escalation_report.id"], name="fk_escalation_negative_report"
        ),
        sa.ForeignKeyConstraint(["step_id"], ["approvals_step.id"], name="fk_escalation_negative_step"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_escalation_negative_open", "escalation_negative", ["ruled_on", "due_on"])
    op.create_index("ix_escalation_negative_project_id", "escalation_negative", ["project_id"])
    op.create_index("ix_escalation_negative_report_id", "escalation_negative", ["report_id"])
    op.create_index("ux_escalation_negative_number", "escalation_negative", ["number"], unique=True)
    op.create_index("ux_escalation_negative_occasion", "escalation_negative", ["occasion"], unique=True)
    op.create_table(
        "escalation_opinion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("department", sa.String(length=255), nullable=False),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("is_coming", sa.Boolean(), nullable=False),
        sa.Column("given_by", sa.String(length=255), nullable=False),
        sa.Column("given_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["escalation_report.id"], name="fk_escalation_opinion_report"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ux_escalation_opinion", "escalation_opinion", ["report_id", "department"], unique=True)
    op.create_table(
        "escalation_stage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "window",
                "department",
                "timed",
                "leader",
                "office_meeting",
                "standing_meeting",
                name="reportlevel",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("began_at", sa.DateTime(), nullable=False),
        sa.Column("due_at", sa.DateTime(), nullable=True),
        sa.Column("called", sa.String(length=255), nullable=False),
        sa.Column("called_phone", sa.String(length=255), nullable=False),
        sa.Column("arrived_at", sa.DateTime(), nullable=True),
        sa.Column("who_came", sa.String(length=255), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column(
            "rose",
            sa.Enum(
                "nobody_came",
                "unsolved",
                "day_over",
                "late",
                "asked",
                "reopened",
                name="rise",
                native_enum=False,
                length=32,
            ),
            nullable=True,
        ),
        sa.CheckConstraint("ended_at IS NULL OR ended_at >= began_at", name="ck_escalation_stage_order"),
        sa.ForeignKeyConstraint(["report_id"], ["escalation_report.id"], name="fk_escalation_stage_report"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_escalation_stage_report_id", "escalation_stage", ["report_id"])
    op.create_index(
        "ux_escalation_stage_level", "escalation_stage", ["report_id", "round", "level"], unique=True
    )


def downgrade() -> None:
    op.drop_table("escalation_stage")
    op.drop_table("escalation_opinion")
    op.drop_table("escalation_negative")
    op.drop_table("escalation_meeting")
    op.drop_table("escalation_assignment")
    op.drop_table("escalation_act")
    op.drop_table("escalation_report")
    op.drop_table("escalation_bottleneck")
    op.drop_table("escalation_voice")
    op.drop_table("escalation_fix")
    op.drop_table("escalation_figures")
    op.drop_table("escalation_duty")
    op.drop_table("escalation_contact")
    op.drop_table("escalation_cause")
