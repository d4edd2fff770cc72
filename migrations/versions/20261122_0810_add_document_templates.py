"""add document templates

Revision: 327813055877, after c893bd942ce0
"""

import sqlalchemy as sa
from alembic import op

revision = "327813055877"
down_revision = "c893bd942ce0"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "documents_office",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("short_name", sa.String(length=255), nullable=False),
        sa.Column("number_word", sa.String(length=255), nullable=False),
        sa.Column("address", sa.String(length=255), nullable=False),
        sa.Column("postcode", sa.String(length=255), nullable=False),
        sa.Column("phone", sa.String(length=255), nullable=False),
        sa.Column("is_sealed", sa.Boolean(), nullable=False),
        sa.Column("kept_at", sa.DateTime(), nullable=False),
        sa.Column("kept_by_id", sa.Integer(), nullable=True),
        sa.Column("kept_by", sa.String(length=255), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "documents_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=255), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "faulty",
                "ready",
                "published",
                "retired",
                "dropped",
                name="templatestate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("file_name", sa.String(length=255), nullable=False),
        sa.Column("file_key", sa.String(length=255), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=255), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_by", sa.String(length=255), nullable=False),
        sa.Column("tried_at", sa.DateTime(), nullable=True),
        sa.Column("fault", sa.Text(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("published_at", sa.DateTime(), nullable=True),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.Column("published_by", sa.String(length=255), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("retired_at", sa.DateTime(), nullable=True),
        sa.Column("retired_by", sa.String(length=255), nullable=False),
        sa.Column("retired_why", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "published_by_id IS NULL OR published_by_id <> made_by_id",
            name="ck_documents_template_two_people",
        ),
        sa.CheckConstraint(
            "(published_at IS NULL) = (effective_on IS NULL)", name="ck_documents_template_published"
        ),
        sa.CheckConstraint(
            "ended_on IS NULL OR ended_on >= effective_on", name="ck_documents_template_order"
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ux_documents_template_number", "documents_template", ["kind", "number"], unique=True)
    op.create_table(
        "documents_template_page",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=255), nullable=False),
        sa.Column("sample", sa.String(length=255), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("of_pages", sa.Integer(), nullable=False),
        sa.Column("picture_key", sa.String(length=255), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ux_documents_template_page", "documents_template_page", ["sha256", "sample", "number"], unique=True
    )
    op.create_table(
        "documents_template_finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("template_id", sa.Integer(), nullable=False),
        sa.Column(
            "severity",
            sa.Enum("error", "warning", "notice", name="severity", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("code", sa.String(length=255), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["template_id"], ["documents_template.id"], name="fk_documents_template_finding"
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_documents_template_finding_template_id",
        "documents_template_finding",
        ["template_id"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_index("ix_documents_template_finding_template_id", table_name="documents_template_finding")
    op.drop_table("documents_template_finding")
    op.drop_index("ux_documents_template_page", table_name="documents_template_page")
    op.drop_table("documents_template_page")
    op.drop_index("ux_documents_template_number", table_name="documents_template")
    op.drop_table("documents_template")
    op.drop_table("documents_office")
