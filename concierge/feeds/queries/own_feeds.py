"""The calendar addresses of one person: their keys, who fetched them, and how much is on them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from approvals.models.catalogue import DepartmentRow
from approvals.rules.facts import Label
from concierge.feeds.models import EntryRow, FeedKeyRow, FeedRow, FetchRow, HoldingRow
from concierge.feeds.queries.fetching import REVIEW_KINDS
from concierge.feeds.rules.entry import EntryKind, EntryState
from concierge.feeds.rules.feed import Purpose, posts
from concierge.kernel.actor import Actor
from concierge.kernel.errors import Missing
from concierge.kernel.scope import within
from projects.models.project import Enterprise, Project, ProjectStatus

AHEAD = timedelta(days=30)
MOST_CHOICES = 500


@dataclass(frozen=True)
class OwnFeed:
    """One address. Shape: ``fetches`` the latest first; ``ahead`` counts the entries of the next 30 days."""

    row: FeedRow
    key: FeedKeyRow
    fetches: Sequence[FetchRow]
    ahead: int


def own_feeds(session: Session, by: Actor, today: date) -> list[OwnFeed]:
    """The addresses of a person that were not stopped, the oldest first; four queries."""
    asked = select(FeedRow).where(FeedRow.owner_id == by.id, FeedRow.revoked_at.is_(None))
    rows = session.scalars(asked.order_by(FeedRow.id)).all()
    ids = [row.id for row in rows]
    keys = {
        key.feed_id: key
        for key in session.scalars(
            select(FeedKeyRow).where(FeedKeyRow.feed_id.in_(ids)).order_by(FeedKeyRow.id)
        )
    }
    fetches: dict[int, list[FetchRow]] = defaultdict(list)
    latest_first = select(FetchRow).where(FetchRow.feed_id.in_(ids)).order_by(FetchRow.last_at.desc())
    for fetch in session.scalars(latest_first):
        fetches[fetch.feed_id].append(fetch)
    ahead = _ahead(session, {row.subject for row in rows}, today)
    return [OwnFeed(row, keys[row.id], fetches[row.id], _count(row, ahead)) for row in rows]


def own_feed(session: Session, by: Actor, feed_id: int) -> FeedRow:
    """One address of a person.

    Raises: Missing, for somebody else's and for a stopped one.
    """
    asked = select(FeedRow).where(
        FeedRow.id == feed_id, FeedRow.owner_id == by.id, FeedRow.revoked_at.is_(None)
    )
    row = session.scalar(asked)
    if row is None:
        raise Missing
    return row


def projects_to_choose(session: Session, by: Actor) -> list[tuple[int, str]]:
    """The projects under way a person may see, by name."""
    asked = (
        select(Project.id, Project.name)
        .where(Project.status == ProjectStatus.ACTIVE, within(by, Project.id))
        .order_by(Project.name)
        .limit(MOST_CHOICES)
    )
    return list(session.execute(asked).tuples())


def enterprises_to_choose(session: Session, by: Actor) -> list[tuple[int, str]]:
    """The enterprises of those projects, by name."""
    asked = (
        select(Enterprise.id, Enterprise.name)
        .join(Project, Project.enterprise_id == Enterprise.id)
        .where(Project.status == ProjectStatus.ACTIVE, within(by, Project.id))
        .distinct()
        .order_by(Enterprise.name)
        .limit(MOST_CHOICES)
    )
    return list(session.execute(asked).tuples())


def departments_to_choose(session: Session) -> list[tuple[str, Label]]:
    """Every department, in its order."""
    asked = select(DepartmentRow.code, DepartmentRow.name_zh, DepartmentRow.name_en)
    ordered = asked.order_by(DepartmentRow.position, DepartmentRow.id)
    return [(code, Label(zh, en)) for code, zh, en in session.execute(ordered)]


_Ahead = dict[tuple[str, str, EntryKind], int]


def _ahead(session: Session, subjects: Collection[str], today: date) -> _Ahead:
    asked = (
        select(HoldingRow.subject, HoldingRow.post, EntryRow.kind, func.count(EntryRow.id))
        .join(EntryRow, EntryRow.id == HoldingRow.entry_id)
        .where(
            HoldingRow.subject.in_(subjects),
            HoldingRow.left_at.is_(None),
            EntryRow.state != EntryState.CANCELLED,
            EntryRow.on >= today,
            EntryRow.on <= today + AHEAD,
        )
        .group_by(HoldingRow.subject, HoldingRow.post, EntryRow.kind)
    )
    return {(subject, post, kind): count for subject, post, kind, count in session.execute(asked)}


def _count(row: FeedRow, ahead: _Ahead) -> int:
    in_posts = posts(row.purpose)
    return sum(
        count
        for (subject, post, kind), count in ahead.items()
        if subject == row.subject
        and (not in_posts or post in in_posts)
        and (row.purpose is not Purpose.DEPARTMENT or kind in REVIEW_KINDS)
    )
