"""Who looks after a project, who did, and on which days and minutes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from concierge.staff import queries as staff_queries
from concierge.staff.models import Pairing, StagePostRow
from concierge.staff.rules.minutes import DAY, WORKDAY_BEGINS, WORKDAY_ENDS, minute_of
from concierge.staff.rules.presence import Acting, Presence, Stretch, covers_by_project, stretches
from concierge.staff.rules.stages import Stage

LOOK_BACK = timedelta(days=366)
LOOK_AHEAD = timedelta(days=60)


@dataclass(frozen=True, kw_only=True)
class ProjectPosts:
    """The people of one project. Shape: ``acted`` are stretches without a gap, the earliest first."""

    stage: Stage
    stage_lines: Sequence[StagePostRow]
    now: Acting | None
    acted: tuple[Stretch, ...]
    names: dict[int, str]


def stage_of(session: Session, project_id: int) -> Stage:
    """The stage a project is in: as written down; before that, construction once it has a pair.

    Source: S27, three roles by three stages.
    """
    written = session.scalar(
        select(StagePostRow.stage).where(
            StagePostRow.project_id == project_id, StagePostRow.until_at.is_(None)
        )
    )
    if written is not None:
        return written
    pair = session.scalar(
        select(Pairing.id).where(Pairing.project_id == project_id, Pairing.until.is_(None)).limit(1)
    )
    return Stage.CONSTRUCTION if pair is not None else Stage.ATTRACTION


def acted(session: Session, project_id: int, first_on: date, last_on: date) -> tuple[Stretch, ...]:
    """Who acted for a project in every minute of these days, from the rows; three queries.

    Source: AB-6, the project shows who acted on each day.
    """
    presence = Presence(staff_queries.absences(session, first_on, last_on))
    covers = covers_by_project(staff_queries.covers(session, first_on, last_on)).get(project_id, [])
    found: list[Stretch] = []
    for line in staff_queries.pair_lines(session, first_on, last_on, [project_id]):
        begin = max(line.begin, minute_of(first_on))
        end = min(line.end or minute_of(last_on) + DAY, minute_of(last_on) + DAY)
        if begin < end:
            found += stretches(line.duty, presence, covers, begin, end)
    return tuple(found)


def posts_of_project(session: Session, project_id: int, today: date) -> ProjectPosts:
    """The people of a project today, a year back, and as far ahead as absences are known; five queries."""
    lines = session.scalars(
        select(StagePostRow).where(StagePostRow.project_id == project_id).order_by(StagePostRow.id)
    ).all()
    found = acted(session, project_id, today - LOOK_BACK, today + LOOK_AHEAD)
    people = {one.person_id for one in found if one.person_id is not None}
    people |= {line.person_id for line in lines if line.person_id is not None}
    written = next((line.stage for line in lines if line.until_at is None), None)
    has_pair = any(one.end > minute_of(today) for one in found)
    return ProjectPosts(
        stage=written or (Stage.CONSTRUCTION if has_pair else Stage.ATTRACTION),
        stage_lines=lines,
        now=_now(found, project_id, today),
        acted=found,
        names=staff_queries.names(session, people),
    )


def _now(found: tuple[Stretch, ...], project_id: int, today: date) -> Acting | None:
    """Whose day it is: the first of A, B and C who acts in some working minute of it; the latest pair's."""
    begin, end = minute_of(today, WORKDAY_BEGINS), minute_of(today, WORKDAY_ENDS)
    there = {one.post: one for one in found if one.begin < end and begin < one.end}
    held = next((there[post] for post in ("A", "B", "C", "") if post in there), None)
    if held is None:  # a pair of this evening
        held = next((one for one in found if one.begin >= begin), None)
    if held is None:
        return None
    return Acting(project_id=project_id, person_id=held.person_id, post=held.post)
