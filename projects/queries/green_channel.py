"""Which projects have the green channel today: put on it, and their owners' promises kept."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from approvals.queries.deferrals import broken_promises, unrepaired
from projects.models.project import Enterprise, Project


@dataclass(frozen=True)
class GreenChannel:
    """One project and its green channel. Shape: ``broken`` are its owner's broken promises on record."""

    project: Project
    broken: tuple[str, ...]

    @property
    def is_set(self) -> bool:
        """Whether somebody put it on the green channel."""
        return self.project.green_on is not None

    @property
    def is_in_force(self) -> bool:
        """Whether its delay counts double today. Source: DF-11."""
        return self.is_set and not self.broken


def green_channel(session: Session, project: Project, today: date) -> GreenChannel:
    """The green channel of one project, read with its enterprise. Shape: one query."""
    return GreenChannel(project, unrepaired(session, project.enterprise.uscc, today))


def in_force(session: Session, projects: Collection[Project], today: date) -> frozenset[int]:
    """The numbers of those of these projects whose delay counts double today.

    Shape: one query, none where no project was put on the channel.
    Source: DF-11: an owner with a broken promise on record has it no more until that is repaired.
    """
    green = {project.id for project in projects if project.green_on is not None}
    if not green:
        return frozenset()
    kept = (
        select(Project.id)
        .join(Enterprise, Enterprise.id == Project.enterprise_id)
        .where(Project.id.in_(green), Enterprise.uscc.not_in(select(broken_promises(today).c.uscc)))
    )
    return frozenset(session.scalars(kept))
