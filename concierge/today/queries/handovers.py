"""The handovers a person has to take over, project by project, as they were given."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from approvals.rules.facts import Label
from concierge.handover.models import HandoverItemRow, HandoverRow
from concierge.handover.queries.handovers import facts_of
from concierge.handover.rules.handover import window
from concierge.staff.queries import spoken_name
from projects.models.project import Enterprise, Project
from scheduler import WorkCalendar

MOST_LINES = 3
"""How many open things of a project stand on the page of the day; its sheet has them all."""


@dataclass(frozen=True, kw_only=True)
class HandedLine:
    """One open thing of a project."""

    name: Label
    due_on: date | None


@dataclass(frozen=True, kw_only=True)
class HandedProject:
    """One project of a handover: what is open, where the papers are, whom to ask.

    Shape: ``post`` is the one it is handed from; ``lines`` are the first that fall due in the window of the
        handover, ``more`` counts the others of it.
    """

    project_id: int
    name: str
    post: str
    lines: tuple[HandedLine, ...]
    more: int
    promises: str
    papers: str
    contact: str
    phone: str


@dataclass(frozen=True, kw_only=True)
class Handed:
    """One handover that waits to be taken over. Shape: ``last_on`` is None for good."""

    id: int
    giver: str
    first_on: date
    last_on: date | None
    given_at: datetime | None
    projects: tuple[HandedProject, ...]


def handed(session: Session, ids: Collection[int], calendar: WorkCalendar) -> Mapping[int, Handed]:
    """These handovers with what falls due in their window; two queries, none without any.

    Source: AB-4 for what a handover holds, and for the window.
    """
    if not ids:
        return {}
    rows = session.scalars(
        select(HandoverRow).where(HandoverRow.id.in_(ids)).options(joinedload(HandoverRow.giver))
    ).all()
    until = {row.id: window(facts_of(row), calendar)[1] for row in rows}
    projects: dict[int, list[HandedProject]] = defaultdict(list)
    items = session.execute(
        select(HandoverItemRow, Project.name, Enterprise.contact, Enterprise.phone)
        .join(Project, Project.id == HandoverItemRow.project_id)
        .join(Enterprise, Enterprise.id == Project.enterprise_id)
        .where(HandoverItemRow.handover_id.in_(ids))
        .order_by(Project.name)
    )
    for item, name, contact, phone in items:
        projects[item.handover_id].append(
            _project(item, name, (contact or "", phone or ""), until[item.handover_id])
        )
    return {
        row.id: Handed(
            id=row.id,
            giver=spoken_name(row.giver),
            first_on=row.first_on,
            last_on=row.last_on,
            given_at=row.given_at,
            projects=tuple(projects[row.id]),
        )
        for row in rows
    }


def _project(
    item: HandoverItemRow, name: str, owner: tuple[str, str], until_on: date | None
) -> HandedProject:
    found = _lines(json.loads(item.body or "{}"))
    due = [line for line in found if line.due_on and (until_on is None or line.due_on <= until_on)]
    lines = sorted(due, key=lambda line: line.due_on or date.max)
    return HandedProject(
        project_id=item.project_id,
        name=name,
        post=item.post,
        lines=tuple(lines[:MOST_LINES]),
        more=max(0, len(lines) - MOST_LINES),
        promises=item.promises,
        papers=item.papers,
        contact=owner[0],
        phone=owner[1],
    )


def _lines(body: Mapping[str, Any]) -> list[HandedLine]:
    return [
        HandedLine(
            name=Label(line["name_zh"], line["name_en"]),
            due_on=date.fromisoformat(line["due_on"]) if line.get("due_on") else None,
        )
        for line in body.get("lines", ())
    ]
