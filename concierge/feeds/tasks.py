"""Timed work of calendars: a look at every project each night, in case something was missed."""

from __future__ import annotations

from sqlalchemy import select

from concierge.feeds.models import FeedRow
from concierge.feeds.queries.subjects import active_projects
from concierge.feeds.services.refresh_entries import refresh_entries
from concierge.kernel.jobs import Run
from concierge.kernel.work import reading

AT_ONCE = 40


def refresh_all(run: Run) -> None:
    """Have every project looked at, a few in one go; nothing where nobody subscribes."""
    with reading() as session:
        is_used = session.scalar(select(FeedRow.id).where(FeedRow.revoked_at.is_(None)).limit(1))
        projects = active_projects(session) if is_used is not None else []
    with run.work() as w:
        for first in range(0, len(projects), AT_ONCE):
            some = projects[first : first + AT_ONCE]
            w.enqueue("concierge.feeds.tasks:refresh_some", project_ids=some)


def refresh_some(run: Run, project_ids: list[int]) -> None:
    """Look at some projects."""
    with run.work() as w:
        refresh_entries(w, project_ids)
