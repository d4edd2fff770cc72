"""Questions asked of cards: what was shown for the running steps, what is live."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from approvals.models.step import Step
from concierge.kernel.actor import Actor
from concierge.kernel.scope import within
from concierge.supervision.models.card import CardRow
from concierge.supervision.models.follow_up import AppealRow, OrderRow
from concierge.supervision.queries.holders import holders
from concierge.supervision.rules.answering import CardFacts
from concierge.supervision.rules.card import Cause, Colour, Ending
from projects.models.project import Project, ProjectStatus


@dataclass(frozen=True, kw_only=True)
class KnownCard:
    """A card as a look at the running steps needs it.

    Shape: ``is_over`` says that the step's case has ended, or that its project is closed.
    """

    id: int
    project_id: int
    step_id: int
    code: str
    attempt: int
    department: str
    colour: Colour
    cause: Cause
    limit_on: date
    occasion: int
    shown_on: date
    ended: Ending | None
    is_over: bool = False

    @classmethod
    def of(cls, row: CardRow, *, is_over: bool = False) -> KnownCard:
        """The card of a row."""
        return cls(
            id=row.id,
            project_id=row.project_id,
            step_id=row.step_id,
            code=row.code,
            attempt=row.attempt,
            department=row.department,
            colour=row.colour,
            cause=row.cause,
            limit_on=row.limit_on,
            occasion=row.occasion,
            shown_on=row.shown_on,
            ended=row.ended_how,
            is_over=is_over,
        )


def known_cards(session: Session, running: Collection[int], project_id: int | None = None) -> list[KnownCard]:
    """The live cards, and every card of the running steps, in one query."""
    asked = (
        select(CardRow, Step.finished_on, Step.ended_on, Step.attempt, Project.status)
        .join(Step, Step.id == CardRow.step_id)
        .join(Project, Project.id == CardRow.project_id)
        .where(or_(CardRow.ended_on.is_(None), CardRow.step_id.in_(running)))
        .order_by(CardRow.id)
    )
    if project_id is not None:
        asked = asked.where(CardRow.project_id == project_id)
    return [
        KnownCard.of(
            row,
            is_over=finished_on is not None
            or ended_on is not None
            or attempt != row.attempt
            or status is not ProjectStatus.ACTIVE,
        )
        for row, finished_on, ended_on, attempt, status in session.execute(asked)
    ]


def live_count(session: Session, actor: Actor) -> int:
    """How many cards are live in a person's sight."""
    asked = select(func.count()).select_from(CardRow).where(CardRow.ended_on.is_(None))
    return session.scalar(asked.where(within(actor, CardRow.project_id))) or 0


def card_facts(session: Session, row: CardRow) -> CardFacts:
    """What a card says to whoever acts on it; three queries.

    Shape: its holders are A and B on the day it was shown, whoever held it, and the writer of its appeal.
    Source: SV-5.
    """
    appeal = appeal_of(session, row.id)
    pair = holders(session, [row.project_id], row.shown_on).get(row.project_id)
    people = {row.held_by_id, appeal.by_id if appeal else None, *(pair.pair if pair else ())}
    return CardFacts(
        colour=row.colour,
        shown_on=row.shown_on,
        ended_on=row.ended_on,
        appealed_on=appeal.made_on if appeal else None,
        holders=frozenset(person for person in people if person is not None),
    )


def appeal_of(session: Session, card_id: int) -> AppealRow | None:
    """The appeal against a card, if there is one."""
    return session.scalar(select(AppealRow).where(AppealRow.card_id == card_id))


def open_order(session: Session, card_id: int) -> OrderRow | None:
    """The order on a card that has no answer yet, if there is one."""
    asked = select(OrderRow).where(OrderRow.card_id == card_id, OrderRow.answered_on.is_(None))
    return session.scalar(asked.order_by(OrderRow.id).limit(1))


def last_serial(session: Session, year: int) -> int:
    """The highest number an order of a year has; 0 before the first."""
    return session.scalar(select(func.max(OrderRow.serial)).where(OrderRow.year == year)) or 0
