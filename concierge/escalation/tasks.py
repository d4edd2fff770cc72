"""Timed work of the window: clocks that run out, and what nobody reported."""

from __future__ import annotations

from concierge.escalation.queries.findings import unanswered_orders
from concierge.escalation.queries.reports import due_to_rise
from concierge.escalation.services.find_problems import find_unanswered_order
from concierge.escalation.services.follow_report import locked_report
from concierge.escalation.services.raise_report import raise_by_itself
from concierge.kernel import clock
from concierge.kernel.jobs import Run
from concierge.kernel.work import reading
from concierge.supervision.models.follow_up import OrderRow

RAISE = "concierge.escalation.tasks:raise_one"
REPORT_ORDER = "concierge.escalation.tasks:report_order"


def raise_overdue(run: Run) -> None:
    """Each minute: each report whose level is over gets a job of its own; one never holds another."""
    with reading() as session:
        late = due_to_rise(session, clock.now())
    with run.work() as w:
        for report_id in late:
            w.enqueue(RAISE, report_id=report_id)


def raise_one(run: Run, report_id: int) -> None:
    """Take one report up, if its time is still over."""
    with run.work() as w:
        raise_by_itself(w, locked_report(w, report_id), clock.now())


def find_unanswered(run: Run) -> None:
    """Each morning: every supervision order whose answer is overdue becomes a report, one job each."""
    with reading() as session:
        orders = unanswered_orders(session, clock.today())
    with run.work() as w:
        for order_id in orders:
            w.enqueue(REPORT_ORDER, order_id=order_id)


def report_order(run: Run, order_id: int) -> None:
    """Report one order without its answer."""
    with run.work() as w:
        order = w.get(OrderRow, order_id)
        find_unanswered_order(w, order)
