"""add planning edges

Revision: d3fcad64b7df, after cfcc418d0d30
"""

import sqlalchemy as sa
from alembic import op

revision = "d3fcad64b7df"
down_revision = "cfcc418d0d30"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("staff_profile", schema=None) as batch_op:
        batch_op.add_column(sa.Column("daily_hand_ins", sa.Integer(), nullable=True))
        batch_op.create_check_constraint("ck_staff_profile_daily_hand_ins", "daily_hand_ins > 0")


def downgrade() -> None:
    with op.batch_alter_table("staff_profile", schema=None) as batch_op:
        batch_op.drop_constraint("ck_staff_profile_daily_hand_ins", type_="check")
        batch_op.drop_column("daily_hand_ins")
