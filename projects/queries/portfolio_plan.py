"""The plans of all projects: which one stands, what a new one would change, how full the departments are."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from concierge.kernel.actor import Actor
from concierge.kernel.errors import Missing
from concierge.kernel.outbox import Job, JobState
from concierge.kernel.scope import within
from projects.models.portfolio import PortfolioPlan, PortfolioState
from projects.models.project import Project
from projects.rules.county_scenario import CountyScenario, read_scenario
from projects.rules.portfolio_days import ProjectLine, Summary, read_summary

MOST_VERSIONS = 50
OPEN = (PortfolioState.ASKED, PortfolioState.WORKING)


@dataclass(frozen=True)
class Fault:
    """Why a plan failed: an English message and the facts in it, for the edge to translate and fill."""

    message: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class PlanVersion:
    """One version of the plan of all projects, without its days.

    Units: ``effort`` and ``done`` in plans built; ``*_workdays`` in working days.
    Shape: the counts are None until the plan is ready.
    """

    id: int
    number: int
    state: PortfolioState
    cause: str
    scenario: CountyScenario | None
    as_of: date
    asked_at: datetime
    asked_by: str
    started_at: datetime | None
    ended_at: datetime | None
    is_cancel_asked: bool
    done: int
    effort: int
    best_workdays: int | None
    projects: int | None
    late: int | None
    tardiness_workdays: int | None
    bound_workdays: int | None
    gain_workdays: int | None
    moved_projects: int | None
    moved_announced: int | None
    faults: tuple[Fault, ...]
    adopted_at: datetime | None
    adopted_by: str | None

    @property
    def is_open(self) -> bool:
        """Whether it is still being made."""
        return self.state in OPEN

    @property
    def may_be_adopted(self) -> bool:
        """Whether somebody with the right could adopt it: it is ready, and made for the world as it is."""
        return self.state is PortfolioState.READY and self.scenario is None


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """What a plan changes against the one that stood when it was made, as far as the asker may see.

    Shape: ``moved`` are the lines whose permit or lawful start differs, the most earlier first; the counts
        are over the whole county.
    """

    version: PlanVersion
    moved: tuple[ProjectLine, ...]
    unmoved: int
    summary: Summary


@dataclass(frozen=True)
class DayLoad:
    """One day of one department. Units: ``used`` and ``places`` in cases at once; no limit known: None."""

    on: date
    used: int
    places: int | None

    @property
    def is_full(self) -> bool:
        """Whether nobody is left for another case."""
        return self.places is not None and self.used >= self.places


@dataclass(frozen=True)
class DepartmentLoad:
    """How full one department is, day by day. Shape: one entry for each day asked for, in order."""

    department: str
    days: tuple[DayLoad, ...]


_COLUMNS = tuple(
    column for column in PortfolioPlan.__table__.columns if column.name not in ("body", "summary")
)


def version(session: Session, number: int) -> PlanVersion:
    """One version by its number. Raises: Missing."""
    row = session.execute(select(*_COLUMNS).where(PortfolioPlan.number == number)).first()
    if row is None:
        raise Missing
    return _version(row)


def versions(session: Session, limit: int = MOST_VERSIONS) -> tuple[PlanVersion, ...]:
    """The versions there are, the newest first."""
    rows = session.execute(select(*_COLUMNS).order_by(PortfolioPlan.number.desc()).limit(limit))
    return tuple(_version(row) for row in rows)


def adopted(session: Session) -> PlanVersion | None:
    """The version that stands; None before the first is adopted."""
    return _newest(session, PortfolioState.ADOPTED)


def being_made(session: Session) -> PlanVersion | None:
    """The version that is being made now, if any."""
    return _newest(session, *OPEN)


def is_given_up(session: Session, plan_id: int) -> bool:
    """Whether nobody will make an open version any more: its job failed for good, or is gone."""
    alive = select(Job.id).where(
        Job.dedupe_key == job_key(plan_id), Job.state.in_((JobState.QUEUED, JobState.RUNNING))
    )
    return session.scalar(alive) is None


def job_key(plan_id: int) -> str:
    """What names the job that makes a version."""
    return f"portfolio:{plan_id}"


def proposal(session: Session) -> PlanVersion | None:
    """The newest version that waits for somebody to adopt or discard it."""
    found = _newest(session, PortfolioState.READY, PortfolioPlan.scenario.is_(None))
    standing = adopted(session)
    return found if found and (standing is None or found.number > standing.number) else None


def summary(session: Session, number: int) -> Summary:
    """What one version is worth. Raises: Missing, also where it is not ready."""
    told = session.scalar(select(PortfolioPlan.summary).where(PortfolioPlan.number == number))
    if told is None:
        raise Missing
    return _summary(told)


def comparison(session: Session, number: int, actor: Actor) -> Comparison:
    """What one version changes, line by line, for one person. Raises: Missing, also where it is not ready.

    Shape: three queries, whatever the number of projects.
    """
    found, worth = version(session, number), summary(session, number)
    seen = set(session.scalars(select(Project.id).where(within(actor, Project.id))))
    moved = [line for line in worth.lines if line.is_moved]
    lines = tuple(line for line in sorted(moved, key=_gained) if line.project_id in seen)
    return Comparison(version=found, moved=lines, unmoved=len(worth.lines) - len(moved), summary=worth)


def next_number(session: Session) -> int:
    """The number the next version gets."""
    return (session.scalar(select(func.max(PortfolioPlan.number))) or 0) + 1


def _newest(session: Session, *wanted: Any) -> PlanVersion | None:
    states = [one for one in wanted if isinstance(one, PortfolioState)]
    also = [one for one in wanted if not isinstance(one, PortfolioState)]
    row = session.execute(
        select(*_COLUMNS)
        .where(PortfolioPlan.state.in_(states), *also)
        .order_by(PortfolioPlan.number.desc())
        .limit(1)
    ).first()
    return _version(row) if row else None


def _version(row: Row[Any]) -> PlanVersion:
    told = row._mapping  # noqa: SLF001  (the library's public name)
    same = {
        name: told[name]
        for name in PlanVersion.__dataclass_fields__
        if name not in ("state", "scenario", "faults")
    }
    scenario = read_scenario(json.loads(told["scenario"])) if told["scenario"] else None
    faults = tuple(Fault(message, facts) for message, facts in json.loads(told["faults"] or "[]"))
    return PlanVersion(**same, state=told["state"], scenario=scenario, faults=faults)


@lru_cache(maxsize=8)
def _summary(told: str) -> Summary:
    return read_summary(told)


def _gained(line: ProjectLine) -> tuple[int, int]:
    """How much later the day everyone watches is, the most earlier first."""
    before, after = line.watched
    return ((after - before).days if before and after else 0, line.project_id)
