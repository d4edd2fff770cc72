"""One action, one transaction."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from concierge.kernel.actor import SYSTEM, Actor
from concierge.kernel.audit import AuditLine
from concierge.kernel.db import db
from concierge.kernel.errors import Missing
from concierge.kernel.outbox import EventRow, Job
from concierge.kernel.scope import ScopeRow
from concierge.kernel.work import AlreadyThere, work
from tests.kernel.trial.events import PaperFiled

AMY = Actor(7, "amy")


def rows(kind):
    with Session(db.engine) as session:
        return session.execute(select(func.count()).select_from(kind)).scalar_one()


def test_the_event_its_trace_and_its_jobs_are_kept_together(desk):
    with work(AMY) as w:
        w.record(PaperFiled("licence"))

    assert [rows(EventRow), rows(AuditLine), rows(Job)] == [1, 1, 2]


def test_nothing_is_kept_when_the_block_raises(desk):
    def half_done():
        with work(AMY) as w:
            w.record(PaperFiled("licence"))
            raise LookupError

    with pytest.raises(LookupError):
        half_done()

    assert [rows(EventRow), rows(AuditLine), rows(Job)] == [0, 0, 0]


def test_work_inside_work_raises_and_leaves_nothing(desk):
    def nested():
        with work(AMY) as w:
            w.record(PaperFiled("licence"))
            with work(SYSTEM):
                pass

    with pytest.raises(RuntimeError, match="pass the open one on"):
        nested()

    assert rows(EventRow) == 0


def test_after_a_work_that_raised_the_next_one_opens(desk):
    test_work_inside_work_raises_and_leaves_nothing(desk)

    with work(AMY) as w:
        w.record(PaperFiled("licence"))

    assert rows(EventRow) == 1


def test_two_rows_that_would_be_one_are_refused_in_a_sentence(desk):
    def twice():
        with work(AMY) as w:
            w.add(ScopeRow(user_id=7, project_id=1))
            w.add(ScopeRow(user_id=7, project_id=1))

    with pytest.raises(AlreadyThere, match="exists already"):
        twice()

    assert rows(ScopeRow) == 0


def test_a_row_that_is_not_there_is_missing(desk):
    with pytest.raises(Missing), work(AMY) as w:
        w.get(Job, 99)
