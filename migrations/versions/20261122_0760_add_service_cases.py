"""add service cases

Revision: f76412a89438, after f75bd3d05753
"""

import sqlalchemy as sa  # noqa: F401
from alembic import op  # noqa: F401

revision = "f76412a89438"
down_revision = "f75bd3d05753"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
