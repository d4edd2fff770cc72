"""keep papers and their files

Revision: d21c7a4f3b52, after d10b6f3e2a41
"""

revision = "d21c7a4f3b52"
down_revision = "d10b6f3e2a41"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
