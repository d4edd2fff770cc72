"""The projects a person looks after on a day, as a condition other questions are asked with."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, or_, select

from concierge.kernel.actor import Actor
from concierge.staff.models import CoverRow, Pairing
from projects.models.project import Enterprise, Project, ProjectStatus

POST = "post"


def post_of(reader: Actor) -> ColumnElement[str]:
    """The post a reader has in a project: A, B, or C who covers for both."""
    return case((Pairing.a_id == reader.id, "A"), (Pairing.b_id == reader.id, "B"), else_="C").label(POST)


def in_my_hands(asked: Select[Any], reader: Actor, on: date) -> Select[Any]:
    """The same question about the live projects of which a person is A, B, or on that day C.

    Shape: ``asked`` has ``Project`` among what it selects from; ``Pairing`` and ``Enterprise`` come along.
    Source: AB-7, both are told of everything.
    """
    covers = exists().where(
        CoverRow.project_id == Project.id,
        CoverRow.person_id == reader.id,
        CoverRow.first_on <= on,
        CoverRow.last_on >= on,
        CoverRow.withdrawn_at.is_(None),
    )
    return (
        asked.join(Pairing, and_(Pairing.project_id == Project.id, Pairing.until.is_(None)))
        .join(Enterprise, Enterprise.id == Project.enterprise_id)
        .where(
            Project.status == ProjectStatus.ACTIVE,
            or_(Pairing.a_id == reader.id, Pairing.b_id == reader.id, covers),
        )
        .add_columns(post_of(reader))
    )


def my_projects(reader: Actor, on: date) -> Select[Any]:
    """The projects in a person's hands, as rows of number, name and post, by name."""
    return in_my_hands(select(Project.id, Project.name), reader, on).order_by(Project.name)
