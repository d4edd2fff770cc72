"""add documents

Revision: c893bd942ce0, after f79e09d240a6
"""

import sqlalchemy as sa
from alembic import op

revision = "c893bd942ce0"
down_revision = "f79e09d240a6"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "documents_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=255), nullable=False),
        sa.Column("about", sa.String(length=255), nullable=False),
        sa.Column("about_id", sa.Integer(), nullable=False),
        sa.Column("department", sa.String(length=255), nullable=False),
        sa.Column("series", sa.String(length=255), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=255), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("addressee", sa.Text(), nullable=False),
        sa.Column("data_on", sa.Date(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_by", sa.String(length=255), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "asked", "rendered", "printed", "failed", name="documentstate", native_enum=False, length=32
            ),
            nullable=False,
        ),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("facts_sha256", sa.String(length=255), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column("template_sha256", sa.String(length=255), nullable=False),
        sa.Column("docx_key", sa.String(length=255), nullable=False),
        sa.Column("docx_sha256", sa.String(length=255), nullable=False),
        sa.Column("docx_size_bytes", sa.Integer(), nullable=False),
        sa.Column("pdf_key", sa.String(length=255), nullable=False),
        sa.Column("pdf_sha256", sa.String(length=255), nullable=False),
        sa.Column("pdf_size_bytes", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("sealed_key", sa.String(length=255), nullable=False),
        sa.Column("sealed_sha256", sa.String(length=255), nullable=False),
        sa.Column("sealed_size_bytes", sa.Integer(), nullable=False),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.Column("fault", sa.Text(), nullable=False),
        sa.Column("replaced_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("state <> 'printed' OR pdf_key <> ''", name="ck_documents_document_printed"),
        sa.CheckConstraint(
            "state NOT IN ('rendered', 'printed') OR docx_key <> ''", name="ck_documents_document_rendered"
        ),
        sa.CheckConstraint("version >= 1 AND serial >= 1", name="ck_documents_document_counted"),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects_project.id"], name="fk_documents_document_project"
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_documents_document_docx", "documents_document", ["docx_sha256"], unique=False)
    op.create_index("ix_documents_document_project", "documents_document", ["project_id", "id"], unique=False)
    op.create_index("ix_documents_document_state", "documents_document", ["state", "id"], unique=False)
    op.create_index(
        "ux_documents_document_number",
        "documents_document",
        ["series", "year", "serial", "version"],
        unique=True,
    )
    op.create_index(
        "ux_documents_document_version", "documents_document", ["kind", "about_id", "version"], unique=True
    )


def downgrade() -> None:
    op.drop_index("ix_documents_document_docx", table_name="documents_document")
    op.drop_index("ix_documents_document_project", table_name="documents_document")
    op.drop_index("ix_documents_document_state", table_name="documents_document")
    op.drop_index("ux_documents_document_number", table_name="documents_document")
    op.drop_index("ux_documents_document_version", table_name="documents_document")
    op.drop_table("documents_document")
