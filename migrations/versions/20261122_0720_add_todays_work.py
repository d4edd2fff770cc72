"""add todays work

Revision: f72a95fc5648, after f7138589bec8
"""

import sqlalchemy as sa
from alembic import op

revision = "f72a95fc5648"
down_revision = "f7138589bec8"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "today_place",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("department", sa.String(length=255), nullable=False),
        sa.Column("place", sa.String(length=255), nullable=False),
        sa.Column("contact", sa.String(length=255), nullable=False),
        sa.Column("phone", sa.String(length=255), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ux_today_place_department", "today_place", ["department"], unique=True)
    op.create_table(
        "today_tick",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("is_for_good", sa.Boolean(), nullable=False),
        sa.Column("ticked_on", sa.Date(), nullable=False),
        sa.Column("ticked_at", sa.DateTime(), nullable=False),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["ab_user.id"], name="fk_today_tick_person"),
        sa.ForeignKeyConstraint(["project_id"], ["projects_project.id"], name="fk_today_tick_project"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_today_tick_key", "today_tick", ["key", "ticked_on"], unique=False)
    op.create_index("ix_today_tick_person", "today_tick", ["person_id", "ticked_on"], unique=False)
    op.create_index(op.f("ix_today_tick_project_id"), "today_tick", ["project_id"], unique=False)
    op.create_table(
        "today_put_off",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("lifted_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("until_on > made_on", name="ck_today_put_off_order"),
        sa.ForeignKeyConstraint(["person_id"], ["ab_user.id"], name="fk_today_put_off_person"),
        sa.ForeignKeyConstraint(["project_id"], ["projects_project.id"], name="fk_today_put_off_project"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_today_put_off_person", "today_put_off", ["person_id", "until_on"], unique=False)
    op.create_index(op.f("ix_today_put_off_project_id"), "today_put_off", ["project_id"], unique=False)
    op.create_table(
        "today_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("due_at", sa.Time(), nullable=True),
        sa.Column("place", sa.String(length=255), nullable=False),
        sa.Column("phone", sa.String(length=255), nullable=False),
        sa.Column("is_promise", sa.Boolean(), nullable=False),
        sa.Column("written_by", sa.String(length=255), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.Column("done_at", sa.DateTime(), nullable=True),
        sa.Column("done_by", sa.String(length=255), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["ab_user.id"], name="fk_today_note_person"),
        sa.ForeignKeyConstraint(["project_id"], ["projects_project.id"], name="fk_today_note_project"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_today_note_person", "today_note", ["person_id", "done_at"], unique=False)
    op.create_index("ix_today_note_project", "today_note", ["project_id", "done_at"], unique=False)


def downgrade() -> None:
    for table in ("today_note", "today_put_off", "today_tick", "today_place"):
        op.drop_table(table)
