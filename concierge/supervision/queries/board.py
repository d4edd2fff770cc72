"""What the supervision board shows: the live cards with what was done about them, and those of six weeks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from approvals.models.step import Step
from approvals.queries import cases
from approvals.rules.stops import ClockStop
from concierge.kernel.actor import Actor
from concierge.kernel.scope import within
from concierge.supervision.models.card import CardRow, EscalationRow
from concierge.supervision.models.follow_up import AppealRow, ChaseRow, OrderRow
from concierge.supervision.rules.card import Colour, Ending
from concierge.supervision.rules.following import CLOCK
from projects.models.project import PlannedStep, Project

SIX_WEEKS = timedelta(days=42)
ON_A_PAGE = 24


@dataclass(frozen=True, kw_only=True)
class LiveStep:
    """A step with its live cards, the hardest first, and what was done about it.

    Shape: ``chases`` the newest first; ``float_workdays`` is None before its project has a plan.
    """

    cards: Sequence[CardRow]
    number: str
    project: str
    edition_id: int
    float_workdays: int | None
    is_on_way: bool
    stops: Sequence[ClockStop] = ()
    chases: Sequence[ChaseRow] = ()
    escalations: Sequence[EscalationRow] = ()
    appeals: Sequence[AppealRow] = ()
    orders: Sequence[OrderRow] = ()

    @property
    def card(self) -> CardRow:
        """The card that speaks for the step."""
        return self.cards[0]


@dataclass(frozen=True, kw_only=True)
class LiveCards:
    """One page of the steps with live cards.

    Shape: ``total`` counts steps, ``last_ended_on`` is asked only where there is none.
    """

    steps: Sequence[LiveStep]
    total: int
    page: int
    pages: int
    last_ended_on: date | None = None


@dataclass(frozen=True)
class Mark:
    """So many cards of one colour shown to one department on one day."""

    department: str
    on: date
    colour: Colour
    count: int


def live_cards(session: Session, actor: Actor, page: int = 1) -> LiveCards:
    """The steps with live cards in a person's sight, red ones first; six queries, whatever their number."""
    rows = session.execute(
        select(CardRow, Step.number, Project.name, Project.edition_id, PlannedStep)
        .join(Step, Step.id == CardRow.step_id)
        .join(Project, Project.id == CardRow.project_id)
        .outerjoin(PlannedStep, and_(PlannedStep.project_id == Project.id, PlannedStep.code == CardRow.code))
        .where(CardRow.ended_on.is_(None), within(actor, CardRow.project_id))
        .order_by(CardRow.limit_on, CardRow.id)
    ).all()
    grouped: dict[tuple[int, int], list[Any]] = defaultdict(list)
    for row in rows:
        grouped[row[0].step_id, row[0].attempt].append(row)
    if not grouped:
        return LiveCards(steps=(), total=0, page=1, pages=1, last_ended_on=_last_ended(session, actor))
    groups = sorted(
        (sorted(group, key=lambda row: _hardness(row[0])) for group in grouped.values()),
        key=lambda group: _hardness(group[0][0]),
    )
    pages = max(1, -(-len(groups) // ON_A_PAGE))
    page = min(max(page, 1), pages)
    there = groups[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
    return LiveCards(steps=_with_deeds(session, there), total=len(groups), page=page, pages=pages)


def _hardness(card: CardRow) -> tuple[bool, int, date, int]:
    place = CLOCK.index(card.cause) if card.cause in CLOCK else -1
    return card.colour is Colour.YELLOW, -place, card.limit_on, card.id


def _with_deeds(session: Session, groups: Sequence[Sequence[Any]]) -> list[LiveStep]:
    cards = [row[0] for group in groups for row in group]
    ids, step_ids = [card.id for card in cards], {card.step_id for card in cards}
    stops = cases.stops(session, step_ids)
    chases = _by(
        session.scalars(select(ChaseRow).where(ChaseRow.step_id.in_(step_ids)).order_by(ChaseRow.id.desc())),
        "step_id",
    )
    escalations, appeals, orders = (
        _of_cards(session, kind, ids) for kind in (EscalationRow, AppealRow, OrderRow)
    )
    return [
        LiveStep(
            cards=[row[0] for row in group],
            number=group[0][1],
            project=group[0][2],
            edition_id=group[0][3],
            float_workdays=group[0][4].total_float if group[0][4] else None,
            is_on_way=bool(group[0][4] and group[0][4].is_on_way),
            stops=stops.get(group[0][0].step_id, ()),
            chases=[one for one in chases.get(group[0][0].step_id, ()) if one.attempt == group[0][0].attempt],
            escalations=_all_of(escalations, group),
            appeals=_all_of(appeals, group),
            orders=_all_of(orders, group),
        )
        for group in groups
    ]


def _of_cards(session: Session, kind: Any, ids: Collection[int]) -> Mapping[int, list[Any]]:
    return _by(session.scalars(select(kind).where(kind.card_id.in_(ids)).order_by(kind.id)), "card_id")


def _by(rows: Iterable[Any], name: str) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[getattr(row, name)].append(row)
    return found


def _all_of(rows: Mapping[int, list[Any]], group: Sequence[Any]) -> list[Any]:
    return [one for row in group for one in rows.get(row[0].id, ())]


def _last_ended(session: Session, actor: Actor) -> date | None:
    return session.scalar(select(func.max(CardRow.ended_on)).where(within(actor, CardRow.project_id)))


def six_weeks(session: Session, actor: Actor, today: date) -> list[Mark]:
    """The cards of the last six weeks by department and day, without those an appeal took down; one query."""
    rows = session.execute(
        select(CardRow.department, CardRow.shown_on, CardRow.colour, func.count())
        .where(
            CardRow.shown_on.between(today - SIX_WEEKS, today),
            or_(CardRow.ended_how.is_(None), CardRow.ended_how != Ending.APPEAL_UPHELD),
            within(actor, CardRow.project_id),
        )
        .group_by(CardRow.department, CardRow.shown_on, CardRow.colour)
        .order_by(CardRow.department, CardRow.shown_on)
    )
    return [Mark(department, on, colour, count) for department, on, colour, count in rows]
