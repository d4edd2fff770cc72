"""hand out links and notices

Revision: d54fad7c6e85, after d43e9c6b5d74
"""

import sqlalchemy as sa
from alembic import op

revision = "d54fad7c6e85"
down_revision = "d43e9c6b5d74"
branch_labels = None
depends_on = None

KINDS = ("department_step", "department_review", "department", "availability")


def upgrade() -> None:
    op.create_table(
        "desk_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Enum(*KINDS, name="linkkind", native_enum=False, length=32), nullable=False),
        sa.Column("department", sa.String(length=255), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("step_id", sa.Integer(), nullable=True),
        sa.Column("review_id", sa.Integer(), nullable=True),
        sa.Column("recipient", sa.String(length=255), nullable=False),
        sa.Column("hint", sa.String(length=255), nullable=False),
        sa.Column("token_hash", sa.String(length=255), nullable=False),
        sa.Column("handle", sa.String(length=255), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_by", sa.String(length=255), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(), nullable=True),
        sa.Column("last_opened_at", sa.DateTime(), nullable=True),
        sa.Column("opened_count", sa.Integer(), server_default="0", nullable=False),
        sa.Column("asked_again_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "kind IN ('department', 'availability') OR project_id IS NOT NULL", name="ck_desk_link_project"
        ),
        sa.ForeignKeyConstraint(["project_id"], ["projects_project.id"], name="fk_desk_link_project"),
        sa.ForeignKeyConstraint(["step_id"], ["approvals_step.id"], name="fk_desk_link_step"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ux_desk_link_token", "desk_link", ["token_hash"], unique=True)
    op.create_index("ux_desk_link_handle", "desk_link", ["handle"], unique=True)
    op.create_index("ix_desk_link_step", "desk_link", ["step_id"], unique=False)
    op.create_index("ix_desk_link_project", "desk_link", ["project_id"], unique=False)
    op.create_index("ix_desk_link_review", "desk_link", ["review_id"], unique=False)
    op.create_index("ix_desk_link_department", "desk_link", ["department"], unique=False)
    op.create_table(
        "desk_link_opening",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("client", sa.String(length=255), nullable=False),
        sa.Column("device", sa.String(length=255), nullable=False),
        sa.Column("is_new_device", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["link_id"], ["desk_link.id"], name="fk_desk_link_opening_link"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_desk_link_opening_link", "desk_link_opening", ["link_id", "id"], unique=False)
    op.create_table(
        "desk_sent_form",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("act", sa.String(length=255), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("file_key", sa.String(length=255), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(["link_id"], ["desk_link.id"], name="fk_desk_sent_form_link"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ux_desk_sent_form", "desk_sent_form", ["key"], unique=True)
    op.create_table(
        "desk_notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("code", sa.String(length=255), nullable=False),
        sa.Column("text", sa.String(length=255), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("is_acting", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("read_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["kernel_event.id"], name="fk_desk_notice_event"),
        sa.ForeignKeyConstraint(["person_id"], ["ab_user.id"], name="fk_desk_notice_person"),
        sa.ForeignKeyConstraint(["project_id"], ["projects_project.id"], name="fk_desk_notice_project"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ux_desk_notice", "desk_notice", ["event_id", "person_id"], unique=True)
    op.create_index("ix_desk_notice_person", "desk_notice", ["person_id", "read_at"], unique=False)
    op.create_index("ix_desk_notice_made_at", "desk_notice", ["made_at"], unique=False)
    op.create_index("ix_desk_notice_project_id", "desk_notice", ["project_id"], unique=False)


def downgrade() -> None:
    op.drop_table("desk_notice")
    op.drop_table("desk_sent_form")
    op.drop_table("desk_link_opening")
    op.drop_table("desk_link")
