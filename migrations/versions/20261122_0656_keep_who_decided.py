"""keep who decided

Revision: e2a1b9d4c673, after e1f0a8c3b562
"""

import sqlalchemy as sa
from alembic import op

revision = "e2a1b9d4c673"
down_revision = "e1f0a8c3b562"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "approvals_case_move",
        sa.Column("decided_by", sa.String(length=255), server_default="", nullable=False),
    )


def downgrade() -> None:
    op.drop_column("approvals_case_move", "decided_by")
