"""add todays work

Revision: f72a95fc5648, after f7138589bec8
"""

import sqlalchemy as sa  # noqa: F401
from alembic import op  # noqa: F401

revision = "f72a95fc5648"
down_revision = "f7138589bec8"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
