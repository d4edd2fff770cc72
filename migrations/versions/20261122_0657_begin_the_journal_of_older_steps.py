"""begin the journal of older steps

Steps recorded before there was a journal get the lines their days stand for, so that those records can be taken
back like any other.

Revision: e3b2cad5d784, after e2a1b9d4c673
"""

from datetime import datetime, time

import sqlalchemy as sa
from alembic import op

revision = "e3b2cad5d784"
down_revision = "e2a1b9d4c673"
branch_labels = None
depends_on = None

EARLIER = "earlier record"

step = sa.table(
    "approvals_step",
    sa.column("id", sa.Integer),
    sa.column("project_id", sa.Integer),
    sa.column("preparing_since", sa.Date),
    sa.column("received_on", sa.Date),
    sa.column("accepted_on", sa.Date),
    sa.column("finished_on", sa.Date),
)
line = sa.table(
    "approvals_case_move",
    sa.column("project_id", sa.Integer),
    sa.column("step_id", sa.Integer),
    sa.column("attempt", sa.Integer),
    sa.column("move", sa.String),
    sa.column("before", sa.String),
    sa.column("state", sa.String),
    sa.column("on", sa.Date),
    sa.column("at", sa.DateTime),
    sa.column("actor", sa.String),
    sa.column("basis", sa.Text),
    sa.column("reason", sa.Text),
    sa.column("number", sa.String),
)
STAGES = (
    ("prepare", "preparing_since", "preparing"),
    ("accept", "accepted_on", "accepted"),
    ("pass", "finished_on", "passed"),
)


def upgrade() -> None:
    bind = op.get_bind()
    begun = sa.or_(step.c.preparing_since.is_not(None), step.c.accepted_on.is_not(None))
    told = sa.select(line.c.step_id)
    for row in bind.execute(
        sa.select(step).where(begun, step.c.id.not_in(told)).order_by(step.c.id)
    ).mappings():
        before = "not_started"
        for move, day, state in STAGES:
            on = row[day]
            if on is None:
                continue
            bind.execute(
                sa.insert(line).values(
                    project_id=row["project_id"],
                    step_id=row["id"],
                    attempt=1,
                    move=move,
                    before=before,
                    state=state,
                    on=on,
                    at=datetime.combine(on, time.min),
                    actor=EARLIER,
                    basis="",
                    reason="",
                    number="",
                )
            )
            before = state
    unheard = step.update().where(step.c.accepted_on.is_not(None), step.c.received_on.is_(None))
    bind.execute(unheard.values(received_on=step.c.accepted_on))


def downgrade() -> None:
    op.get_bind().execute(sa.delete(line).where(line.c.actor == EARLIER))
