"""Questions about handovers: whose turn, which projects, and what stands on one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, func, or_, select, true
from sqlalchemy.orm import Session, joinedload

from concierge.handover.models import HandoverItemRow, HandoverRow
from concierge.handover.rules.handover import TOLD_POSTS, Handover, HandoverKind, HandoverState, state_of
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.errors import Missing
from concierge.kernel.scope import ScopeRow
from projects.models.project import Project

MOST = 200
CALLED_LATE = timedelta(days=7)
"""How far back a late handover is looked for: a morning's look may have been missed, a week's not."""


@dataclass(frozen=True, kw_only=True)
class Listed:
    """One handover in a list. Shape: ``projects`` are numbers and names, ``to_tell`` those not told yet."""

    row: HandoverRow
    projects: tuple[tuple[int, str], ...]
    to_tell: tuple[int, ...]

    @property
    def facts(self) -> Handover:
        """Its times."""
        return facts_of(self.row)


def facts_of(row: HandoverRow) -> Handover:
    """A handover as the rules look at it."""
    return Handover(
        kind=row.kind,
        from_id=row.from_id,
        to_id=row.to_id,
        first_on=row.first_on,
        last_on=row.last_on,
        due_on=row.due_on,
        given_on=clock.local(row.given_at).date() if row.given_at else None,
        accepted_on=clock.local(row.accepted_at).date() if row.accepted_at else None,
        is_reported=row.reported_at is not None,
        is_taken_back=row.taken_back_at is not None,
        is_dropped=row.dropped_at is not None,
    )


def is_mine(reader: Actor) -> ColumnElement[bool]:
    """Handovers somebody gives or takes; all of them for those who see every project, and the system."""
    if reader.is_system:
        return true()
    everything = select(ScopeRow.id).where(ScopeRow.user_id == reader.id, ScopeRow.project_id.is_(None))
    return or_(HandoverRow.from_id == reader.id, HandoverRow.to_id == reader.id, everything.exists())


def handover(session: Session, handover_id: int, reader: Actor) -> Listed:
    """One handover with its projects.

    Raises: Missing, also where it is neither the reader's nor a chief who asks.
    """
    row = session.scalars(
        select(HandoverRow)
        .where(HandoverRow.id == handover_id, is_mine(reader))
        .options(joinedload(HandoverRow.giver), joinedload(HandoverRow.taker))
    ).one_or_none()
    if row is None:
        raise Missing
    return _with_projects(session, [row])[0]


def items(session: Session, handover_id: int) -> Sequence[HandoverItemRow]:
    """The projects of a handover."""
    asked = select(HandoverItemRow).where(HandoverItemRow.handover_id == handover_id)
    return session.scalars(asked.order_by(HandoverItemRow.project_id)).all()


def open_handovers(session: Session, person_id: int) -> list[Listed]:
    """What one person has to give, accept, report, take back or tell; three queries."""
    untold = select(HandoverItemRow.id).where(
        HandoverItemRow.handover_id == HandoverRow.id,
        HandoverItemRow.told_at.is_(None),
        HandoverItemRow.post.in_(TOLD_POSTS),
    )
    unfinished = or_(
        HandoverRow.accepted_at.is_(None),
        HandoverRow.last_on.is_not(None) & HandoverRow.taken_back_at.is_(None),
        untold.exists(),
    )
    rows = session.scalars(
        select(HandoverRow)
        .where(
            or_(HandoverRow.from_id == person_id, HandoverRow.to_id == person_id),
            HandoverRow.dropped_at.is_(None),
            unfinished,
        )
        .options(joinedload(HandoverRow.giver), joinedload(HandoverRow.taker))
        .order_by(HandoverRow.due_on, HandoverRow.id)
    ).all()
    return _with_projects(session, rows)


def listed(session: Session, reader: Actor, *, is_over: bool, today: date) -> list[Listed]:
    """The handovers a person may see, those that are over or those that are not; the latest first."""
    rows = session.scalars(
        select(HandoverRow)
        .where(is_mine(reader))
        .options(joinedload(HandoverRow.giver), joinedload(HandoverRow.taker))
        .order_by(HandoverRow.id.desc())
        .limit(MOST)
    ).all()
    over = {HandoverState.OVER, HandoverState.DROPPED}
    wanted = [row for row in rows if (state_of(facts_of(row), today) in over) is is_over]
    return _with_projects(session, wanted)


def waiting(session: Session, reader: Actor) -> int:
    """How many handovers wait for this person to accept or give them."""
    today = clock.today()
    rows = session.scalars(
        select(HandoverRow).where(
            or_(HandoverRow.from_id == reader.id, HandoverRow.to_id == reader.id),
            HandoverRow.accepted_at.is_(None),
            HandoverRow.dropped_at.is_(None),
        )
    )
    turn = {HandoverState.TO_GIVE: "from_id", HandoverState.TO_ACCEPT: "to_id"}
    found = ((row, turn.get(state_of(facts_of(row), today))) for row in rows)
    return sum(whose is not None and getattr(row, whose) == reader.id for row, whose in found)


def of_project(session: Session, project_id: int) -> Sequence[HandoverRow]:
    """Every handover of a project, the latest first."""
    return session.scalars(
        select(HandoverRow)
        .join(HandoverItemRow, HandoverItemRow.handover_id == HandoverRow.id)
        .where(HandoverItemRow.project_id == project_id, HandoverRow.dropped_at.is_(None))
        .options(joinedload(HandoverRow.giver), joinedload(HandoverRow.taker))
        .order_by(HandoverRow.id.desc())
    ).all()


def not_given(session: Session, today: date) -> Sequence[HandoverRow]:
    """Planned handovers whose day went by within the last week without being given."""
    return session.scalars(
        select(HandoverRow)
        .where(
            HandoverRow.given_at.is_(None),
            HandoverRow.accepted_at.is_(None),
            HandoverRow.dropped_at.is_(None),
            HandoverRow.kind != HandoverKind.SUDDEN,
            HandoverRow.due_on < today,
            HandoverRow.due_on >= today - CALLED_LATE,
        )
        .order_by(HandoverRow.id)
    ).all()


def given_in_time(session: Session, first_on: date, last_on: date) -> dict[int, tuple[int, int]]:
    """Of the handovers due in a stretch: how many each person gave in time, of how many.

    Source: AB-4, AB-5.
    """
    rows = session.execute(
        select(HandoverRow).where(
            HandoverRow.due_on.between(first_on, last_on),
            HandoverRow.kind != HandoverKind.SUDDEN,
            HandoverRow.dropped_at.is_(None),
        )
    ).scalars()
    found: dict[int, tuple[int, int]] = {}
    for row in rows:
        good, total = found.get(row.from_id, (0, 0))
        given = row.given_at is not None and clock.local(row.given_at).date() <= row.due_on
        found[row.from_id] = (good + given, total + 1)
    return found


def exists_for(session: Session, to_id: int, project_id: int, first_on: date) -> bool:
    """Whether a person has a handover of a project on a day already."""
    asked = (
        select(func.count())
        .select_from(HandoverRow)
        .join(HandoverItemRow, HandoverItemRow.handover_id == HandoverRow.id)
        .where(
            HandoverRow.to_id == to_id,
            HandoverItemRow.project_id == project_id,
            HandoverRow.dropped_at.is_(None),
            HandoverRow.first_on <= first_on,
            or_(HandoverRow.last_on.is_(None), HandoverRow.last_on >= first_on),
        )
    )
    return bool(session.scalar(asked))


def _with_projects(session: Session, rows: Collection[HandoverRow]) -> list[Listed]:
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    untold: dict[int, list[int]] = defaultdict(list)
    asked = (
        select(
            HandoverItemRow.handover_id,
            Project.id,
            Project.name,
            HandoverItemRow.told_at,
            HandoverItemRow.post,
        )
        .join(Project, Project.id == HandoverItemRow.project_id)
        .where(HandoverItemRow.handover_id.in_([row.id for row in rows]))
        .order_by(Project.id)
    )
    for handover_id, project_id, name, told_at, post in session.execute(asked):
        found[handover_id].append((project_id, name))
        if told_at is None and post in TOLD_POSTS:
            untold[handover_id].append(project_id)
    return [Listed(row=row, projects=tuple(found[row.id]), to_tell=tuple(untold[row.id])) for row in rows]
