"""What happened in a period, counted from the records: cases, submissions, cards, deferred papers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from approvals.models.case import CaseMoveRow
from approvals.models.deferral import DeferralRow
from approvals.models.step import Step
from approvals.rules.lifecycle import StepState
from approvals.rules.progress import Move
from concierge.supervision.models.card import CardRow
from concierge.supervision.models.follow_up import AppealRow, ChaseRow, OrderRow
from concierge.supervision.rules.card import Colour, Ruling
from concierge.supervision.rules.reporting_period import ReportingPeriod
from concierge.supervision.rules.thresholds import OWNERS


@dataclass(frozen=True, kw_only=True)
class Statistics:
    """The counts of one period; only cases of departments.

    Shape: ``first_time`` are the accepted ones whose papers were never sent back; ``held_by_b`` the cards of
        days on which B acted; ``owed`` the deferred papers that were due.
    Source: SV-7.
    """

    received: int
    accepted: int
    first_time: int
    returns: int
    refused: int
    yellow: int
    red: int
    taken_down: int
    held_by_b: int
    appeals: int
    upheld: int
    orders: int
    answered_in_time: int
    chases: int
    granted: int
    owed: int
    supplied_in_time: int
    defaulted: int

    @property
    def first_time_share(self) -> float | None:
        """The part of the accepted cases that was accepted at first submission."""
        return self.first_time / self.accepted if self.accepted else None

    @property
    def returns_a_case(self) -> float | None:
        """How often papers were sent back, for one accepted case."""
        return self.returns / self.accepted if self.accepted else None


def statistics(session: Session, period: ReportingPeriod) -> Statistics:
    """The counts of a period; seven queries."""
    return Statistics(
        **_cases(session, period),
        returns=_returns(session, period),
        **_cards(session, period),
        **_appeals(session, period),
        **_orders(session, period),
        chases=session.scalar(select(func.count(ChaseRow.id)).where(_in(ChaseRow.on, period))) or 0,
        **_deferrals(session, period),
    )


def _in(column: Any, period: ReportingPeriod) -> ColumnElement[bool]:
    found: ColumnElement[bool] = column.between(period.first, period.last)
    return found


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _row(session: Session, asked: Any) -> dict[str, int]:
    return {name: int(count) for name, count in session.execute(asked).mappings().one().items()}


def _cases(session: Session, period: ReportingPeriod) -> dict[str, int]:
    sent_back = exists().where(
        CaseMoveRow.step_id == Step.id,
        CaseMoveRow.attempt == Step.attempt,
        CaseMoveRow.move == Move.CORRECT.value,
        CaseMoveRow.on <= Step.accepted_on,
        _stands(),
    )
    accepted = _in(Step.accepted_on, period)
    return _row(
        session,
        select(
            _count(_in(Step.received_on, period)).label("received"),
            _count(accepted).label("accepted"),
            _count(and_(accepted, ~sent_back)).label("first_time"),
            _count(and_(Step.state == StepState.REFUSED, _in(Step.ended_on, period))).label("refused"),
        ).where(Step.department.not_in(OWNERS), Step.state != StepState.NOT_REQUIRED),
    )


def _stands() -> ColumnElement[bool]:
    """Whether a move of the journal was not taken back later."""
    later = aliased(CaseMoveRow)
    return ~exists().where(later.undoes == CaseMoveRow.id)


def _returns(session: Session, period: ReportingPeriod) -> int:
    asked = (
        select(func.count(CaseMoveRow.id))
        .join(Step, Step.id == CaseMoveRow.step_id)
        .where(
            CaseMoveRow.move == Move.CORRECT.value,
            _in(CaseMoveRow.on, period),
            Step.department.not_in(OWNERS),
            _stands(),
        )
    )
    return session.scalar(asked) or 0


def _cards(session: Session, period: ReportingPeriod) -> dict[str, int]:
    upheld = exists().where(AppealRow.card_id == CardRow.id, AppealRow.ruling == Ruling.UPHELD)
    return _row(
        session,
        select(
            _count(and_(CardRow.colour == Colour.YELLOW, ~upheld)).label("yellow"),
            _count(and_(CardRow.colour == Colour.RED, ~upheld)).label("red"),
            _count(upheld).label("taken_down"),
            _count(CardRow.held_role == "B").label("held_by_b"),
        ).where(_in(CardRow.shown_on, period)),
    )


def _appeals(session: Session, period: ReportingPeriod) -> dict[str, int]:
    return _row(
        session,
        select(
            func.count(AppealRow.id).label("appeals"),
            _count(AppealRow.ruling == Ruling.UPHELD).label("upheld"),
        ).where(_in(AppealRow.made_on, period)),
    )


def _orders(session: Session, period: ReportingPeriod) -> dict[str, int]:
    return _row(
        session,
        select(
            func.count(OrderRow.id).label("orders"),
            _count(OrderRow.answered_on <= OrderRow.answer_due_on).label("answered_in_time"),
        ).where(_in(OrderRow.issued_on, period)),
    )


def _deferrals(session: Session, period: ReportingPeriod) -> dict[str, int]:
    granted = DeferralRow.granted_on.is_not(None)
    owed = and_(granted, _in(DeferralRow.due_on, period))
    return _row(
        session,
        select(
            _count(_in(DeferralRow.granted_on, period)).label("granted"),
            _count(owed).label("owed"),
            _count(and_(owed, DeferralRow.supplied_on <= DeferralRow.due_on)).label("supplied_in_time"),
            _count(_in(DeferralRow.defaulted_on, period)).label("defaulted"),
        ).where(
            or_(
                _in(DeferralRow.granted_on, period),
                _in(DeferralRow.due_on, period),
                _in(DeferralRow.defaulted_on, period),
            )
        ),
    )
