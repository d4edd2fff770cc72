"""hand out links and notices

Revision: d54fad7c6e85, after d43e9c6b5d74
"""

revision = "d54fad7c6e85"
down_revision = "d43e9c6b5d74"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
