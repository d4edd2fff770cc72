"""add spare

Revision: 2fd2edfd5ad2, after dede2f076001
"""

revision = "2fd2edfd5ad2"
down_revision = "dede2f076001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
