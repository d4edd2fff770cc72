"""Every project a person may see, the ones that need somebody first."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask_appbuilder.security.sqla.models import User
from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session, aliased, contains_eager

from approvals.models.step import Step, StepState
from approvals.rules.catalogue import Catalogue
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.scope import within
from concierge.staff.models import Pairing
from concierge.staff.queries import pairings, spoken_name
from projects.models.portfolio import BookingRow
from projects.models.project import Enterprise, Plan, PlannedStep, Project, ProjectStatus
from projects.queries.green_channel import in_force
from projects.rules.bookings import Booking
from projects.rules.summary import Headline

PAGE_SIZE = 50


@dataclass(frozen=True, kw_only=True)
class Ask:
    """What the portfolio is asked for; all of it stands in the query string."""

    whose: str = "all"
    template: str = ""
    agent: int | None = None
    text: str = ""
    page: int = 1


@dataclass(frozen=True)
class Line:
    """One row of the table.

    Shape: ``stage_ends`` is when each stage ends by the current plan; ``holding`` is the step that holds the
    permit; ``queue`` is what its acceptance waits for beyond its predecessors, if anything; ``is_green``
    says that the project has the green channel today.
    """

    project: Project
    pairing: Pairing | None
    done: int
    total: int
    stage_ends: Mapping[str, date]
    holding: Step | None = None
    queue: Booking | None = None
    is_green: bool = False

    @property
    def accepted_on(self) -> date | None:
        """The day the step that holds the permit was accepted; None while it is not, or is to start anew."""
        return self.holding.accepted_on if self.holding and not self.holding.ended_on else None

    @property
    def permit_on(self) -> date | None:
        """The forecast day of the permit, once there is a plan."""
        return self.project.plan.permit_on if self.project.plan else None

    def fact(self, name: str, catalogue: Catalogue) -> Any:
        """A fact as it holds for the project: recorded, or as its template assumes."""
        recorded = json.loads(self.project.facts)
        if name in recorded:
            return recorded[name]
        assumed = dict(catalogue.template(self.project.template).defaults)
        return assumed.get(name, catalogue.attribute_of[name].default)


@dataclass(frozen=True)
class ShownRow:
    """One row of the table for whoever adds to it: its project, and all those shown, to ask once for all."""

    project_id: int
    shown: tuple[int, ...]


@dataclass(frozen=True)
class Portfolio:
    """What the portfolio shows."""

    lines: Sequence[Line]
    headlines: Sequence[Headline]
    counts: dict[str, int]
    total: int
    page: int
    pages: int


def _asked(ask: Ask, actor: Actor) -> list[ColumnElement[bool]]:
    status = ProjectStatus.CLOSED if ask.whose == "closed" else ProjectStatus.ACTIVE
    wanted: list[ColumnElement[bool]] = [Project.status == status, within(actor, Project.id)]
    if ask.whose == "mine":
        wanted.append(_mine(actor))
    if ask.template:
        wanted.append(Project.template == ask.template)
    if ask.agent:
        wanted.append(_in_the_hands_of(ask.agent))
    if ask.text:
        like = f"%{ask.text.replace('%', '').replace('_', '')}%"
        wanted.append(or_(Project.name.like(like), Project.code.like(like), Enterprise.name.like(like)))
    return wanted


def _in_the_hands_of(person: int | None) -> ColumnElement[bool]:
    pair = select(Pairing.id).where(Pairing.project_id == Project.id, Pairing.until.is_(None))
    held = pair.where(or_(Pairing.a_id == person, Pairing.b_id == person))
    return held.correlate(Project).exists()  # the ledger joins the pairings too; this one is its own


def _mine(actor: Actor) -> ColumnElement[bool]:
    return or_(Project.liaison_id == actor.id, _in_the_hands_of(actor.id))


def portfolio(session: Session, ask: Ask, actor: Actor) -> Portfolio:
    """The page of the portfolio a person asked for.

    Shape: five queries, whatever the number of projects, one more where the ask is narrower than everything
        and one where a project has the green channel; those forecast past their target come first, then by
        target.
    """
    base: Select[Any] = (
        select(Project).join(Project.enterprise).outerjoin(Project.plan).where(*_asked(ask, actor))
    )
    rows = session.execute(
        base.with_only_columns(
            Plan.permit_on,
            Project.target_on,
            Project.investment_wan,
            Plan.workdays_to_permit,
            Plan.serial_workdays,
            case((_mine(actor), 1), else_=0),
        )
    ).all()
    heads = [Headline(*row[:-1]) for row in rows]
    is_everything = replace(ask, page=1) == Ask()
    mine = sum(row[-1] for row in rows)
    counts = {"all": len(heads), "mine": mine} if is_everything else _counts(session, actor)
    pages = max(1, -(-len(heads) // PAGE_SIZE))
    page = min(max(1, ask.page), pages)
    is_late = case((Plan.permit_on > Project.target_on, 0), else_=1)
    page_rows = session.execute(
        base.outerjoin(Step, and_(Step.project_id == Project.id, Step.code == Plan.holding))
        .outerjoin(BookingRow, and_(BookingRow.project_id == Project.id, BookingRow.code == Plan.holding))
        .add_columns(Step, BookingRow)
        .options(contains_eager(Project.enterprise), contains_eager(Project.plan))
        .order_by(is_late, Project.target_on.is_(None), Project.target_on, Project.id)
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    ).all()
    ids = [project.id for project, _, _ in page_rows]
    pairs = pairings(session, ids)
    done, total = _progress(session, ids)
    ends = _stage_ends(session, ids)
    green = in_force(session, [project for project, _, _ in page_rows], clock.today())
    lines = [
        Line(
            project,
            pairs.get(project.id),
            done[project.id],
            total[project.id],
            ends[project.id],
            holding,
            _queue(booking) if holding is None or holding.accepted_on is None else None,
            project.id in green,
        )
        for project, holding, booking in page_rows
    ]
    return Portfolio(lines, heads, counts, len(heads), page, pages)


def _counts(session: Session, actor: Actor) -> dict[str, int]:
    everyone = func.count(Project.id)
    mine = func.sum(case((_mine(actor), 1), else_=0))
    row = session.execute(
        select(everyone, mine).where(Project.status == ProjectStatus.ACTIVE, within(actor, Project.id))
    ).one()
    return {"all": row[0], "mine": int(row[1] or 0)}


def _progress(session: Session, ids: Sequence[int]) -> tuple[Counter[int], Counter[int]]:
    done: Counter[int] = Counter()
    total: Counter[int] = Counter()
    rows = session.execute(
        select(Step.project_id, Step.state, func.count())
        .where(Step.project_id.in_(ids), Step.state != StepState.NOT_REQUIRED)
        .group_by(Step.project_id, Step.state)
    )
    for project_id, state, count in rows:
        total[project_id] += count
        if state is StepState.PASSED:
            done[project_id] += count
    return done, total


def _queue(row: BookingRow | None) -> Booking | None:
    """What the step that holds a permit waits for beyond its predecessors, if anything."""
    return replace(row.facts(), waited_workdays=row.held_workdays) if row and row.held_workdays else None


def _stage_ends(session: Session, ids: Sequence[int]) -> dict[int, dict[str, date]]:
    found: dict[int, dict[str, date]] = defaultdict(dict)
    rows = session.execute(
        select(PlannedStep.project_id, PlannedStep.stage, func.max(PlannedStep.finish_on))
        .where(PlannedStep.project_id.in_(ids), PlannedStep.is_on_way.is_(True))
        .group_by(PlannedStep.project_id, PlannedStep.stage)
    )
    for project_id, stage, end in rows:
        found[project_id][stage] = end
    return found


def everything(session: Session, ask: Ask, actor: Actor) -> list[tuple[Any, ...]]:
    """The ledger: every project asked for, one row each, in the order of their codes."""
    a, b = aliased(User), aliased(User)
    rows = session.execute(
        select(Project, Plan.permit_on, Plan.lawful_start_on, a, b)
        .join(Project.enterprise)
        .outerjoin(Project.plan)
        .outerjoin(Pairing, and_(Pairing.project_id == Project.id, Pairing.until.is_(None)))
        .outerjoin(a, a.id == Pairing.a_id)
        .outerjoin(b, b.id == Pairing.b_id)
        .where(*_asked(ask, actor))
        .options(contains_eager(Project.enterprise))
        .order_by(Project.code)
    )
    return [
        (
            project.code,
            project.name,
            project.enterprise.name,
            project.investment_wan,
            project.start_on,
            project.target_on,
            permit_on,
            lawful_start_on,
            spoken_name(first) if first else "",
            spoken_name(second) if second else "",
        )
        for project, permit_on, lawful_start_on, first, second in rows
    ]


def due_by_department(session: Session, actor: Actor, days: Sequence[date]) -> dict[str, Counter[date]]:
    """How many steps each department has to finish on each of these days, by the current plans, in one
    query.
    """
    found: dict[str, Counter[date]] = defaultdict(Counter)
    rows = session.execute(
        select(PlannedStep.department, PlannedStep.finish_on, func.count())
        .join(Project, Project.id == PlannedStep.project_id)
        .where(
            Project.status == ProjectStatus.ACTIVE,
            within(actor, Project.id),
            PlannedStep.is_done.is_(False),
            PlannedStep.finish_on.between(days[0], days[-1]),
        )
        .group_by(PlannedStep.department, PlannedStep.finish_on)
    )
    for department, day, count in rows:
        found[department][day] += count
    return found


def active_project_ids(session: Session) -> Sequence[int]:
    """Every project under way."""
    return (
        session.execute(select(Project.id).where(Project.status == ProjectStatus.ACTIVE).order_by(Project.id))
        .scalars()
        .all()
    )
