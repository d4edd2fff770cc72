"""add progress acts

Revision: dede2f076001, after ad20b54feb20
"""

revision = "dede2f076001"
down_revision = "ad20b54feb20"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
