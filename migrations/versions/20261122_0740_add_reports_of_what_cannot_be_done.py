"""add reports of what cannot be done

Revision: f74dc24b7dba, after f73bf7c547e0
"""

import sqlalchemy as sa  # noqa: F401
from alembic import op  # noqa: F401

revision = "f74dc24b7dba"
down_revision = "f73bf7c547e0"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
