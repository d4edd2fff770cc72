"""write down absences

Revision: c9d4e0a17f35, after b7e2c94d8a61
"""

import sqlalchemy as sa
from alembic import op

revision = "c9d4e0a17f35"
down_revision = "b7e2c94d8a61"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "staff_absence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("is_planned", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=255), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("first_on <= last_on", name="ck_staff_absence_days"),
        sa.ForeignKeyConstraint(["person_id"], ["ab_user.id"], name="fk_staff_absence_person"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_staff_absence_person", "staff_absence", ["person_id", "last_on"])
    op.create_index("ix_staff_absence_last_on", "staff_absence", ["last_on"])


def downgrade() -> None:
    op.drop_table("staff_absence")
