"""add seals and archives

Revision: 5c72bf98eedc, after 71f62ad247bc
"""

revision = "5c72bf98eedc"
down_revision = "71f62ad247bc"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
