"""Ship the causes reports are counted by; what the county renamed or put out of use stays so."""

from __future__ import annotations

import csv
from pathlib import Path

from concierge.escalation.models.desk import ReportCauseRow
from concierge.escalation.queries.desk import causes
from concierge.kernel.actor import SYSTEM
from concierge.kernel.work import work

CAUSES = Path(__file__).parents[1] / "data" / "causes.csv"


def ship() -> None:
    """Add the shipped causes that are not there yet. Source: ES-7."""
    with CAUSES.open(encoding="utf-8", newline="") as text:
        lines = list(csv.DictReader(text))
    with work(SYSTEM) as w:
        known = {one.code for one in causes(w.session)}
        for line in lines:
            if line["code"] not in known:
                w.add(ReportCauseRow(code=line["code"], name_zh=line["name_zh"], name_en=line["name_en"]))
