"""add packages

Revision: 71f62ad247bc, after 327813055877
"""

revision = "71f62ad247bc"
down_revision = "327813055877"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
