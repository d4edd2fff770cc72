"""propose other periods

Revision: d76bcf9e8aa7, after d65abe8d7f96
"""

revision = "d76bcf9e8aa7"
down_revision = "d65abe8d7f96"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
