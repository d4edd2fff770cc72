"""What a few typed words find: projects, enterprises, steps and numbers of results, in one's charge only."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, false, or_, select
from sqlalchemy.orm import Session, joinedload

from approvals.models.step import Step, StepState
from approvals.queries import catalogue as catalogue_queries
from approvals.rules.catalogue import Catalogue
from concierge.kernel.actor import Actor
from concierge.kernel.scope import within
from projects.models.project import Enterprise, Project

MOST_FOUND = 20
LONGEST_TEXT = 60
_STEP_NUMBER = re.compile(r"\d{1,3}")


@dataclass(frozen=True)
class StepFound:
    """One step, its project, and its name in the project's own edition."""

    step: Step
    project: Project
    catalogue: Catalogue


@dataclass(frozen=True, kw_only=True)
class Found:
    """What was found, at most ``MOST_FOUND`` of a kind; ``cut`` names the kinds of which there are more."""

    projects: Sequence[Project] = ()
    enterprises: Sequence[Enterprise] = ()
    steps: Sequence[StepFound] = ()
    numbers: Sequence[StepFound] = ()
    cut: frozenset[str] = frozenset()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was found."""
        return not (self.projects or self.enterprises or self.steps or self.numbers)


def enterprises_of(actor: Actor) -> ColumnElement[bool]:
    """The condition that keeps enterprises to those one of whose projects the actor may see."""
    return Enterprise.id.in_(select(Project.enterprise_id).where(within(actor, Project.id)))


def search(session: Session, text: str, actor: Actor) -> Found:
    """What a text finds; a step by its name, its number on the list or the number of its result.

    Shape: five queries, whatever the number of projects; nothing for an empty text.
    """
    asked = text.strip()[:LONGEST_TEXT]
    if not asked:
        return Found()
    projects = session.scalars(
        select(Project)
        .where(within(actor, Project.id), or_(_has(Project.name, asked), _has(Project.code, asked)))
        .options(joinedload(Project.enterprise))
        .order_by(Project.id.desc())
        .limit(MOST_FOUND + 1)
    ).all()
    enterprises = session.scalars(
        select(Enterprise)
        .where(enterprises_of(actor), or_(_has(Enterprise.name, asked), _has(Enterprise.uscc, asked)))
        .order_by(Enterprise.name, Enterprise.id)
        .limit(MOST_FOUND + 1)
    ).all()
    editions = session.scalars(select(Project.edition_id).where(within(actor, Project.id)).distinct()).all()
    catalogues = {edition: catalogue_queries.catalogue(edition, session) for edition in editions}
    steps = _steps(session, _named(asked, catalogues), actor, catalogues)
    numbers = _steps(session, _has(Step.result_number, asked), actor, catalogues)
    kinds = {"projects": projects, "enterprises": enterprises, "steps": steps, "numbers": numbers}
    return Found(
        projects=projects[:MOST_FOUND],
        enterprises=enterprises[:MOST_FOUND],
        steps=steps[:MOST_FOUND],
        numbers=numbers[:MOST_FOUND],
        cut=frozenset(kind for kind, rows in kinds.items() if len(rows) > MOST_FOUND),
    )


def _has(column: object, text: str) -> ColumnElement[bool]:
    found: ColumnElement[bool] = column.icontains(text, autoescape=True)  # type: ignore[attr-defined]
    return found


def _named(text: str, catalogues: dict[int, Catalogue]) -> ColumnElement[bool]:
    """The steps of that number, or whose matter bears the text in its name in their project's edition."""
    low = text.lower()
    ways: list[ColumnElement[bool]] = [false()]
    for edition, catalogue in catalogues.items():
        codes = [m.code for m in catalogue.matters if low in m.name_zh.lower() or low in m.name_en.lower()]
        ways.append(and_(Project.edition_id == edition, Step.code.in_(codes)))
    if _STEP_NUMBER.fullmatch(text):
        ways.append(Step.number == text.zfill(2))
    return or_(*ways)


def _steps(
    session: Session, wanted: ColumnElement[bool], actor: Actor, catalogues: dict[int, Catalogue]
) -> list[StepFound]:
    asked: Select[tuple[Step, Project]] = (
        select(Step, Project)
        .join(Project, Project.id == Step.project_id)
        .where(within(actor, Project.id), Step.state != StepState.NOT_REQUIRED, wanted)
        .order_by(Project.id.desc(), Step.number)
        .limit(MOST_FOUND + 1)
    )
    return [
        StepFound(step, project, catalogues[project.edition_id]) for step, project in session.execute(asked)
    ]
