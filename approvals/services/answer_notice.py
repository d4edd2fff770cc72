"""Record that everything a one-time notice named is here."""

from __future__ import annotations

from datetime import date

from approvals.events.papers import NoticeAnswered
from approvals.models.paper import OneTimeNoticeRow
from approvals.models.step import Step
from concierge.kernel.work import Work


def answer(w: Work, step: Step, notice: OneTimeNoticeRow, on: date) -> None:
    """Close a notice, on a step the caller holds and whose papers it has compared with the list.

    Effects: tells ``NoticeAnswered``.
    """
    notice.answered_on, notice.answered_by = on, w.by.label
    w.record(
        NoticeAnswered(
            notice_id=notice.id,
            project_id=step.project_id,
            step_id=step.id,
            code=step.code,
            number=notice.number,
            on=on,
        )
    )
