"""Everything about one card: the fact itself, its step, what was on that day, what followed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from approvals.models.step import Step
from approvals.queries import cases
from approvals.rules.stops import ClockStop
from concierge.kernel.actor import Actor
from concierge.kernel.errors import Missing
from concierge.kernel.scope import within
from concierge.staff.queries import spoken_name
from concierge.supervision.models.card import CardPauseRow, CardRow, EscalationRow
from concierge.supervision.models.follow_up import AppealRow, ChaseRow, OrderRow
from concierge.supervision.queries.board import LiveStep
from concierge.supervision.rules.card import Colour
from projects.models.project import PlannedStep, Project


@dataclass(frozen=True, kw_only=True)
class CardFile:
    """One card with its whole story.

    Shape: ``away`` names A on a day B acted; ``earlier`` are the other cards of the same case.
    """

    live: LiveStep
    step: Step
    project: Project
    pauses: Sequence[CardPauseRow]
    earlier: Sequence[CardRow]
    away: str

    @property
    def card(self) -> CardRow:
        """The card itself."""
        return self.live.card

    @property
    def appeal(self) -> AppealRow | None:
        """The appeal against it, if there is one."""
        return next(iter(self.live.appeals), None)

    @property
    def stops(self) -> Sequence[ClockStop]:
        """The stops of the step as they are on record now."""
        return self.live.stops


def card_file(session: Session, card_id: int, actor: Actor) -> CardFile:
    """The file of one card; nine queries at the most.

    Raises: Missing, when there is none or its project is out of sight.
    """
    row = session.execute(
        select(CardRow, Step, Project, PlannedStep)
        .join(Step, Step.id == CardRow.step_id)
        .join(Project, Project.id == CardRow.project_id)
        .outerjoin(PlannedStep, and_(PlannedStep.project_id == Project.id, PlannedStep.code == CardRow.code))
        .where(CardRow.id == card_id, within(actor, CardRow.project_id))
    ).first()
    if row is None:
        raise Missing
    card, step, project, planned = row
    of_card = {
        kind: session.scalars(select(kind).where(kind.card_id == card.id).order_by(kind.id)).all()
        for kind in (EscalationRow, AppealRow, OrderRow, CardPauseRow)
    }
    chases = session.scalars(
        select(ChaseRow)
        .where(ChaseRow.step_id == card.step_id, ChaseRow.attempt == card.attempt)
        .order_by(ChaseRow.id.desc())
    )
    live = LiveStep(
        cards=[card],
        number=step.number,
        project=project.name,
        edition_id=project.edition_id,
        float_workdays=planned.total_float if planned else None,
        is_on_way=bool(planned and planned.is_on_way),
        stops=cases.stops(session, [card.step_id]).get(card.step_id, ()),
        chases=chases.all(),
        escalations=of_card[EscalationRow],  # type: ignore[arg-type]  # read by its kind
        appeals=of_card[AppealRow],  # type: ignore[arg-type]  # read by its kind
        orders=of_card[OrderRow],  # type: ignore[arg-type]  # read by its kind
    )
    return CardFile(
        live=live,
        step=step,
        project=project,
        pauses=of_card[CardPauseRow],  # type: ignore[arg-type]  # read by its kind
        earlier=_earlier(session, card),
        away=_name(session, card.away_id),
    )


def _earlier(session: Session, card: CardRow) -> Sequence[CardRow]:
    return session.scalars(
        select(CardRow)
        .where(CardRow.step_id == card.step_id, CardRow.attempt == card.attempt, CardRow.id != card.id)
        .order_by(CardRow.id)
    ).all()


def _name(session: Session, person_id: int | None) -> str:
    person = session.get(User, person_id) if person_id else None
    return spoken_name(person) if person else ""


@dataclass(frozen=True)
class OrderFile:
    """One order with the card and step it is about."""

    order: OrderRow
    card: CardRow
    step: Step
    project: Project


def order_file(session: Session, order_id: int, actor: Actor) -> OrderFile:
    """The file of one order. Raises: Missing."""
    row = session.execute(
        select(OrderRow, CardRow, Step, Project)
        .join(CardRow, CardRow.id == OrderRow.card_id)
        .join(Step, Step.id == CardRow.step_id)
        .join(Project, Project.id == OrderRow.project_id)
        .where(OrderRow.id == order_id, within(actor, OrderRow.project_id))
    ).first()
    if row is None:
        raise Missing
    return OrderFile(*row)


def step_in_sight(session: Session, step_id: int, actor: Actor) -> tuple[Step, Project]:
    """A step and its project. Raises: Missing, when its project is out of sight."""
    row = session.execute(
        select(Step, Project)
        .join(Project, Project.id == Step.project_id)
        .where(Step.id == step_id, within(actor, Step.project_id))
    ).first()
    if row is None:
        raise Missing
    return row[0], row[1]


def last_chase(session: Session, step_id: int) -> ChaseRow | None:
    """The last time a department was urged about a step, so that a form begins with whom to ask."""
    asked = select(ChaseRow).where(ChaseRow.step_id == step_id).order_by(ChaseRow.id.desc()).limit(1)
    return session.scalar(asked)


def live_of_steps(session: Session, step_ids: Sequence[int]) -> list[CardRow]:
    """The live cards of some steps, red ones first."""
    asked = select(CardRow).where(CardRow.step_id.in_(step_ids), CardRow.ended_on.is_(None))
    return list(session.scalars(asked.order_by(CardRow.colour, CardRow.limit_on)))


def live_colours(session: Session, project_ids: Sequence[int]) -> dict[int, tuple[Colour, ...]]:
    """Which colours of live cards each of these projects has, red first; one query."""
    asked = (
        select(CardRow.project_id, CardRow.colour)
        .where(CardRow.project_id.in_(project_ids), CardRow.ended_on.is_(None))
        .distinct()
        .order_by(CardRow.colour)
    )
    found: dict[int, tuple[Colour, ...]] = {}
    for project_id, colour in session.execute(asked):
        found[project_id] = (*found.get(project_id, ()), colour)
    return found


def live_of_project(session: Session, project_id: int) -> list[CardRow]:
    """The live cards of one project, red ones first."""
    asked = select(CardRow).where(CardRow.project_id == project_id, CardRow.ended_on.is_(None))
    return list(session.scalars(asked.order_by(CardRow.colour, CardRow.limit_on)))
