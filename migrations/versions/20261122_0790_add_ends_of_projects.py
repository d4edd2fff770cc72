"""add ends of projects

Revision: f79e09d240a6, after f782e1ce739e
"""

import sqlalchemy as sa
from alembic import op

revision = "f79e09d240a6"
down_revision = "f782e1ce739e"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("projects_project", schema=None) as batch_op:
        batch_op.add_column(sa.Column("ended_on", sa.Date(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "ending",
                sa.Enum("completed", "given_up", name="ending", native_enum=False, length=32),
                nullable=True,
            )
        )
        batch_op.add_column(
            sa.Column("ending_reason", sa.String(length=255), server_default="", nullable=False)
        )


def downgrade() -> None:
    for name in ("ending_reason", "ending", "ended_on"):  # in place: other tables point at this one
        op.drop_column("projects_project", name)
