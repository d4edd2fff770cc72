"""add green channel

Revision: 6c0d3e5f91ab, after d3fcad64b7df
"""

import sqlalchemy as sa
from alembic import op

revision = "6c0d3e5f91ab"
down_revision = "d3fcad64b7df"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("projects_project", sa.Column("green_on", sa.Date(), nullable=True))
    op.add_column(
        "projects_project", sa.Column("green_reason", sa.String(), server_default="", nullable=False)
    )


def downgrade() -> None:
    op.drop_column("projects_project", "green_reason")
    op.drop_column("projects_project", "green_on")
