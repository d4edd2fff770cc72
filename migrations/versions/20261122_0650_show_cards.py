"""show cards

Revision: d65abe8d7f96, after d54fad7c6e85
"""

revision = "d65abe8d7f96"
down_revision = "d54fad7c6e85"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
