"""add certificates by link

Revision: 1ba9e2c906b8, after 756597bab401
"""

revision = "1ba9e2c906b8"
down_revision = "756597bab401"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
