"""Keep the sheets of a handover as they stand now: what was handed over does not change afterwards."""

from __future__ import annotations

import json

from sqlalchemy import select

from concierge.handover.models import HandoverItemRow, HandoverRow
from concierge.handover.queries.sheets import sheets
from concierge.kernel import clock
from concierge.kernel.facts import plain
from concierge.kernel.work import Work


def freeze_sheets(w: Work, row: HandoverRow) -> None:
    """Write the sheet of each project into the handover.

    Source: AB-5, what was handed over is a record.
    """
    lines = w.session.scalars(select(HandoverItemRow).where(HandoverItemRow.handover_id == row.id)).all()
    found = sheets(w.session, [line.project_id for line in lines], clock.today())
    for line in lines:
        sheet = found.of(line.project_id)
        if sheet is not None and not line.body:
            line.body = json.dumps(plain(sheet), ensure_ascii=False, sort_keys=True)
