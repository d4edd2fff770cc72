"""What calendars do when something happens in projects or to people. Every handler may be run twice."""

from __future__ import annotations

from typing import Protocol

from sqlalchemy import select

from concierge.feeds.models import FeedRow
from concierge.feeds.queries.subjects import projects_of
from concierge.feeds.rules.feed import Purpose
from concierge.feeds.services.refresh_entries import refresh_entries
from concierge.kernel import clock
from concierge.kernel.work import Work


class OfAProject(Protocol):
    """Anything that happens to a project."""

    @property
    def project_id(self) -> int: ...


class OfAPerson(Protocol):
    """Anything that happens to an officer."""

    @property
    def person_id(self) -> int: ...


def refresh_project(w: Work, event: OfAProject) -> None:
    """Something about a project is another day, done, or called off."""
    if _somebody_subscribes(w):
        refresh_entries(w, [event.project_id])


def refresh_projects_of(w: Work, event: OfAPerson) -> None:
    """Somebody goes away or comes back: entries move to the calendar of whoever covers, and home again."""
    if _somebody_subscribes(w):
        refresh_entries(w, projects_of(w.session, Purpose.ALL, "", event.person_id, clock.today()))


def _somebody_subscribes(w: Work) -> bool:
    """Whether there is an address at all: without one there is no calendar to keep."""
    return w.session.scalar(select(FeedRow.id).where(FeedRow.revoked_at.is_(None)).limit(1)) is not None
