"""Order a department to act on a red card and to answer by a day."""

from __future__ import annotations

from datetime import date

from approvals.queries import catalogue as catalogue_queries
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import work
from concierge.supervision.events import OrderIssued
from concierge.supervision.models.card import CardRow
from concierge.supervision.models.follow_up import OrderRow
from concierge.supervision.queries.cards import card_facts, last_serial, open_order
from concierge.supervision.rules.answering import OrderOpen, check_order
from concierge.supervision.rules.order_number import order_number


def issue_order(card_id: int, demand: str, answer_due_on: date, *, by: Actor) -> int:
    """Issue an order under the next number of the year; answers its row.

    Raises: Missing; OrderForRedOnly, CardOver, OrderOpen, DayTooEarly, SupervisionWordsNeeded; AlreadyThere,
        when two orders are issued in one moment: the second tries again.
    """
    with work(by) as w:
        card = w.get(CardRow, card_id)
        today = clock.today()
        calendar = catalogue_queries.work_calendar(w.session)
        what = check_order(card_facts(w.session, card), demand, answer_due_on, calendar, today=today)
        before = open_order(w.session, card.id)
        if before is not None:
            raise OrderOpen(
                number=order_number(before.year, before.serial), due=before.answer_due_on.isoformat()
            )
        row = w.add(
            OrderRow(
                project_id=card.project_id,
                card_id=card.id,
                year=today.year,
                serial=last_serial(w.session, today.year) + 1,
                department=card.department,
                by_id=by.id,
                by=by.label,
                issued_on=today,
                issued_at=clock.now(),
                demand=what,
                answer_due_on=answer_due_on,
            )
        )
        w.record(
            OrderIssued(
                order_id=row.id,
                card_id=card.id,
                project_id=card.project_id,
                department=card.department,
                year=row.year,
                serial=row.serial,
                answer_due_on=answer_due_on,
            )
        )
        return row.id
