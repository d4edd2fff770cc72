"""add certificates by link

Revision: 1ba9e2c906b8, after 756597bab401
"""

import sqlalchemy as sa
from alembic import op

revision = "1ba9e2c906b8"
down_revision = "756597bab401"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "progress_certificate_proof",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("hint", sa.String(length=255), nullable=False),
        sa.Column("code_hash", sa.String(length=255), nullable=False),
        sa.Column("code_until", sa.DateTime(), nullable=True),
        sa.Column("code_tries", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("proved_at", sa.DateTime(), nullable=True),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["link_id"], ["progress_link.id"], name="fk_progress_certificate_proof_link"),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects_project.id"], name="fk_progress_certificate_proof_project"
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_progress_certificate_proof_link",
        "progress_certificate_proof",
        ["link_id", "asked_at"],
        unique=False,
    )
    op.create_table(
        "progress_certificate_taken",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("material", sa.String(length=255), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("sha256", sa.String(length=255), nullable=False),
        sa.Column("client", sa.String(length=255), nullable=False),
        sa.Column("taken_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["link_id"], ["progress_link.id"], name="fk_progress_certificate_taken_link"),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects_project.id"], name="fk_progress_certificate_taken_project"
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_progress_certificate_taken_link", "progress_certificate_taken", ["link_id", "id"], unique=False
    )
    op.create_index(
        "ix_progress_certificate_taken_project",
        "progress_certificate_taken",
        ["project_id", "id"],
        unique=False,
    )
    op.add_column(
        "progress_query_code", sa.Column("seed", sa.String(length=64), server_default="", nullable=False)
    )


def downgrade() -> None:
    op.drop_column("progress_query_code", "seed")
    op.drop_index("ix_progress_certificate_taken_project", table_name="progress_certificate_taken")
    op.drop_index("ix_progress_certificate_taken_link", table_name="progress_certificate_taken")
    op.drop_table("progress_certificate_taken")
    op.drop_index("ix_progress_certificate_proof_link", table_name="progress_certificate_proof")
    op.drop_table("progress_certificate_proof")
