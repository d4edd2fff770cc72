"""add progress links

Revision: ad20b54feb20, after 2fd277044f49
"""

revision = "ad20b54feb20"
down_revision = "2fd277044f49"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
