"""show cards

Revision: d65abe8d7f96, after d54fad7c6e85
"""

import sqlalchemy as sa
from alembic import op

revision = "d65abe8d7f96"
down_revision = "d54fad7c6e85"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "supervision_card",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("step_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=255), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("department", sa.String(length=255), nullable=False),
        sa.Column(
            "colour", sa.Enum("yellow", "red", name="colour", native_enum=False, length=32), nullable=False
        ),
        sa.Column(
            "cause",
            sa.Enum(
                "promised_near",
                "promised_past",
                "statutory_past",
                "stop_overrun",
                "float",
                "stage_overdue",
                "second_list",
                "refused_without_reasons",
                "accepted_outside",
                "charged",
                "unlisted_items",
                name="cause",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("limit_on", sa.Date(), nullable=False),
        sa.Column("occasion", sa.Integer(), nullable=False),
        sa.Column("shown_on", sa.Date(), nullable=False),
        sa.Column("shown_at", sa.DateTime(), nullable=False),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("promised_end_on", sa.Date(), nullable=True),
        sa.Column("statutory_end_on", sa.Date(), nullable=True),
        sa.Column("limit_workdays", sa.Integer(), nullable=True),
        sa.Column("used_workdays", sa.Integer(), nullable=True),
        sa.Column("paused_workdays", sa.Integer(), nullable=True),
        sa.Column("float_workdays", sa.Integer(), nullable=True),
        sa.Column("held_by_id", sa.Integer(), nullable=True),
        sa.Column("held_by", sa.String(length=255), nullable=False),
        sa.Column("held_role", sa.String(length=255), nullable=False),
        sa.Column("away_id", sa.Integer(), nullable=True),
        sa.Column("away_first_on", sa.Date(), nullable=True),
        sa.Column("away_last_on", sa.Date(), nullable=True),
        sa.Column("seen_by", sa.String(length=255), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column(
            "ended_how",
            sa.Enum(
                "case_ended",
                "clock_moved",
                "harder_card",
                "appeal_upheld",
                "made_good",
                name="ending",
                native_enum=False,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("(ended_on IS NULL) = (ended_how IS NULL)", name="ck_supervision_card_ending"),
        sa.CheckConstraint("ended_on IS NULL OR ended_on >= shown_on", name="ck_supervision_card_order"),
        sa.ForeignKeyConstraint(["project_id"], ["projects_project.id"], name="fk_supervision_card_project"),
        sa.ForeignKeyConstraint(["step_id"], ["approvals_step.id"], name="fk_supervision_card_step"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_supervision_card_department", "supervision_card", ["department", "shown_on"])
    op.create_index("ix_supervision_card_ended_on", "supervision_card", ["ended_on"])
    op.create_index("ix_supervision_card_project", "supervision_card", ["project_id"])
    op.create_index("ix_supervision_card_shown_on", "supervision_card", ["shown_on"])
    op.create_index(
        "ux_supervision_card_once",
        "supervision_card",
        ["step_id", "attempt", "cause", "limit_on", "occasion"],
        unique=True,
    )
    op.create_table(
        "supervision_chase",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("step_id", sa.Integer(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("department", sa.String(length=255), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("by", sa.String(length=255), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column(
            "way",
            sa.Enum(
                "phone", "sms", "visit", "letter", "meeting", name="chaseway", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("to_whom", sa.String(length=255), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["projects_project.id"], name="fk_supervision_chase_project"),
        sa.ForeignKeyConstraint(["step_id"], ["approvals_step.id"], name="fk_supervision_chase_step"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_supervision_chase_project_id", "supervision_chase", ["project_id"])
    op.create_index("ix_supervision_chase_step", "supervision_chase", ["step_id", "id"])
    op.create_table(
        "supervision_appeal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("card_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("by", sa.String(length=255), nullable=False),
        sa.Column("speaker", sa.String(length=255), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column(
            "ruling",
            sa.Enum("upheld", "rejected", name="ruling", native_enum=False, length=32),
            nullable=True,
        ),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_by", sa.String(length=255), nullable=False),
        sa.Column("decision_reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("(decided_on IS NULL) = (ruling IS NULL)", name="ck_supervision_appeal_ruling"),
        sa.CheckConstraint("decided_on IS NULL OR decided_on >= made_on", name="ck_supervision_appeal_order"),
        sa.ForeignKeyConstraint(["card_id"], ["supervision_card.id"], name="fk_supervision_appeal_card"),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects_project.id"], name="fk_supervision_appeal_project"
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_supervision_appeal_project_id", "supervision_appeal", ["project_id"])
    op.create_index("ux_supervision_appeal_card", "supervision_appeal", ["card_id"], unique=True)
    op.create_table(
        "supervision_card_pause",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("card_id", sa.Integer(), nullable=False),
        sa.Column("stop_id", sa.Integer(), nullable=True),
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
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("planned_last_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["card_id"], ["supervision_card.id"], name="fk_supervision_card_pause_card"),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects_project.id"], name="fk_supervision_card_pause_project"
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_supervision_card_pause_card_id", "supervision_card_pause", ["card_id"])
    op.create_index("ix_supervision_card_pause_project_id", "supervision_card_pause", ["project_id"])
    op.create_table(
        "supervision_escalation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("card_id", sa.Integer(), nullable=False),
        sa.Column(
            "level",
            sa.Enum(
                "handler", "department_head", "supervision_office", name="level", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("reached_on", sa.Date(), nullable=False),
        sa.Column("reached_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["card_id"], ["supervision_card.id"], name="fk_supervision_escalation_card"),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects_project.id"], name="fk_supervision_escalation_project"
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_supervision_escalation_project_id", "supervision_escalation", ["project_id"])
    op.create_index(
        "ux_supervision_escalation_level", "supervision_escalation", ["card_id", "level"], unique=True
    )
    op.create_table(
        "supervision_order",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("card_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("department", sa.String(length=255), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("by", sa.String(length=255), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("issued_at", sa.DateTime(), nullable=False),
        sa.Column("demand", sa.Text(), nullable=False),
        sa.Column("answer_due_on", sa.Date(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answered_by", sa.String(length=255), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("answer_due_on >= issued_on", name="ck_supervision_order_due"),
        sa.CheckConstraint(
            "answered_on IS NULL OR answered_on >= issued_on", name="ck_supervision_order_order"
        ),
        sa.ForeignKeyConstraint(["card_id"], ["supervision_card.id"], name="fk_supervision_order_card"),
        sa.ForeignKeyConstraint(["project_id"], ["projects_project.id"], name="fk_supervision_order_project"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_supervision_order_card", "supervision_order", ["card_id"])
    op.create_index("ix_supervision_order_project_id", "supervision_order", ["project_id"])
    op.create_index("ux_supervision_order_number", "supervision_order", ["year", "serial"], unique=True)


def downgrade() -> None:
    op.drop_table("supervision_card_pause")
    op.drop_table("supervision_appeal")
    op.drop_table("supervision_chase")
    op.drop_table("supervision_escalation")
    op.drop_table("supervision_order")
    op.drop_table("supervision_card")
