"""add progress acts

Revision: dede2f076001, after ad20b54feb20
"""

import sqlalchemy as sa
from alembic import op

revision = "dede2f076001"
down_revision = "ad20b54feb20"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kernel_letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("occasion", sa.String(length=255), nullable=False),
        sa.Column("way", sa.String(length=255), nullable=False),
        sa.Column("kind", sa.String(length=255), nullable=False),
        sa.Column("hint", sa.String(length=255), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("left_at", sa.DateTime(), nullable=False),
        sa.Column("carried_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ux_kernel_letter_occasion", "kernel_letter", ["occasion"], unique=True)
    op.create_table(
        "progress_incoming",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "upload",
                "pick_up",
                "commitment",
                "problem",
                "message",
                "visit",
                "scenario",
                name="actkind",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("form_key", sa.String(length=255), nullable=False),
        sa.Column("sender", sa.String(length=255), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("material", sa.String(length=255), nullable=False),
        sa.Column("step_id", sa.Integer(), nullable=True),
        sa.Column("wanted_on", sa.Date(), nullable=True),
        sa.Column("begins", sa.Time(), nullable=True),
        sa.Column("place", sa.String(length=255), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("hint", sa.String(length=255), nullable=False),
        sa.Column("came_at", sa.DateTime(), nullable=False),
        sa.Column("answer_by_on", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "new", "taken", "answered", "declined", name="incomingstate", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("handled_at", sa.DateTime(), nullable=True),
        sa.Column("handled_by_id", sa.Integer(), nullable=True),
        sa.Column("handled_by", sa.String(length=255), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("about_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("(state = 'new') = (handled_at IS NULL)", name="ck_progress_incoming_handled"),
        sa.CheckConstraint("state <> 'declined' OR answer <> ''", name="ck_progress_incoming_declined"),
        sa.ForeignKeyConstraint(["link_id"], ["progress_link.id"], name="fk_progress_incoming_link"),
        sa.ForeignKeyConstraint(["project_id"], ["projects_project.id"], name="fk_progress_incoming_project"),
        sa.ForeignKeyConstraint(["step_id"], ["approvals_step.id"], name="fk_progress_incoming_step"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_progress_incoming_project", "progress_incoming", ["project_id", "state"], unique=False
    )
    op.create_index("ix_progress_incoming_state", "progress_incoming", ["state", "came_at"], unique=False)
    op.create_index("ux_progress_incoming_form", "progress_incoming", ["link_id", "form_key"], unique=True)
    op.create_table(
        "progress_scenario",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=255), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_by", sa.String(length=255), nullable=False),
        sa.Column(
            "reply",
            sa.Enum("wanted", "not_wanted", "call_us", name="scenarioreply", native_enum=False, length=32),
            nullable=True,
        ),
        sa.Column("reply_words", sa.Text(), nullable=False),
        sa.Column("replied_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("(reply IS NULL) = (replied_at IS NULL)", name="ck_progress_scenario_reply"),
        sa.ForeignKeyConstraint(["link_id"], ["progress_link.id"], name="fk_progress_scenario_link"),
        sa.ForeignKeyConstraint(["project_id"], ["projects_project.id"], name="fk_progress_scenario_project"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_progress_scenario_project", "progress_scenario", ["project_id", "made_at"], unique=False
    )
    op.create_index("ux_progress_scenario_link", "progress_scenario", ["link_id"], unique=True)
    op.create_table(
        "progress_subscription",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column(
            "way",
            sa.Enum("sms", "mail", "calendar", name="tellingway", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("language", sa.String(length=255), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("address_hash", sa.String(length=255), nullable=False),
        sa.Column("hint", sa.String(length=255), nullable=False),
        sa.Column("handle", sa.String(length=255), nullable=False),
        sa.Column("key_hash", sa.String(length=255), nullable=False),
        sa.Column("code_hash", sa.String(length=255), nullable=False),
        sa.Column("code_until", sa.DateTime(), nullable=True),
        sa.Column("code_tries", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(), nullable=True),
        sa.Column("stopped_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["link_id"], ["progress_link.id"], name="fk_progress_subscription_link"),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects_project.id"], name="fk_progress_subscription_project"
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_progress_subscription_address",
        "progress_subscription",
        ["project_id", "address_hash"],
        unique=False,
    )
    op.create_index(
        "ix_progress_subscription_link", "progress_subscription", ["link_id", "made_at"], unique=False
    )
    op.create_index(
        "ix_progress_subscription_project",
        "progress_subscription",
        ["project_id", "stopped_at"],
        unique=False,
    )
    op.create_index("ux_progress_subscription_handle", "progress_subscription", ["handle"], unique=True)
    op.create_index("ux_progress_subscription_key", "progress_subscription", ["key_hash"], unique=True)
    op.create_table(
        "progress_milestone_told",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subscription_id", sa.Integer(), nullable=False),
        sa.Column("occasion", sa.String(length=255), nullable=False),
        sa.Column("told_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["subscription_id"], ["progress_subscription.id"], name="fk_progress_milestone_told_subscription"
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ux_progress_milestone_told", "progress_milestone_told", ["subscription_id", "occasion"], unique=True
    )
    op.create_table(
        "progress_signing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("deferral_id", sa.Integer(), nullable=False),
        sa.Column("signer", sa.String(length=255), nullable=False),
        sa.Column("post", sa.String(length=255), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("statement_sha256", sa.String(length=255), nullable=False),
        sa.Column("hint", sa.String(length=255), nullable=False),
        sa.Column("code_hash", sa.String(length=255), nullable=False),
        sa.Column("code_until", sa.DateTime(), nullable=True),
        sa.Column("code_tries", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("signed_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["deferral_id"], ["approvals_deferral.id"], name="fk_progress_signing_deferral"
        ),
        sa.ForeignKeyConstraint(["link_id"], ["progress_link.id"], name="fk_progress_signing_link"),
        sa.ForeignKeyConstraint(["project_id"], ["projects_project.id"], name="fk_progress_signing_project"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_progress_signing_deferral", "progress_signing", ["deferral_id", "signed_at"], unique=False
    )
    op.create_index("ix_progress_signing_link", "progress_signing", ["link_id", "asked_at"], unique=False)
    op.create_table(
        "progress_upload",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("material", sa.String(length=255), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "collecting", "sent", "accepted", "declined", name="uploadstate", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("incoming_id", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("media_type", sa.String(length=255), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(length=255), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("(state = 'collecting') = (incoming_id IS NULL)", name="ck_progress_upload_sent"),
        sa.ForeignKeyConstraint(
            ["incoming_id"], ["progress_incoming.id"], name="fk_progress_upload_incoming"
        ),
        sa.ForeignKeyConstraint(["link_id"], ["progress_link.id"], name="fk_progress_upload_link"),
        sa.ForeignKeyConstraint(["project_id"], ["projects_project.id"], name="fk_progress_upload_project"),
        sa.ForeignKeyConstraint(
            ["version_id"], ["approvals_paper_version.id"], name="fk_progress_upload_version"
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_progress_upload_link", "progress_upload", ["link_id", "material", "state"], unique=False
    )
    op.create_index("ix_progress_upload_project", "progress_upload", ["project_id", "material"], unique=False)
    op.create_index("ux_progress_upload_incoming", "progress_upload", ["incoming_id"], unique=True)
    op.create_table(
        "progress_upload_page",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("upload_id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("media_type", sa.String(length=255), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(length=255), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("came_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("size_bytes >= 0", name="ck_progress_upload_page_size"),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects_project.id"], name="fk_progress_upload_page_project"
        ),
        sa.ForeignKeyConstraint(["upload_id"], ["progress_upload.id"], name="fk_progress_upload_page_upload"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ux_progress_upload_page", "progress_upload_page", ["upload_id", "sha256"], unique=True)
    op.create_index(
        "ix_progress_upload_page_project_id", "progress_upload_page", ["project_id"], unique=False
    )


def downgrade() -> None:
    for name in (
        "progress_upload_page",
        "progress_upload",
        "progress_signing",
        "progress_milestone_told",
        "progress_subscription",
        "progress_scenario",
        "progress_incoming",
        "kernel_letter",
    ):
        op.drop_table(name)
