"""add ratings

Revision: f75bd3d05753, after f74dc24b7dba
"""

import sqlalchemy as sa  # noqa: F401
from alembic import op  # noqa: F401

revision = "f75bd3d05753"
down_revision = "f74dc24b7dba"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
