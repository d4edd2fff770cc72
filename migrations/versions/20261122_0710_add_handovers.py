"""add handovers

Revision: f7138589bec8, after f70f7f3d53ad
"""

import sqlalchemy as sa
from alembic import op

revision = "f7138589bec8"
down_revision = "f70f7f3d53ad"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "handover_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "leave",
                "sudden",
                "change",
                "stage",
                "cover",
                name="handoverkind",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("from_id", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("absence_id", sa.Integer(), nullable=True),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("given_at", sa.DateTime(), nullable=True),
        sa.Column("given_by_id", sa.Integer(), nullable=True),
        sa.Column("given_by", sa.String(length=255), nullable=False),
        sa.Column("accepted_at", sa.DateTime(), nullable=True),
        sa.Column("accepted_by_id", sa.Integer(), nullable=True),
        sa.Column("accepted_by", sa.String(length=255), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("reported_at", sa.DateTime(), nullable=True),
        sa.Column("reported_by_id", sa.Integer(), nullable=True),
        sa.Column("reported_by", sa.String(length=255), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(), nullable=True),
        sa.Column("taken_back_by_id", sa.Integer(), nullable=True),
        sa.Column("taken_back_by", sa.String(length=255), nullable=False),
        sa.Column("dropped_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("from_id <> to_id", name="ck_handover_sheet_two_people"),
        sa.CheckConstraint("last_on IS NULL OR first_on <= last_on", name="ck_handover_sheet_days"),
        sa.ForeignKeyConstraint(["absence_id"], ["staff_absence.id"], name="fk_handover_sheet_absence"),
        sa.ForeignKeyConstraint(["from_id"], ["ab_user.id"], name="fk_handover_sheet_from"),
        sa.ForeignKeyConstraint(["to_id"], ["ab_user.id"], name="fk_handover_sheet_to"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_handover_sheet_absence_id"), "handover_sheet", ["absence_id"], unique=False)
    op.create_index("ix_handover_sheet_from", "handover_sheet", ["from_id", "accepted_at"], unique=False)
    op.create_index("ix_handover_sheet_to", "handover_sheet", ["to_id", "accepted_at"], unique=False)
    op.create_index("ux_handover_sheet_once", "handover_sheet", ["event_id", "from_id", "to_id"], unique=True)
    op.create_table(
        "handover_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handover_id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("post", sa.String(length=255), nullable=False),
        sa.Column("promises", sa.Text(), nullable=False),
        sa.Column("papers", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("told_at", sa.DateTime(), nullable=True),
        sa.Column(
            "told_way",
            sa.Enum("phone", "message", "meeting", "letter", name="tellingway", native_enum=False, length=32),
            nullable=True,
        ),
        sa.Column("told_by_id", sa.Integer(), nullable=True),
        sa.Column("told_by", sa.String(length=255), nullable=False),
        sa.Column("told_whom", sa.String(length=255), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("(told_at IS NULL) = (told_way IS NULL)", name="ck_handover_item_told"),
        sa.ForeignKeyConstraint(["handover_id"], ["handover_sheet.id"], name="fk_handover_item_sheet"),
        sa.ForeignKeyConstraint(["project_id"], ["projects_project.id"], name="fk_handover_item_project"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_handover_item_project_id"), "handover_item", ["project_id"], unique=False)
    op.create_index("ux_handover_item_project", "handover_item", ["handover_id", "project_id"], unique=True)


def downgrade() -> None:
    op.drop_index("ux_handover_item_project", table_name="handover_item")
    op.drop_index(op.f("ix_handover_item_project_id"), table_name="handover_item")
    op.drop_table("handover_item")
    op.drop_index("ux_handover_sheet_once", table_name="handover_sheet")
    op.drop_index("ix_handover_sheet_to", table_name="handover_sheet")
    op.drop_index("ix_handover_sheet_from", table_name="handover_sheet")
    op.drop_index(op.f("ix_handover_sheet_absence_id"), table_name="handover_sheet")
    op.drop_table("handover_sheet")
