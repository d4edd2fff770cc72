"""keep joint reviews and opinions

Revision: d43e9c6b5d74, after d32d8b5a4c63
"""

revision = "d43e9c6b5d74"
down_revision = "d32d8b5a4c63"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
