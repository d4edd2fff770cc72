"""add handovers

Revision: f7138589bec8, after f70f7f3d53ad
"""

import sqlalchemy as sa  # noqa: F401
from alembic import op  # noqa: F401

revision = "f7138589bec8"
down_revision = "f70f7f3d53ad"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
