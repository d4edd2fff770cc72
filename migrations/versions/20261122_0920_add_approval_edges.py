"""add complaints and lower level examination

Revision: cfcc418d0d30, after 1ba9e2c906b8
"""

revision = "cfcc418d0d30"
down_revision = "1ba9e2c906b8"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
