"""Questions about jobs, events and the trace, as the administrators ask them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from concierge.kernel.audit import AuditHead, AuditLine
from concierge.kernel.errors import Missing
from concierge.kernel.outbox import EventRow, Job, JobState

PER_PAGE = 50


@dataclass(frozen=True)
class Found:
    """One page of rows; pages are counted from 1."""

    rows: Sequence[Any]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are, one at least."""
        return max(1, -(-self.total // PER_PAGE))


@dataclass(frozen=True, kw_only=True)
class TraceAsk:
    """What somebody looks for in the trace; what is empty does not narrow."""

    who: str = ""
    act: str = ""
    project_id: int | None = None
    since: datetime | None = None
    before: datetime | None = None


def _page(session: Session, asked: Select[Any], page: int) -> Found:
    total = session.execute(select(func.count()).select_from(asked.order_by(None).subquery())).scalar_one()
    last = max(1, -(-total // PER_PAGE))
    page = min(max(page, 1), last)
    rows = session.execute(asked.limit(PER_PAGE).offset((page - 1) * PER_PAGE)).scalars().all()
    return Found(rows, total, page)


def jobs_in(session: Session, state: JobState | None, page: int) -> Found:
    """The jobs in a state, or in any, newest first."""
    asked = select(Job).order_by(Job.id.desc())
    return _page(session, asked if state is None else asked.where(Job.state == state), page)


def job(session: Session, job_id: int) -> tuple[Job, EventRow | None]:
    """One job, and the event it delivers.

    Raises: Missing.
    """
    found = session.get(Job, job_id)
    if found is None:
        raise Missing
    return found, session.get(EventRow, found.event_id) if found.event_id else None


def trace(session: Session, ask: TraceAsk, page: int) -> Found:
    """Lines of the trace, newest first, of every project: its administrator watches over all of them."""
    asked = select(AuditLine).order_by(AuditLine.id.desc())
    if ask.who:
        asked = asked.where(AuditLine.actor.contains(ask.who, autoescape=True))
    if ask.act:
        asked = asked.where(AuditLine.act == ask.act)
    if ask.project_id is not None:
        asked = asked.where(AuditLine.project_id == ask.project_id)
    if ask.since is not None:
        asked = asked.where(AuditLine.at >= ask.since)
    if ask.before is not None:
        asked = asked.where(AuditLine.at < ask.before)
    return _page(session, asked, page)


def acts(session: Session) -> list[str]:
    """Every kind of act there is a line of."""
    return list(session.execute(select(AuditLine.act).distinct().order_by(AuditLine.act)).scalars())


def trace_length(session: Session) -> int:
    """How many lines the trace has."""
    head = session.get(AuditHead, 1)
    return head.lines if head else 0


def facts_of(text: str) -> list[tuple[str, str]]:
    """The facts of a row, one by one, as text."""
    told = json.loads(text)
    return [
        (name, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
        for name, value in told.items()
    ]
