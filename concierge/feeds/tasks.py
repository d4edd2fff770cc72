"""Timed work of calendars: what people have to do besides steps, and every project once a night."""

from __future__ import annotations

from sqlalchemy import select

from concierge.feeds.models import FeedRow
from concierge.feeds.queries.subjects import active_projects
from concierge.feeds.rules.feed import PERSONAL
from concierge.feeds.services.refresh_entries import refresh_entries, refresh_todos
from concierge.kernel.actor import Actor
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


def refresh_tasks(run: Run) -> None:
    """Have what other addons have for people looked at: of everybody with a personal calendar."""
    asked = (
        select(FeedRow.owner_id, FeedRow.owner)
        .where(FeedRow.purpose.in_(PERSONAL), FeedRow.revoked_at.is_(None))
        .distinct()
        .order_by(FeedRow.owner_id)
    )
    with reading() as session:
        people = session.execute(asked).tuples().all()
    with run.work() as w:
        for person_id, name in people:
            w.enqueue("concierge.feeds.tasks:refresh_tasks_of", person_id=person_id, name=name)


def refresh_tasks_of(run: Run, person_id: int, name: str) -> None:
    """Look at what one person has to do."""
    with run.work() as w:
        refresh_todos(w, Actor(person_id, name))
