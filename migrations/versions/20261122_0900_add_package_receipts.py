"""add package receipts

Revision: 756597bab401, after 5b1e0c7a94d3
"""

revision = "756597bab401"
down_revision = "5b1e0c7a94d3"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
