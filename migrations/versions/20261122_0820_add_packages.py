"""add packages

Revision: 71f62ad247bc, after 327813055877
"""

import sqlalchemy as sa
from alembic import op

revision = "71f62ad247bc"
down_revision = "327813055877"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "documents_package",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("step_id", sa.Integer(), nullable=True),
        sa.Column("review_id", sa.Integer(), nullable=True),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("department", sa.String(length=255), nullable=False),
        sa.Column("number", sa.String(length=255), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("asked", "ready", "failed", name="packagestate", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("data_on", sa.Date(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("facts_sha256", sa.String(length=255), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_by", sa.String(length=255), nullable=False),
        sa.Column("ready_at", sa.DateTime(), nullable=True),
        sa.Column("key", sa.String(length=255), nullable=True),
        sa.Column("sha256", sa.String(length=255), nullable=False),
        sa.Column("sm3", sa.String(length=255), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("fault", sa.Text(), nullable=False),
        sa.Column("replaced_at", sa.DateTime(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("received_at", sa.DateTime(), nullable=True),
        sa.Column("received_by", sa.String(length=255), nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.Column("signed_at", sa.DateTime(), nullable=True),
        sa.Column("signed_by", sa.String(length=255), nullable=False),
        sa.CheckConstraint(
            "state <> 'ready' OR (key IS NOT NULL AND sha256 <> '')", name="ck_documents_package_ready"
        ),
        sa.CheckConstraint("(step_id IS NULL) <> (review_id IS NULL)", name="ck_documents_package_about"),
        sa.CheckConstraint("revision > 0", name="ck_documents_package_revision"),
        sa.ForeignKeyConstraint(["project_id"], ["projects_project.id"], name="fk_documents_package_project"),
        sa.ForeignKeyConstraint(
            ["review_id"], ["approvals_joint_review.id"], name="fk_documents_package_review"
        ),
        sa.ForeignKeyConstraint(["step_id"], ["approvals_step.id"], name="fk_documents_package_step"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_documents_package_department", "documents_package", ["department", "replaced_at"], unique=False
    )
    op.create_index("ix_documents_package_key", "documents_package", ["key"], unique=False)
    op.create_index("ix_documents_package_project", "documents_package", ["project_id"], unique=False)
    op.create_index("ux_documents_package_number", "documents_package", ["number", "revision"], unique=True)
    op.create_index(
        "ux_documents_package_review",
        "documents_package",
        ["review_id", "department", "revision"],
        unique=True,
    )
    op.create_index(
        "ux_documents_package_step",
        "documents_package",
        ["step_id", "attempt", "department", "revision"],
        unique=True,
    )
    op.create_table(
        "documents_package_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("package_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("paper", "document", name="itemkind", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("code", sa.String(length=255), nullable=False),
        sa.Column("name_zh", sa.String(length=255), nullable=False),
        sa.Column("name_en", sa.String(length=255), nullable=False),
        sa.Column("origin", sa.String(length=255), nullable=False),
        sa.Column("source", sa.String(length=255), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "here",
                "original",
                "result",
                "promised",
                "other",
                "missing",
                name="itemstatus",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("paper_revision", sa.Integer(), nullable=False),
        sa.Column("came_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("media_type", sa.String(length=255), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("sha256", sa.String(length=255), nullable=False),
        sa.Column("key", sa.String(length=255), nullable=True),
        sa.ForeignKeyConstraint(
            ["package_id"], ["documents_package.id"], name="fk_documents_package_item_package"
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_documents_package_item_key", "documents_package_item", ["key"], unique=False)
    op.create_index(
        "ux_documents_package_item", "documents_package_item", ["package_id", "position"], unique=True
    )


def downgrade() -> None:
    op.drop_index("ux_documents_package_item", table_name="documents_package_item")
    op.drop_index("ix_documents_package_item_key", table_name="documents_package_item")
    op.drop_table("documents_package_item")
    op.drop_index("ux_documents_package_step", table_name="documents_package")
    op.drop_index("ux_documents_package_review", table_name="documents_package")
    op.drop_index("ux_documents_package_number", table_name="documents_package")
    op.drop_index("ix_documents_package_project", table_name="documents_package")
    op.drop_index("ix_documents_package_key", table_name="documents_package")
    op.drop_index("ix_documents_package_department", table_name="documents_package")
    op.drop_table("documents_package")
