"""Write down what a department answered to a supervision order."""

from __future__ import annotations

from datetime import date

from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import work
from concierge.supervision.events import OrderAnswered
from concierge.supervision.models.follow_up import OrderRow
from concierge.supervision.rules.answering import OrderAnsweredAlready, check_answer, checked_name


def answer_order(
    order_id: int, answered_on: date, speaker: str, answer: str, *, version: int | None = None, by: Actor
) -> None:
    """Keep the answer to an order; ``speaker`` is who answered for the department.

    Raises: Missing, Stale; OrderAnsweredAlready, AnsweredTooEarly, SupervisionWordsNeeded, NameNeeded.
    """
    with work(by) as w:
        order = w.get(OrderRow, order_id, version=version)
        if order.answered_on is not None:
            raise OrderAnsweredAlready(day=order.answered_on.isoformat())
        said = check_answer(order.issued_on, answered_on, answer, today=clock.today())
        order.answered_by = checked_name(speaker, "speaker")
        order.answer, order.answered_on = said, answered_on
        w.record(
            OrderAnswered(
                order_id=order.id,
                card_id=order.card_id,
                project_id=order.project_id,
                department=order.department,
                on=answered_on,
            )
        )
