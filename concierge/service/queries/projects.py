"""The projects a case can be opened for, with the enterprise behind each."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from concierge.kernel import scope
from concierge.kernel.actor import Actor
from concierge.kernel.errors import Missing
from projects.models.project import Enterprise, Project


@dataclass(frozen=True, kw_only=True)
class ProjectHead:
    """What a case takes over from a project."""

    id: int
    name: str
    enterprise: str
    contact: str
    phone: str
    address: str


def project_heads(session: Session, reader: Actor) -> list[ProjectHead]:
    """The projects somebody may see, by name."""
    return [_head(*row) for row in session.execute(_asked(reader).order_by(Project.name))]


def project_head(session: Session, reader: Actor, project_id: int) -> ProjectHead:
    """One of them.

    Raises: Missing.
    """
    row = session.execute(_asked(reader).where(Project.id == project_id)).first()
    if row is None:
        raise Missing
    return _head(*row)


def _asked(reader: Actor) -> Select[tuple[Project, Enterprise]]:
    return (
        select(Project, Enterprise)
        .join(Enterprise, Enterprise.id == Project.enterprise_id)
        .where(scope.within(reader, Project.id))
    )


def _head(project: Project, enterprise: Enterprise) -> ProjectHead:
    return ProjectHead(
        id=project.id,
        name=project.name,
        enterprise=enterprise.name,
        contact=enterprise.contact or "",
        phone=enterprise.phone or "",
        address=enterprise.address or "",
    )
