"""add returned forms

Revision: 2fd277044f49, after 5c72bf98eedc
"""

import sqlalchemy as sa
from alembic import op

revision = "2fd277044f49"
down_revision = "5c72bf98eedc"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "documents_returned",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=255), nullable=False),
        sa.Column("about_id", sa.Integer(), nullable=False),
        sa.Column("department", sa.String(length=255), nullable=False),
        sa.Column(
            "way", sa.Enum("link", "staff", name="returnedby", native_enum=False, length=32), nullable=False
        ),
        sa.Column("form_key", sa.String(length=255), nullable=True),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("sha256", sa.String(length=255), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=False),
        sa.Column("sent_by_id", sa.Integer(), nullable=True),
        sa.Column("sent_by", sa.String(length=255), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("open", "taken", "left", name="returnstate", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("settled_by", sa.String(length=255), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents_document.id"], name="fk_documents_returned_document"
        ),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects_project.id"], name="fk_documents_returned_project"
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_documents_returned_about", "documents_returned", ["kind", "about_id"], unique=False)
    op.create_index("ix_documents_returned_key", "documents_returned", ["key"], unique=False)
    op.create_index(
        "ix_documents_returned_project", "documents_returned", ["project_id", "state"], unique=False
    )
    op.create_index("ux_documents_returned_form", "documents_returned", ["form_key"], unique=True)
    op.create_table(
        "documents_returned_field",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("returned_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("label", sa.String(length=255), nullable=False),
        sa.Column(
            "found_by",
            sa.Enum("tag", "alias", "label", "column", name="foundby", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column(
            "decision",
            sa.Enum("open", "taken", "left", "same", name="fielddecision", native_enum=False, length=32),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["returned_id"], ["documents_returned.id"], name="fk_documents_returned_field_returned"
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ux_documents_returned_field", "documents_returned_field", ["returned_id", "position"], unique=True
    )
    op.create_index(
        "ux_documents_returned_field_name", "documents_returned_field", ["returned_id", "name"], unique=True
    )


def downgrade() -> None:
    op.drop_index("ux_documents_returned_field_name", table_name="documents_returned_field")
    op.drop_index("ux_documents_returned_field", table_name="documents_returned_field")
    op.drop_table("documents_returned_field")
    op.drop_index("ux_documents_returned_form", table_name="documents_returned")
    op.drop_index("ix_documents_returned_project", table_name="documents_returned")
    op.drop_index("ix_documents_returned_key", table_name="documents_returned")
    op.drop_index("ix_documents_returned_about", table_name="documents_returned")
    op.drop_table("documents_returned")
