"""add ends of projects

Revision: f79e09d240a6, after f782e1ce739e
"""

import sqlalchemy as sa  # noqa: F401
from alembic import op  # noqa: F401

revision = "f79e09d240a6"
down_revision = "f782e1ce739e"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
