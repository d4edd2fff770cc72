"""know which record stopped a clock

Revision: e1f0a8c3b562, after d65abe8d7f96
"""

import sqlalchemy as sa
from alembic import op

revision = "e1f0a8c3b562"
down_revision = "d65abe8d7f96"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("approvals_stop", sa.Column("opened_by", sa.Integer(), server_default="0", nullable=False))
    op.add_column("approvals_stop", sa.Column("closed_by", sa.Integer(), nullable=True))
    op.add_column(
        "approvals_extension", sa.Column("granted_by", sa.Integer(), server_default="0", nullable=False)
    )


def downgrade() -> None:
    op.drop_column("approvals_extension", "granted_by")
    op.drop_column("approvals_stop", "closed_by")
    op.drop_column("approvals_stop", "opened_by")
