"""What a person has to do at the window: come or answer, ask back, look at a no, mend a process."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from flask import url_for
from sqlalchemy.orm import Session

from concierge.escalation.models.report import ReportRow
from concierge.escalation.queries.waiting import fixes_waiting, negatives_waiting, reports_waiting
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.errors import N_
from concierge.staff.rules.todo import Todo, TodoKind

SEE_THROUGH = N_("See report %(number)s through: %(title)s")
FOLLOW = N_("Follow report %(number)s: %(title)s (%(owner)s sees it through)")
NOBODY = N_("Name who sees report %(number)s through: %(title)s")
COME = N_("Have somebody come for report %(number)s: %(title)s")
ASK_BACK = N_("Ask the person of report %(number)s whether it helped")
LOOK = N_("Look at the no %(number)s a second time: %(matter)s")
MEND = N_("Say how the process is mended that failed %(times)s times in %(quarter)s")
OPEN = N_("Open the report")
OPEN_NO = N_("Look at it")
ANSWER = N_("Answer")


def todos(session: Session, reader: Actor, on: date) -> Iterable[Todo]:
    """What waits for this person at the window; three queries.

    Source: ES-3, ES-4, ES-7, ES-8.
    """
    if reader.id is None:
        return
    for row in reports_waiting(session, reader):
        yield from _of(row, reader.id)
    for no in negatives_waiting(session, reader):
        yield Todo(
            key=f"negative:{no.id}:look",
            text=LOOK,
            facts={"number": no.number, "matter": no.matter},
            due_on=no.due_on,
            project_id=no.project_id,
            href=url_for("NegativeView.list", _anchor=f"n{no.id}"),
            action=OPEN_NO,
        )
    for fix in fixes_waiting(session, reader, on):
        yield Todo(
            key=f"fix:{fix.id}:answer",
            text=MEND,
            facts={"times": fix.times, "quarter": fix.quarter},
            due_on=fix.due_on,
            href=url_for("LearningView.list", _anchor=f"f{fix.id}"),
            action=ANSWER,
        )


def _of(row: ReportRow, reader_id: int) -> Iterator[Todo]:
    facts = {"number": row.number, "title": row.title, "owner": row.owner}
    text, what, kind, due_on = SEE_THROUGH, "see", TodoKind.ACT, row.due_on
    if row.closed_on is not None:
        text, what, due_on = ASK_BACK, "ask", row.closed_on
    elif row.owner_id == reader_id:
        pass
    elif row.level.is_on_the_spot:
        text, what = COME, row.level.value
        due_on = clock.local(row.level_due_at).date() if row.level_due_at else row.due_on
    elif not row.owner:
        text, what = NOBODY, "name"
    else:
        text, what, kind = FOLLOW, "follow", TodoKind.WAIT
    yield Todo(
        key=f"report:{row.id}:{what}",
        text=text,
        facts=facts,
        kind=kind,
        due_on=due_on,
        waiting_since_on=row.received_on if kind is TodoKind.WAIT else None,
        project_id=row.project_id,
        department=row.department,
        phone=row.owner_phone if kind is TodoKind.WAIT else row.phone,
        href=url_for("ProblemReportView.one", report_id=row.id),
        action=OPEN,
    )
