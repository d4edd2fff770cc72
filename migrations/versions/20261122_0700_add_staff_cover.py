"""add staff cover

Revision: f70f7f3d53ad, after f69d3b8a1c47
"""

import sqlalchemy as sa  # noqa: F401
from alembic import op  # noqa: F401

revision = "f70f7f3d53ad"
down_revision = "f69d3b8a1c47"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
