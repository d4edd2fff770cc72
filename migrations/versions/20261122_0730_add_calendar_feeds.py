"""add calendar feeds

Revision: f73bf7c547e0, after f72a95fc5648
"""

import sqlalchemy as sa  # noqa: F401
from alembic import op  # noqa: F401

revision = "f73bf7c547e0"
down_revision = "f72a95fc5648"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
