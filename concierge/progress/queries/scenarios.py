"""The what-ifs that were shared: the one of a link, and those of a project."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from concierge.kernel.errors import Missing
from concierge.progress.models.acts import ScenarioRow
from concierge.progress.models.links import ProgressLinkRow
from projects.models.project import Project

MOST = 10


def scenario_of_link(session: Session, link_id: int) -> tuple[ScenarioRow, str]:
    """What a link of this kind opens, with its project's name. Raises: Missing."""
    found = session.execute(
        select(ScenarioRow, Project.name)
        .join(Project, Project.id == ScenarioRow.project_id)
        .where(ScenarioRow.link_id == link_id)
    ).one_or_none()
    if found is None:
        raise Missing
    return found[0], found[1]


def scenarios_of_project(session: Session, project_id: int) -> Sequence[tuple[ScenarioRow, str]]:
    """The latest what-ifs of a project that were shared, with whom they were shared."""
    rows = session.execute(
        select(ScenarioRow, ProgressLinkRow.recipient)
        .join(ProgressLinkRow, ProgressLinkRow.id == ScenarioRow.link_id)
        .where(ScenarioRow.project_id == project_id)
        .order_by(ScenarioRow.id.desc())
        .limit(MOST)
    )
    return [(row, recipient) for row, recipient in rows]
