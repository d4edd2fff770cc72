"""keep deferrals and commitments

Revision: d32d8b5a4c63, after d21c7a4f3b52
"""

revision = "d32d8b5a4c63"
down_revision = "d21c7a4f3b52"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
