"""Add supervision's part to the demonstration county: a morning's look, and what was done about red cards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

import yaml
from flask import current_app
from flask_appbuilder.security.sqla.models import User
from sqlalchemy import select
from sqlalchemy.orm import Session

from approvals.queries import catalogue as catalogue_queries
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import reading, work
from concierge.staff.queries import spoken_name
from concierge.supervision.models.card import CardRow
from concierge.supervision.rules.answering import usual_answer_day
from concierge.supervision.rules.card import ChaseWay, Colour
from concierge.supervision.rules.complaints import ComplaintWay, NewComplaint
from concierge.supervision.services.appeal_card import appeal_card
from concierge.supervision.services.chase_department import chase_department
from concierge.supervision.services.follow_complaint import accept_complaint
from concierge.supervision.services.issue_order import issue_order
from concierge.supervision.services.show_cards import show_cards
from concierge.supervision.services.take_complaint import take_complaint
from projects.services.load_demonstration import COUNTY

LOADER = Actor(None, "demonstration")
SPEAKER = "高岩"
URGED = "请按承诺时限办结；如需停表，请补登记依据和起止日期。"
APPEAL = "专家评审已于上周组织，停表通知当天送达企业，系统内未及时登记。"
DEMAND = "超过承诺时限仍未办结。请立即办结，并书面说明超期原因和责任人。"


def load_demonstration() -> dict[str, list[str]]:
    """Look at every limit as each morning does; urge about the red cards, order on one, appeal another.

    Shape: the address of the order, for the script that looks at the county.
    """
    base = current_app.config["CONCIERGE"].base_url
    with clock.standing_at(yaml.safe_load(COUNTY.read_text(encoding="utf-8"))["today"]):
        with work(LOADER) as w:
            show_cards(w)
        with reading() as session:
            red, judge = _red_cards(session), _supervisor(session)
            due_on = usual_answer_day(clock.today(), catalogue_queries.work_calendar(session))
        for card in red:
            chase_department(card.step_id, ChaseWay.PHONE, SPEAKER, URGED, by=_holder(card))
        latest = [card for card in red[1:] if card.shown_on == clock.today()]
        if latest:
            appeal_card(latest[-1].id, APPEAL, SPEAKER, by=_holder(latest[-1]))
        if not red or judge is None:
            return {}
        order_id = issue_order(red[0].id, DEMAND, due_on, by=judge)
        _complaints(red[0], judge)
    return {"supervision_orders": [f"{base}/supervision/orders/{order_id}"]}


def _complaints(card: CardRow, judge: Actor) -> None:
    """One about the step of a red card, being looked into; one order of the hotline."""
    closing = current_app.config["CONCIERGE"].closing_time
    morning = datetime.combine(clock.today(), time(8, 40), clock.SHANGHAI)
    told = NewComplaint(
        way=ComplaintWay.APPROVAL,
        department=card.department,
        complainant="企业经办人 罗经理",
        phone="0730-0000133",
        text="超过承诺时限仍未办结，窗口两次答复不一致，请督促办理。",
        came_at=min(morning - timedelta(days=2), clock.now()),
        step_id=card.step_id,
    )
    accept_complaint(take_complaint(told, closing=closing, by=judge), by=judge)
    order = NewComplaint(
        way=ComplaintWay.HOTLINE,
        department="CUB",
        complainant="市民 吴先生",
        outside_number="12345-2026041401873",
        text="门店招牌备案三次要求的材料不一样，请一次讲清。",
        came_at=min(morning - timedelta(days=1), clock.now()),
    )
    take_complaint(order, closing=closing, by=judge)


def _red_cards(session: Session) -> Sequence[CardRow]:
    """The live red cards, the oldest limit first."""
    asked = select(CardRow).where(CardRow.ended_on.is_(None), CardRow.colour == Colour.RED)
    return session.scalars(asked.order_by(CardRow.limit_on, CardRow.id)).all()


def _holder(card: CardRow) -> Actor:
    return Actor(card.held_by_id, card.held_by) if card.held_by_id else LOADER


def _supervisor(session: Session) -> Actor | None:
    person = session.scalar(
        select(User).where(User.active, User.roles.any(name="Supervisor")).order_by(User.id)
    )
    return Actor(person.id, spoken_name(person)) if person else None
