"""add outreach

Revision: f77e0470e23e, after f76412a89438
"""

import sqlalchemy as sa  # noqa: F401
from alembic import op  # noqa: F401

revision = "f77e0470e23e"
down_revision = "f76412a89438"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
