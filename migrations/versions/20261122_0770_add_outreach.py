"""Write down who people are and what is due to them; batches, visits, bookings and duty.

Revision: f77e0470e23e, after f76412a89438
"""

import sqlalchemy as sa
from alembic import op

revision = "f77e0470e23e"
down_revision = "f76412a89438"
branch_labels = None
depends_on = None

ALONE = (
    ("outreach_booking", "officer_id"),
    ("outreach_booking", "project_id"),
    ("outreach_due", "found_on"),
    ("outreach_grid", "keeper_id"),
    ("outreach_problem", "project_id"),
    ("outreach_problem", "visit_id"),
    ("outreach_township", "agent_id"),
    ("outreach_visit", "project_id"),
)
"""Indexes of one column each."""


def upgrade() -> None:
    op.create_table(
        "outreach_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=255), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("name_en", sa.String(length=255), nullable=False),
        sa.Column("department", sa.String(length=255), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column(
            "ground",
            sa.Enum("duty", "consent", "separate", name="ground", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("needs_application", sa.Boolean(), nullable=False),
        sa.Column("holds", sa.String(length=255), nullable=False),
        sa.Column("ahead_days", sa.Integer(), nullable=False),
        sa.Column("renew_days", sa.Integer(), nullable=False),
        sa.Column("valid_years", sa.Integer(), nullable=True),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
    )
    op.create_table(
        "outreach_rule_condition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rule_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "fact",
            sa.Enum(
                "age",
                "registered",
                "disability",
                "support",
                "id_card_end",
                name="personfact",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "operator",
            sa.Enum("at_least", "below", "is", "within_days", name="operator", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("value", sa.String(length=255), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["rule_id"], ["outreach_rule.id"], name="fk_outreach_condition_rule"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ux_outreach_rule_condition", "outreach_rule_condition", ["rule_id", "position"], unique=True
    )
    op.create_table(
        "outreach_township",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=255), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("window", sa.String(length=255), nullable=False),
        sa.Column("place", sa.String(length=255), nullable=False),
        sa.Column("phone", sa.String(length=255), nullable=False),
        sa.Column("agent_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["ab_user.id"], name="fk_outreach_township_agent"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
    )
    op.create_table(
        "outreach_duty",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("begins", sa.Time(), nullable=False),
        sa.Column("ends", sa.Time(), nullable=False),
        sa.Column("place_key", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(length=255), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("begins < ends", name="ck_outreach_duty_hours"),
        sa.ForeignKeyConstraint(["person_id"], ["ab_user.id"], name="fk_outreach_duty_person"),
        sa.ForeignKeyConstraint(["township_id"], ["outreach_township.id"], name="fk_outreach_duty_township"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_outreach_duty_place", "outreach_duty", ["on", "place_key"], unique=False)
    op.create_index("ux_outreach_duty_once", "outreach_duty", ["on", "person_id"], unique=True)
    op.create_table(
        "outreach_grid",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=255), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("keeper_id", sa.Integer(), nullable=True),
        sa.Column("keeper", sa.String(length=255), nullable=False),
        sa.Column("phone", sa.String(length=255), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["keeper_id"], ["ab_user.id"], name="fk_outreach_grid_keeper"),
        sa.ForeignKeyConstraint(["township_id"], ["outreach_township.id"], name="fk_outreach_grid_township"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
    )
    op.create_index("ix_outreach_grid_township", "outreach_grid", ["township_id"], unique=False)
    op.create_table(
        "outreach_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=255), nullable=False),
        sa.Column("department", sa.String(length=255), nullable=False),
        sa.Column("grid_id", sa.Integer(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("collect_until_on", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "collecting", "sent", "returned", "closed", name="batchstate", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("by", sa.String(length=255), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("collect_until_on >= opened_on", name="ck_outreach_batch_order"),
        sa.ForeignKeyConstraint(["grid_id"], ["outreach_grid.id"], name="fk_outreach_batch_grid"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_outreach_batch_state", "outreach_batch", ["state", "collect_until_on"], unique=False)
    op.create_index("ux_outreach_batch_number", "outreach_batch", ["year", "serial"], unique=True)
    op.create_table(
        "outreach_booking",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("begins", sa.Time(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column(
            "hours",
            sa.Enum(
                "open",
                "early",
                "noon",
                "late",
                "weekend",
                "holiday",
                name="hours",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("counts_on", sa.Date(), nullable=False),
        sa.Column("what", sa.String(length=255), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=True),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("called", sa.String(length=255), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column(
            "road",
            sa.Enum(
                "counter", "paper", "phone", "agent", "online", name="road", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("officer", sa.String(length=255), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "booked", "served", "missed", "called_off", name="bookingstate", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("by", sa.String(length=255), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint('counts_on >= "on"', name="ck_outreach_booking_counts"),
        sa.ForeignKeyConstraint(["officer_id"], ["ab_user.id"], name="fk_outreach_booking_officer"),
        sa.ForeignKeyConstraint(["project_id"], ["projects_project.id"], name="fk_outreach_booking_project"),
        sa.ForeignKeyConstraint(
            ["township_id"], ["outreach_township.id"], name="fk_outreach_booking_township"
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_outreach_booking_day", "outreach_booking", ["on", "township_id"], unique=False)
    op.create_table(
        "outreach_person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("id_hash", sa.String(length=255), nullable=False),
        sa.Column("called", sa.String(length=255), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("born_on", sa.Date(), nullable=False),
        sa.Column("died_on", sa.Date(), nullable=True),
        sa.Column("is_registered", sa.Boolean(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("grid_id", sa.Integer(), nullable=True),
        sa.Column("disability_grade", sa.Integer(), nullable=True),
        sa.Column(
            "support",
            sa.Enum("none", "low_income", "no_means", name="support", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("id_card_ends_on", sa.Date(), nullable=True),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("disability_grade BETWEEN 1 AND 4", name="ck_outreach_person_grade"),
        sa.ForeignKeyConstraint(["grid_id"], ["outreach_grid.id"], name="fk_outreach_person_grid"),
        sa.ForeignKeyConstraint(
            ["township_id"], ["outreach_township.id"], name="fk_outreach_person_township"
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("id_hash"),
    )
    op.create_index("ix_outreach_person_place", "outreach_person", ["township_id", "grid_id"], unique=False)
    op.create_table(
        "outreach_visit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("grid_id", sa.Integer(), nullable=True),
        sa.Column("place", sa.String(length=255), nullable=False),
        sa.Column("to_whom", sa.String(length=255), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("visitor_id", sa.Integer(), nullable=False),
        sa.Column("visitor", sa.String(length=255), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("planned_at", sa.Time(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("planned", "done", "called_off", name="visitstate", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("(state = 'done') = (done_on IS NOT NULL)", name="ck_outreach_visit_done"),
        sa.ForeignKeyConstraint(["grid_id"], ["outreach_grid.id"], name="fk_outreach_visit_grid"),
        sa.ForeignKeyConstraint(["project_id"], ["projects_project.id"], name="fk_outreach_visit_project"),
        sa.ForeignKeyConstraint(["visitor_id"], ["ab_user.id"], name="fk_outreach_visit_visitor"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_outreach_visit_visitor", "outreach_visit", ["visitor_id", "state", "planned_on"], unique=False
    )
    op.create_table(
        "outreach_access",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("service", sa.String(length=255), nullable=False),
        sa.Column("purpose", sa.String(length=255), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("by", sa.String(length=255), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["outreach_person.id"], name="fk_outreach_access_person"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_outreach_access_person", "outreach_access", ["person_id", "id"], unique=False)
    op.create_table(
        "outreach_application",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("compound", sa.String(length=255), nullable=False),
        sa.Column("called", sa.String(length=255), nullable=False),
        sa.Column("id_hash", sa.String(length=255), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column(
            "road",
            sa.Enum(
                "counter", "paper", "phone", "agent", "online", name="road", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "faulty",
                "ready",
                "sent",
                "granted",
                "refused",
                "delivered",
                "withdrawn",
                name="applicationstate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("faults", sa.String(length=255), nullable=False),
        sa.Column("result_number", sa.String(length=255), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("delivered_on", sa.Date(), nullable=True),
        sa.Column("signed_by", sa.String(length=255), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["outreach_batch.id"], name="fk_outreach_application_batch"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_outreach_application_hash", "outreach_application", ["id_hash"], unique=False)
    op.create_index("ux_outreach_application_line", "outreach_application", ["batch_id", "line"], unique=True)
    op.create_table(
        "outreach_consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("service", sa.String(length=255), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column(
            "road",
            sa.Enum(
                "counter", "paper", "phone", "agent", "online", name="road", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("speaker", sa.String(length=255), nullable=False),
        sa.Column("evidence", sa.String(length=255), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("by", sa.String(length=255), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["outreach_person.id"], name="fk_outreach_consent_person"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_outreach_consent_person", "outreach_consent", ["person_id", "service"], unique=False)
    op.create_table(
        "outreach_due",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rule_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("township_id", sa.Integer(), nullable=False),
        sa.Column("since_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "ask",
                "found",
                "started",
                "issued",
                "delivered",
                "declined",
                "lapsed",
                name="duestate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("state_at", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("by", sa.String(length=255), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("case_number", sa.String(length=255), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("delivered_on", sa.Date(), nullable=True),
        sa.Column("courier", sa.String(length=255), nullable=False),
        sa.Column("signed_by", sa.String(length=255), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("until_on IS NULL OR until_on >= since_on", name="ck_outreach_due_order"),
        sa.ForeignKeyConstraint(["person_id"], ["outreach_person.id"], name="fk_outreach_due_person"),
        sa.ForeignKeyConstraint(["rule_id"], ["outreach_rule.id"], name="fk_outreach_due_rule"),
        sa.ForeignKeyConstraint(["township_id"], ["outreach_township.id"], name="fk_outreach_due_township"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_outreach_due_person", "outreach_due", ["person_id"], unique=False)
    op.create_index(
        "ix_outreach_due_state", "outreach_due", ["rule_id", "state", "township_id"], unique=False
    )
    op.create_index("ux_outreach_due_once", "outreach_due", ["rule_id", "person_id", "since_on"], unique=True)
    op.create_table(
        "outreach_holding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("service", sa.String(length=255), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= issued_on", name="ck_outreach_holding_order"),
        sa.ForeignKeyConstraint(["person_id"], ["outreach_person.id"], name="fk_outreach_holding_person"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ux_outreach_holding_once", "outreach_holding", ["person_id", "service", "issued_on"], unique=True
    )
    op.create_table(
        "outreach_problem",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("holder_id", sa.Integer(), nullable=False),
        sa.Column("holder", sa.String(length=255), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("found_at", sa.DateTime(), nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("settled_by", sa.String(length=255), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("settled_on IS NULL OR answer <> ''", name="ck_outreach_problem_answer"),
        sa.ForeignKeyConstraint(["holder_id"], ["ab_user.id"], name="fk_outreach_problem_holder"),
        sa.ForeignKeyConstraint(["project_id"], ["projects_project.id"], name="fk_outreach_problem_project"),
        sa.ForeignKeyConstraint(["visit_id"], ["outreach_visit.id"], name="fk_outreach_problem_visit"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_outreach_problem_holder", "outreach_problem", ["holder_id", "settled_on"], unique=False
    )
    op.create_table(
        "outreach_refusal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("service", sa.String(length=255), nullable=False),
        sa.Column("since_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column(
            "road",
            sa.Enum(
                "counter", "paper", "phone", "agent", "online", name="road", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("by", sa.String(length=255), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["outreach_person.id"], name="fk_outreach_refusal_person"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_outreach_refusal_person", "outreach_refusal", ["person_id", "service"], unique=False)
    for table, column in ALONE:
        op.create_index(f"ix_{table}_{column}", table, [column], unique=False)


def downgrade() -> None:
    for table, column in ALONE:
        op.drop_index(f"ix_{table}_{column}", table_name=table)
    op.drop_index("ix_outreach_refusal_person", table_name="outreach_refusal")
    op.drop_table("outreach_refusal")
    op.drop_index("ix_outreach_problem_holder", table_name="outreach_problem")
    op.drop_table("outreach_problem")
    op.drop_index("ux_outreach_holding_once", table_name="outreach_holding")
    op.drop_table("outreach_holding")
    op.drop_index("ux_outreach_due_once", table_name="outreach_due")
    op.drop_index("ix_outreach_due_state", table_name="outreach_due")
    op.drop_index("ix_outreach_due_person", table_name="outreach_due")
    op.drop_table("outreach_due")
    op.drop_index("ix_outreach_consent_person", table_name="outreach_consent")
    op.drop_table("outreach_consent")
    op.drop_index("ux_outreach_application_line", table_name="outreach_application")
    op.drop_index("ix_outreach_application_hash", table_name="outreach_application")
    op.drop_table("outreach_application")
    op.drop_index("ix_outreach_access_person", table_name="outreach_access")
    op.drop_table("outreach_access")
    op.drop_index("ix_outreach_visit_visitor", table_name="outreach_visit")
    op.drop_table("outreach_visit")
    op.drop_index("ix_outreach_person_place", table_name="outreach_person")
    op.drop_table("outreach_person")
    op.drop_index("ix_outreach_booking_day", table_name="outreach_booking")
    op.drop_table("outreach_booking")
    op.drop_index("ux_outreach_batch_number", table_name="outreach_batch")
    op.drop_index("ix_outreach_batch_state", table_name="outreach_batch")
    op.drop_table("outreach_batch")
    op.drop_index("ix_outreach_grid_township", table_name="outreach_grid")
    op.drop_table("outreach_grid")
    op.drop_index("ux_outreach_duty_once", table_name="outreach_duty")
    op.drop_index("ix_outreach_duty_place", table_name="outreach_duty")
    op.drop_table("outreach_duty")
    op.drop_table("outreach_township")
    op.drop_index("ux_outreach_rule_condition", table_name="outreach_rule_condition")
    op.drop_table("outreach_rule_condition")
    op.drop_table("outreach_rule")
