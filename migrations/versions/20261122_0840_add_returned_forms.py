"""add returned forms

Revision: 2fd277044f49, after 5c72bf98eedc
"""

revision = "2fd277044f49"
down_revision = "5c72bf98eedc"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
