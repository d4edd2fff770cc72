"""add seals and archives

Revision: 5c72bf98eedc, after 71f62ad247bc
"""

import sqlalchemy as sa
from alembic import op

revision = "5c72bf98eedc"
down_revision = "71f62ad247bc"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "documents_printed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("docx_sha256", sa.String(length=255), nullable=False),
        sa.Column("converter", sa.String(length=255), nullable=False),
        sa.Column("pdf_key", sa.String(length=255), nullable=False),
        sa.Column("pdf_sha256", sa.String(length=255), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("printed_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("pages >= 1", name="ck_documents_printed_pages"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ux_documents_printed", "documents_printed", ["docx_sha256", "converter"], unique=True)
    op.create_table(
        "documents_seal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=255), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("office", sa.String(length=255), nullable=False),
        sa.Column(
            "keeper",
            sa.Enum("software", "device", "platform", name="keeper", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("key_name", sa.String(length=255), nullable=False),
        sa.Column("key_file", sa.String(length=255), nullable=False),
        sa.Column("manifest_key_file", sa.String(length=255), nullable=False),
        sa.Column("manifest_public", sa.String(length=255), nullable=False),
        sa.Column("picture_key", sa.String(length=255), nullable=False),
        sa.Column("certificate", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.String(length=255), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("is_trial", sa.Boolean(), nullable=False),
        sa.Column("needs_two", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("made_by", sa.String(length=255), nullable=False),
        sa.Column("retired_at", sa.DateTime(), nullable=True),
        sa.Column("retired_why", sa.String(length=255), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("(retired_at IS NULL) = (retired_why = '')", name="ck_documents_seal_retired"),
        sa.CheckConstraint("first_on <= last_on", name="ck_documents_seal_term"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ux_documents_seal_code", "documents_seal", ["code"], unique=True)
    op.create_table(
        "documents_seal_keeper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seal_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(length=255), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=True),
        sa.CheckConstraint("last_on IS NULL OR last_on >= first_on", name="ck_documents_seal_keeper_term"),
        sa.ForeignKeyConstraint(["person_id"], ["ab_user.id"], name="fk_documents_seal_keeper_person"),
        sa.ForeignKeyConstraint(["seal_id"], ["documents_seal.id"], name="fk_documents_seal_keeper_seal"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_documents_seal_keeper_seal", "documents_seal_keeper", ["seal_id", "person_id"], unique=False
    )
    op.create_table(
        "documents_seal_use",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seal_id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column(
            "subject",
            sa.Enum("document", "package", name="sealable", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "asked",
                "confirmed",
                "sealed",
                "declined",
                "failed",
                name="sealstate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("asked_by", sa.String(length=255), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(), nullable=True),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("confirmed_by", sa.String(length=255), nullable=False),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.Column("before_sha256", sa.String(length=255), nullable=False),
        sa.Column("after_sha256", sa.String(length=255), nullable=False),
        sa.Column("result_key", sa.String(length=255), nullable=False),
        sa.Column("stamped_at", sa.DateTime(), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("(state = 'sealed') = (result_key <> '')", name="ck_documents_seal_use_result"),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects_project.id"], name="fk_documents_seal_use_project"
        ),
        sa.ForeignKeyConstraint(["seal_id"], ["documents_seal.id"], name="fk_documents_seal_use_seal"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_documents_seal_use_project", "documents_seal_use", ["project_id"], unique=False)
    op.create_index("ix_documents_seal_use_seal", "documents_seal_use", ["seal_id", "id"], unique=False)
    op.create_index(
        "ix_documents_seal_use_subject", "documents_seal_use", ["subject", "subject_id"], unique=False
    )
    op.create_table(
        "documents_archive",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.String(length=255), nullable=False),
        sa.Column(
            "occasion",
            sa.Enum("ended", "asked", name="occasion", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum("asked", "made", "failed", name="archivestate", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("asked_by", sa.String(length=255), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=True),
        sa.Column(
            "retention",
            sa.Enum("10y", "30y", "permanent", name="retention", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("keep_until_on", sa.Date(), nullable=True),
        sa.Column("shelf_key", sa.String(length=255), nullable=False),
        sa.Column("shelf_version", sa.String(length=255), nullable=False),
        sa.Column("sha256", sa.String(length=255), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("files", sa.Integer(), nullable=False),
        sa.Column("contents", sa.Text(), nullable=False),
        sa.Column("fault", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("(state = 'made') = (shelf_key <> '')", name="ck_documents_archive_made"),
        sa.CheckConstraint("edition >= 1", name="ck_documents_archive_edition"),
        sa.ForeignKeyConstraint(["project_id"], ["projects_project.id"], name="fk_documents_archive_project"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ux_documents_archive_edition", "documents_archive", ["project_id", "edition"], unique=True
    )
    op.create_index("ux_documents_archive_number", "documents_archive", ["number"], unique=True)


def downgrade() -> None:
    op.drop_table("documents_archive")
    op.drop_table("documents_seal_use")
    op.drop_table("documents_seal_keeper")
    op.drop_table("documents_seal")
    op.drop_table("documents_printed")
