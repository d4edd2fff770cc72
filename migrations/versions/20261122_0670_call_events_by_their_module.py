"""call events by their module

Revision: d76bcf9e8aa7, after e3b2cad5d784
"""

import sqlalchemy as sa
from alembic import op

revision = "d76bcf9e8aa7"
down_revision = "e3b2cad5d784"
branch_labels = None
depends_on = None

MOVED = {
    "case": ("StepMoved",),
    "catalogue": ("EditionPublished", "CatalogueImported", "ShippedFilesDeclined", "CalendarChanged"),
    "reviews": (
        "BenchChanged",
        "SittingRuleChanged",
        "AvailabilityRecorded",
        "SittingAnnounced",
        "SittingWithdrawn",
    ),
}
_RENAME = sa.text("UPDATE kernel_event SET name = :new WHERE name = :old")


def upgrade() -> None:
    for module, names in MOVED.items():
        for name in names:
            op.execute(
                _RENAME.bindparams(new=f"approvals.events.{module}:{name}", old=f"approvals.events:{name}")
            )


def downgrade() -> None:
    for module, names in MOVED.items():
        for name in names:
            op.execute(
                _RENAME.bindparams(new=f"approvals.events:{name}", old=f"approvals.events.{module}:{name}")
            )
