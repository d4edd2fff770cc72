"""add service cases

Revision: f76412a89438, after f75bd3d05753
"""

import sqlalchemy as sa
from alembic import op

revision = "f76412a89438"
down_revision = "f75bd3d05753"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "service_listing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office", sa.String(length=255), nullable=False),
        sa.Column("code", sa.String(length=255), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("note", sa.String(length=255), nullable=False),
        sa.Column("is_decided_here", sa.Boolean(), nullable=False),
        sa.Column("since_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("by", sa.String(length=255), nullable=False),
        sa.Column("ended_by", sa.String(length=255), nullable=False),
        sa.CheckConstraint("code <> '' OR name <> ''", name="ck_service_listing_named"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_service_listing_office", "service_listing", ["office", "until_on"], unique=False)
    op.create_table(
        "service_office",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=255), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column(
            "tier",
            sa.Enum("village", "township", "county", "city", name="tier", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("upper", sa.String(length=255), nullable=False),
        sa.Column("address", sa.String(length=255), nullable=False),
        sa.Column("phone", sa.String(length=255), nullable=False),
        sa.Column("hours", sa.String(length=255), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ux_service_office_code", "service_office", ["code"], unique=True)
    op.create_table(
        "service_clerk",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office", sa.String(length=255), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("department", sa.String(length=255), nullable=False),
        sa.Column("since_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["ab_user.id"], name="fk_service_clerk_person"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_service_clerk_office", "service_clerk", ["office", "until_on"], unique=False)
    op.create_index("ix_service_clerk_person", "service_clerk", ["person_id", "until_on"], unique=False)
    op.create_table(
        "service_case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column(
            "customer",
            sa.Enum("person", "enterprise", "project", name="customer", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("customer_name", sa.String(length=255), nullable=False),
        sa.Column("contact", sa.String(length=255), nullable=False),
        sa.Column("phone", sa.String(length=255), nullable=False),
        sa.Column("address", sa.String(length=255), nullable=False),
        sa.Column("workflow", sa.String(length=255), nullable=False),
        sa.Column(
            "mode",
            sa.Enum("local", "online", "relay", "joint", name="mode", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("place_in_charge", sa.String(length=255), nullable=False),
        sa.Column("office", sa.String(length=255), nullable=False),
        sa.Column("holder_id", sa.Integer(), nullable=True),
        sa.Column("holder", sa.String(length=255), nullable=False),
        sa.Column(
            "state",
            sa.Enum("open", "suspended", "closed", name="casestate", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("period_workdays", sa.Integer(), nullable=False),
        sa.Column("opened_by_id", sa.Integer(), nullable=True),
        sa.Column("opened_by", sa.String(length=255), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("taken_in_on", sa.Date(), nullable=True),
        sa.Column("sent_on_on", sa.Date(), nullable=True),
        sa.Column("set_received_on", sa.Date(), nullable=True),
        sa.Column("day_zero_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "done",
                "partly",
                "refused",
                "withdrawn",
                "terminated",
                name="outcome",
                native_enum=False,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("ending", sa.Text(), nullable=False),
        sa.Column("origin", sa.String(length=255), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "(customer = 'project') = (project_id IS NOT NULL)", name="ck_service_case_project"
        ),
        sa.CheckConstraint("(closed_on IS NULL) = (outcome IS NULL)", name="ck_service_case_ending"),
        sa.ForeignKeyConstraint(["project_id"], ["projects_project.id"], name="fk_service_case_project"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_service_case_closed_on", "service_case", ["closed_on"], unique=False)
    op.create_index("ix_service_case_due_on", "service_case", ["due_on"], unique=False)
    op.create_index("ix_service_case_holder", "service_case", ["holder_id", "state"], unique=False)
    op.create_index("ix_service_case_office", "service_case", ["office", "state"], unique=False)
    op.create_index("ix_service_case_opened_on", "service_case", ["opened_on"], unique=False)
    op.create_index("ix_service_case_project", "service_case", ["project_id"], unique=False)
    op.create_index("ux_service_case_number", "service_case", ["year", "serial"], unique=True)
    op.create_index("ux_service_case_origin", "service_case", ["origin"], unique=True)
    op.create_table(
        "service_delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=255), nullable=False),
        sa.Column(
            "way",
            sa.Enum("counter", "courier", "agent", name="deliveryway", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("carrier", sa.String(length=255), nullable=False),
        sa.Column("tracking", sa.String(length=255), nullable=False),
        sa.Column("to_whom", sa.String(length=255), nullable=False),
        sa.Column("to_where", sa.String(length=255), nullable=False),
        sa.Column(
            "state",
            sa.Enum("sent", "signed", "returned", name="deliverystate", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("sent_by", sa.String(length=255), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("signed_by", sa.String(length=255), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["service_case.id"], name="fk_service_delivery_case"),
        sa.ForeignKeyConstraint(["project_id"], ["projects_project.id"], name="fk_service_delivery_project"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_service_delivery_case", "service_delivery", ["case_id"], unique=False)
    op.create_index("ix_service_delivery_project", "service_delivery", ["project_id"], unique=False)
    op.create_index("ix_service_delivery_state", "service_delivery", ["state", "sent_on"], unique=False)
    op.create_table(
        "service_field",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=255), nullable=False),
        sa.Column("name_zh", sa.String(length=255), nullable=False),
        sa.Column("name_en", sa.String(length=255), nullable=False),
        sa.Column("kind", sa.String(length=255), nullable=False),
        sa.Column("is_required", sa.Boolean(), nullable=False),
        sa.Column("is_sensitive", sa.Boolean(), nullable=False),
        sa.Column("asked_by", sa.String(length=255), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["service_case.id"], name="fk_service_field_case"),
        sa.ForeignKeyConstraint(["project_id"], ["projects_project.id"], name="fk_service_field_project"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_service_field_project", "service_field", ["project_id"], unique=False)
    op.create_index("ux_service_field_once", "service_field", ["case_id", "code"], unique=True)
    op.create_table(
        "service_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=255), nullable=False),
        sa.Column("bundle", sa.String(length=255), nullable=False),
        sa.Column("department", sa.String(length=255), nullable=False),
        sa.Column("name_zh", sa.String(length=255), nullable=False),
        sa.Column("name_en", sa.String(length=255), nullable=False),
        sa.Column("result_zh", sa.String(length=255), nullable=False),
        sa.Column("result_en", sa.String(length=255), nullable=False),
        sa.Column(
            "state",
            sa.Enum("open", "done", "refused", name="itemstate", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.Column("settled_by", sa.String(length=255), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["service_case.id"], name="fk_service_item_case"),
        sa.ForeignKeyConstraint(["project_id"], ["projects_project.id"], name="fk_service_item_project"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_service_item_project", "service_item", ["project_id"], unique=False)
    op.create_index("ux_service_item_once", "service_item", ["case_id", "code"], unique=True)
    op.create_table(
        "service_paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=255), nullable=False),
        sa.Column("name_zh", sa.String(length=255), nullable=False),
        sa.Column("name_en", sa.String(length=255), nullable=False),
        sa.Column("copies", sa.String(length=255), nullable=False),
        sa.Column("may_come_later", sa.Boolean(), nullable=False),
        sa.Column("asked_by", sa.String(length=255), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "missing", "received", "shared", "later", name="paperstate", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("source", sa.String(length=255), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("received_by", sa.String(length=255), nullable=False),
        sa.CheckConstraint("state <> 'later' OR due_on IS NOT NULL", name="ck_service_paper_later"),
        sa.ForeignKeyConstraint(["case_id"], ["service_case.id"], name="fk_service_paper_case"),
        sa.ForeignKeyConstraint(["project_id"], ["projects_project.id"], name="fk_service_paper_project"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_service_paper_project", "service_paper", ["project_id"], unique=False)
    op.create_index("ux_service_paper_once", "service_paper", ["case_id", "code"], unique=True)
    op.create_table(
        "service_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("step_place", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "consultation",
                "survey",
                "visit",
                "coordination",
                "progress",
                "answer",
                "report",
                "call_back",
                "rating",
                "archive",
                "note",
                name="record",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("by", sa.String(length=255), nullable=False),
        sa.Column("whom", sa.String(length=255), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("satisfaction", sa.Integer(), nullable=True),
        sa.CheckConstraint("satisfaction BETWEEN 1 AND 5", name="ck_service_record_satisfaction"),
        sa.ForeignKeyConstraint(["case_id"], ["service_case.id"], name="fk_service_record_case"),
        sa.ForeignKeyConstraint(["project_id"], ["projects_project.id"], name="fk_service_record_project"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_service_record_case", "service_record", ["case_id", "kind"], unique=False)
    op.create_index("ix_service_record_project", "service_record", ["project_id"], unique=False)
    op.create_table(
        "service_slip",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "entrustment",
                "acceptance",
                "suspension",
                "resumption",
                "closing",
                name="slip",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("issued_at", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("by", sa.String(length=255), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("signed_by", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["service_case.id"], name="fk_service_slip_case"),
        sa.ForeignKeyConstraint(["project_id"], ["projects_project.id"], name="fk_service_slip_project"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_service_slip_project", "service_slip", ["project_id"], unique=False)
    op.create_index("ux_service_slip_number", "service_slip", ["case_id", "kind", "serial"], unique=True)
    op.create_table(
        "service_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=255), nullable=False),
        sa.Column("name_zh", sa.String(length=255), nullable=False),
        sa.Column("name_en", sa.String(length=255), nullable=False),
        sa.Column("post", sa.String(length=255), nullable=False),
        sa.Column("document", sa.String(length=255), nullable=False),
        sa.Column("exits", sa.String(length=255), nullable=False),
        sa.Column(
            "state",
            sa.Enum("waiting", "current", "done", "skipped", name="stepstate", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("began_at", sa.DateTime(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("by", sa.String(length=255), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("state <> 'skipped' OR reason <> ''", name="ck_service_step_reason"),
        sa.ForeignKeyConstraint(["case_id"], ["service_case.id"], name="fk_service_step_case"),
        sa.ForeignKeyConstraint(["project_id"], ["projects_project.id"], name="fk_service_step_project"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_service_step_project", "service_step", ["project_id"], unique=False)
    op.create_index("ux_service_step_place", "service_step", ["case_id", "place"], unique=True)
    op.create_table(
        "service_stop",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("basis", sa.String(length=255), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("planned_last_on", sa.Date(), nullable=False),
        sa.Column("resumed_on", sa.Date(), nullable=True),
        sa.Column("by", sa.String(length=255), nullable=False),
        sa.Column("resumed_by", sa.String(length=255), nullable=False),
        sa.Column("resumed_why", sa.Text(), nullable=False),
        sa.CheckConstraint("resumed_on IS NULL OR resumed_on >= first_on", name="ck_service_stop_order"),
        sa.ForeignKeyConstraint(["case_id"], ["service_case.id"], name="fk_service_stop_case"),
        sa.ForeignKeyConstraint(["project_id"], ["projects_project.id"], name="fk_service_stop_project"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_service_stop_case", "service_stop", ["case_id"], unique=False)
    op.create_index("ix_service_stop_project", "service_stop", ["project_id"], unique=False)
    op.create_table(
        "service_transfer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("from_office", sa.String(length=255), nullable=False),
        sa.Column("to_office", sa.String(length=255), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=False),
        sa.Column("sent_by", sa.String(length=255), nullable=False),
        sa.Column("taken_at", sa.DateTime(), nullable=True),
        sa.Column("taken_by_id", sa.Integer(), nullable=True),
        sa.Column("taken_by", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["service_case.id"], name="fk_service_transfer_case"),
        sa.ForeignKeyConstraint(["project_id"], ["projects_project.id"], name="fk_service_transfer_project"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_service_transfer_project", "service_transfer", ["project_id"], unique=False)
    op.create_index("ix_service_transfer_to", "service_transfer", ["to_office", "taken_at"], unique=False)
    op.create_index("ux_service_transfer_place", "service_transfer", ["case_id", "place"], unique=True)
    op.create_table(
        "service_delivery_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("delivery_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("sent", "signed", "returned", name="deliverystate", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("words", sa.String(length=255), nullable=False),
        sa.Column("by", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["service_delivery.id"], name="fk_service_delivery_move_delivery"
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects_project.id"], name="fk_service_delivery_move_project"
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_service_delivery_move", "service_delivery_move", ["delivery_id"], unique=False)
    op.create_index("ix_service_delivery_move_project", "service_delivery_move", ["project_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_service_delivery_move_project", table_name="service_delivery_move")
    op.drop_index("ix_service_delivery_move", table_name="service_delivery_move")
    op.drop_table("service_delivery_move")
    op.drop_index("ux_service_transfer_place", table_name="service_transfer")
    op.drop_index("ix_service_transfer_to", table_name="service_transfer")
    op.drop_index("ix_service_transfer_project", table_name="service_transfer")
    op.drop_table("service_transfer")
    op.drop_index("ix_service_stop_project", table_name="service_stop")
    op.drop_index("ix_service_stop_case", table_name="service_stop")
    op.drop_table("service_stop")
    op.drop_index("ux_service_step_place", table_name="service_step")
    op.drop_index("ix_service_step_project", table_name="service_step")
    op.drop_table("service_step")
    op.drop_index("ux_service_slip_number", table_name="service_slip")
    op.drop_index("ix_service_slip_project", table_name="service_slip")
    op.drop_table("service_slip")
    op.drop_index("ix_service_record_project", table_name="service_record")
    op.drop_index("ix_service_record_case", table_name="service_record")
    op.drop_table("service_record")
    op.drop_index("ux_service_paper_once", table_name="service_paper")
    op.drop_index("ix_service_paper_project", table_name="service_paper")
    op.drop_table("service_paper")
    op.drop_index("ux_service_item_once", table_name="service_item")
    op.drop_index("ix_service_item_project", table_name="service_item")
    op.drop_table("service_item")
    op.drop_index("ux_service_field_once", table_name="service_field")
    op.drop_index("ix_service_field_project", table_name="service_field")
    op.drop_table("service_field")
    op.drop_index("ix_service_delivery_state", table_name="service_delivery")
    op.drop_index("ix_service_delivery_project", table_name="service_delivery")
    op.drop_index("ix_service_delivery_case", table_name="service_delivery")
    op.drop_table("service_delivery")
    op.drop_index("ux_service_case_origin", table_name="service_case")
    op.drop_index("ux_service_case_number", table_name="service_case")
    op.drop_index("ix_service_case_project", table_name="service_case")
    op.drop_index("ix_service_case_opened_on", table_name="service_case")
    op.drop_index("ix_service_case_office", table_name="service_case")
    op.drop_index("ix_service_case_holder", table_name="service_case")
    op.drop_index("ix_service_case_due_on", table_name="service_case")
    op.drop_index("ix_service_case_closed_on", table_name="service_case")
    op.drop_table("service_case")
    op.drop_index("ix_service_clerk_person", table_name="service_clerk")
    op.drop_index("ix_service_clerk_office", table_name="service_clerk")
    op.drop_table("service_clerk")
    op.drop_index("ux_service_office_code", table_name="service_office")
    op.drop_table("service_office")
    op.drop_index("ix_service_listing_office", table_name="service_listing")
    op.drop_table("service_listing")
