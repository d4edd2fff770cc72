"""add documents

Revision: c893bd942ce0, after f79e09d240a6
"""

revision = "c893bd942ce0"
down_revision = "f79e09d240a6"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
