"""add notice channels

Revision: f782e1ce739e, after f77e0470e23e
"""

import sqlalchemy as sa
from alembic import op

revision = "f782e1ce739e"
down_revision = "f77e0470e23e"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "desk_channel",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "channel",
            sa.Enum(
                "mail", "sms", "dingtalk", "wecom", "feishu", name="channel", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("address", sa.String(length=255), nullable=False),
        sa.Column(
            "rhythm",
            sa.Enum(
                "everything", "morning", "pressing", "never", name="rhythm", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("confirmed_at", sa.DateTime(), nullable=True),
        sa.Column("code_hash", sa.String(length=64), nullable=True),
        sa.Column("code_until", sa.DateTime(), nullable=True),
        sa.Column("code_tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("(code_hash IS NULL) = (code_until IS NULL)", name="ck_desk_channel_code"),
        sa.ForeignKeyConstraint(["person_id"], ["ab_user.id"], name="fk_desk_channel_person"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ux_desk_channel", "desk_channel", ["person_id", "channel"], unique=True)
    op.create_table(
        "desk_hours",
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("quiet_from", sa.Time(), nullable=False),
        sa.Column("quiet_until", sa.Time(), nullable=False),
        sa.Column("digest_at", sa.Time(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["ab_user.id"], name="fk_desk_hours_person"),
        sa.PrimaryKeyConstraint("person_id"),
    )
    op.create_table(
        "desk_near",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("told_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["ab_user.id"], name="fk_desk_near_person"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ux_desk_near", "desk_near", ["person_id", "key", "due_on"], unique=True)
    op.create_table(
        "desk_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column(
            "channel",
            sa.Enum(
                "mail", "sms", "dingtalk", "wecom", "feishu", name="channel", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column(
            "kind",
            sa.Enum(
                "prompt", "digest", "code", "substitution", name="messagekind", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("occasion", sa.String(length=255), nullable=False),
        sa.Column("hint", sa.String(length=255), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("waiting", "sent", "dead", "dropped", name="messagestate", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("not_before_at", sa.DateTime(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("reference", sa.String(length=255), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.CheckConstraint("(settled_at IS NULL) = (state = 'waiting')", name="ck_desk_message_settled"),
        sa.CheckConstraint("person_id IS NOT NULL OR project_id IS NOT NULL", name="ck_desk_message_whose"),
        sa.ForeignKeyConstraint(["person_id"], ["ab_user.id"], name="fk_desk_message_person"),
        sa.ForeignKeyConstraint(["project_id"], ["projects_project.id"], name="fk_desk_message_project"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_desk_message_person", "desk_message", ["person_id", "id"])
    op.create_index("ix_desk_message_project", "desk_message", ["project_id"])
    op.create_index("ix_desk_message_state", "desk_message", ["state", "channel"])
    op.create_index("ux_desk_message_occasion", "desk_message", ["occasion"], unique=True)
    op.create_table(
        "desk_message_notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column(
            "channel",
            sa.Enum(
                "mail", "sms", "dingtalk", "wecom", "feishu", name="channel", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["message_id"], ["desk_message.id"], name="fk_desk_message_notice_message"),
        sa.ForeignKeyConstraint(["notice_id"], ["desk_notice.id"], name="fk_desk_message_notice_notice"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_desk_message_notice_message", "desk_message_notice", ["message_id"])
    op.create_index("ux_desk_message_notice", "desk_message_notice", ["notice_id", "channel"], unique=True)
    op.create_table(
        "desk_message_try",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum("taken", "later", "refused", name="tryoutcome", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("took_ms", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["desk_message.id"], name="fk_desk_message_try_message"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ux_desk_message_try", "desk_message_try", ["message_id", "number"], unique=True)


def downgrade() -> None:
    op.drop_table("desk_message_try")
    op.drop_table("desk_message_notice")
    op.drop_table("desk_message")
    op.drop_table("desk_near")
    op.drop_table("desk_hours")
    op.drop_table("desk_channel")
