"""add document templates

Revision: 327813055877, after c893bd942ce0
"""

revision = "327813055877"
down_revision = "c893bd942ce0"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
