"""call the desk's handlers by their module

Revision: f69d3b8a1c47, after d76bcf9e8aa7
"""

import sqlalchemy as sa
from alembic import op

revision = "f69d3b8a1c47"
down_revision = "d76bcf9e8aa7"
branch_labels = None
depends_on = None

MOVED = {
    "cases": ("tell_of_plan", "tell_of_move"),
    "links": ("tell_of_receipt", "tell_of_asking"),
    "deferrals": ("tell_of_deferral",),
    "cards": ("tell_of_card", "tell_of_escalation"),
    "reviews": (
        "tell_of_convening",
        "tell_of_opinion",
        "tell_of_round",
        "tell_of_answer",
        "tell_of_sitting",
        "tell_of_withdrawal",
    ),
}
_RENAME = sa.text("UPDATE kernel_job SET task = :new WHERE task = :old")


def upgrade() -> None:
    for module, names in MOVED.items():
        for name in names:
            new, old = f"concierge.desk.handlers.{module}:{name}", f"concierge.desk.handlers:{name}"
            op.execute(_RENAME.bindparams(new=new, old=old))


def downgrade() -> None:
    for module, names in MOVED.items():
        for name in names:
            new, old = f"concierge.desk.handlers.{module}:{name}", f"concierge.desk.handlers:{name}"
            op.execute(_RENAME.bindparams(new=old, old=new))
