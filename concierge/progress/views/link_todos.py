"""What links ask of a person: to extend one that ends soon, to answer somebody who asks for a new one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from flask import url_for
from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from concierge.kernel import scope
from concierge.kernel.actor import Actor
from concierge.kernel.errors import N_
from concierge.progress.models.links import ProgressLinkRow
from concierge.progress.rules.links import WARN_DAYS, LinkOpens
from concierge.staff.queries import acting_on
from concierge.staff.rules.todo import Todo
from projects.models.project import Project, ProjectStatus

ENDS = N_("The link of %(who)s ends: extend it, or let it end")
ASKS = N_("%(who)s asks for a new link: make it and send it")
LOOK = N_("Open the links")


def link_todos(session: Session, reader: Actor, on: date) -> Iterable[Todo]:
    """The links of projects this person acts for or liaises that end soon, or whose holder asks for another.

    Shape: four queries.
    Source: PL-3, PL-4.
    """
    if reader.id is None:
        return
    ends = and_(
        ProgressLinkRow.expires_on >= on, ProgressLinkRow.expires_on <= on + timedelta(days=WARN_DAYS)
    )
    asks = and_(ProgressLinkRow.expires_on < on, ProgressLinkRow.asked_again_at.is_not(None))
    rows = session.execute(
        select(ProgressLinkRow, Project.name, Project.liaison_id)
        .join(Project, Project.id == ProgressLinkRow.project_id)
        .where(
            ProgressLinkRow.revoked_at.is_(None),
            ProgressLinkRow.opens == LinkOpens.PROGRESS,
            Project.status == ProjectStatus.ACTIVE,
            or_(ends, asks),
            scope.within(reader, ProgressLinkRow.project_id),
        )
        .order_by(ProgressLinkRow.expires_on, ProgressLinkRow.id)
    ).all()
    acting = acting_on(session, on, {row.project_id for row, _, _ in rows}) if rows else {}
    for row, project, liaison_id in rows:
        acts = acting.get(row.project_id)
        if reader.id not in (acts.person_id if acts else None, liaison_id):
            continue
        is_over = row.expires_on < on
        yield Todo(
            key=f"progress-link:{row.id}:{row.expires_on.isoformat()}",
            text=ASKS if is_over else ENDS,
            facts={"who": row.recipient},
            due_on=on if is_over else row.expires_on,
            minutes=5,
            project_id=row.project_id,
            project=project,
            href=url_for("SharePage.one", project_id=row.project_id),
            action=LOOK,
        )
