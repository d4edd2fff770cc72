"""add form answers

Revision: 5b1e0c7a94d3, after 2fd2edfd5ad2
"""

import sqlalchemy as sa
from alembic import op

revision = "5b1e0c7a94d3"
down_revision = "2fd2edfd5ad2"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "documents_form_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=255), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=255), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("given_at", sa.DateTime(), nullable=False),
        sa.Column("given_by_id", sa.Integer(), nullable=True),
        sa.Column("given_by", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects_project.id"], name="fk_documents_form_answer_project"
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_documents_form_answer_project",
        "documents_form_answer",
        ["project_id", "field", "id"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_index("ix_documents_form_answer_project", table_name="documents_form_answer")
    op.drop_table("documents_form_answer")
