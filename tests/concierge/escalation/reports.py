"""Reports for tests: told with nothing missing, and looked at afterwards."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from concierge.escalation.models.report import ReportRow, StageRow
from concierge.escalation.rules.closing import Closing
from concierge.escalation.rules.report import ReportOutcome, ReportWay
from concierge.escalation.rules.telling import Told
from concierge.escalation.services.report_problem import report_problem
from concierge.kernel.actor import SYSTEM, Actor
from concierge.kernel.db import db
from concierge.staff.rules.contacts import ContactPost, NewContact
from concierge.staff.services.name_contact import name_contact
from tests.concierge.escalation.moments import april

WINDOW = Actor(None, "江雪")


def named(post: ContactPost, name: str, *departments: str) -> int:
    """Somebody who can be called."""
    new = NewContact(post=post, departments=departments, name=name, phone="0730-0000211", title="副局长")
    return name_contact(new, by=WINDOW)


def told(at: datetime | None = None, **facts: object) -> Told:
    """A telling with nothing missing, at 09:12 on Tuesday 14 April unless said otherwise."""
    usual = {
        "way": ReportWay.COUNTER,
        "title": "选址意见不一致",
        "text": "两个部门意见不一致",
        "department": "NRP",
        "reported_at": at or april(14, "09:12"),
        "reporter": "何经理",
        "phone": "0730-0000105",
    }
    return Told(**{**usual, **facts})  # type: ignore[arg-type]  # a test's shorthand


def a_report(at: datetime | None = None, *, by: Actor = SYSTEM, **facts: object) -> int:
    """A report on record."""
    return report_problem(told(at, **facts), by=by)


def report(report_id: int) -> ReportRow:
    """A report as it is now."""
    with Session(db.engine) as session:
        return session.get_one(ReportRow, report_id)


def stages(report_id: int) -> list[StageRow]:
    """The levels it reached, in order."""
    with Session(db.engine) as session:
        asked = select(StageRow).where(StageRow.report_id == report_id).order_by(StageRow.id)
        return list(session.scalars(asked))


def solved(cause_code: str = "late", answer: str = "今天已受理") -> Closing:
    """A closing with nothing missing."""
    return Closing(outcome=ReportOutcome.SOLVED, answer=answer, cause_code=cause_code)
