"""drop idle indexes

Nobody asks for bookings by department or by sitting since what is booked is counted by the day; every event
wrote both.

Revision: 5b8e1f7d20c4, after 6c0d3e5f91ab
"""

from alembic import op

revision = "5b8e1f7d20c4"
down_revision = "6c0d3e5f91ab"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_projects_booking_department", "projects_booking")
    op.drop_index("ix_projects_booking_sitting", "projects_booking")


def downgrade() -> None:
    op.create_index("ix_projects_booking_sitting", "projects_booking", ["review_group", "sitting_on"])
    op.create_index("ix_projects_booking_department", "projects_booking", ["department", "work_last_on"])
