"""Say what comparing a paper with what is asked found: it is right, or what is wrong with it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import exists, select

from approvals.events.papers import PaperFoundFit, PaperFoundUnfit
from approvals.models.paper import PaperVersionRow
from approvals.rules.papers import Finding, NotHere, WhyMissing
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import Work, work


def check_paper(
    version_id: int, finding: Finding, *, reason: str = "", version: int | None = None, by: Actor
) -> None:
    """Record what was found in the newest version of a paper.

    Raises: Missing, Stale; WhyMissing, NotHere.
    """
    with work(by) as w:
        row = w.get(PaperVersionRow, version_id, version=version)
        check(w, row, finding, clock.today(), reason=reason)


def check(w: Work, row: PaperVersionRow, finding: Finding, on: date, *, reason: str = "") -> None:
    """The same in the caller's transaction, on a version it holds.

    Raises: WhyMissing, when it is wrong and nobody says why; NotHere, when it is not the one that counts.
    Effects: tells ``PaperFoundFit`` or ``PaperFoundUnfit``; an earlier finding stays in the trace.
    """
    if finding is Finding.UNFIT and not reason.strip():
        raise WhyMissing(field="reason")
    if row.withdrawn_at is not None or _has_newer(w, row):
        raise NotHere
    row.finding, row.found_on, row.found_by = finding, on, w.by.label
    row.found_reason = reason.strip() if finding is Finding.UNFIT else ""
    if finding is Finding.UNFIT:
        w.record(
            PaperFoundUnfit(
                version_id=row.id,
                project_id=row.project_id,
                material=row.material,
                number=row.number,
                reason=row.found_reason,
            )
        )
        return
    w.record(
        PaperFoundFit(version_id=row.id, project_id=row.project_id, material=row.material, number=row.number)
    )


def _has_newer(w: Work, row: PaperVersionRow) -> bool:
    newer = exists().where(
        PaperVersionRow.project_id == row.project_id,
        PaperVersionRow.material == row.material,
        PaperVersionRow.number > row.number,
        PaperVersionRow.withdrawn_at.is_(None),
    )
    return bool(w.session.scalar(select(newer)))
