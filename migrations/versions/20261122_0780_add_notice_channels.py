"""add notice channels

Revision: f782e1ce739e, after f77e0470e23e
"""

import sqlalchemy as sa  # noqa: F401
from alembic import op  # noqa: F401

revision = "f782e1ce739e"
down_revision = "f77e0470e23e"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
