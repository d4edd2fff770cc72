"""What a project comes to: how long each step took against its promise, and every paper in its file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from approvals.models.deferral import DeferralRow
from approvals.models.step import Step
from approvals.queries import catalogue as catalogue_queries
from approvals.queries import papers
from approvals.rules.papers import HeldVersion
from documents.models.document import DocumentRow
from documents.queries.project_case import ProjectCase
from projects.rules.papers import own_result
from scheduler import WorkCalendar


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of a file's index.

    Units: ``pages`` of paper or PDF; None where nobody counted.
    """

    number: str
    author: str
    title: str
    on: date
    pages: int | None
    note: str = ""


def index_of(session: Session, case: ProjectCase, *, but: str = "") -> list[Entry]:
    """Everything a project's file holds: papers handed in, then results, then our documents; each by its day.

    Shape: three queries; ``but`` is the kind that is the index itself.
    """
    groups = (_papers(session, case), _results(case), _documents(session, case, but))
    return [one for group in groups for one in sorted(group, key=lambda one: (one.on, one.number, one.title))]


def _papers(session: Session, case: ProjectCase) -> list[Entry]:
    names = {one.code: one.name_zh for of_step in case.catalogue.materials_of.values() for one in of_step}
    names |= {own_result(step.code): _result_name(case, step.code) for step in case.steps}
    return [
        Entry(
            number="",
            author=case.project.enterprise.name,
            title=names.get(one.material, one.material),
            on=one.came_on,
            pages=one.pages,
            note=_note(one),
        )
        for one in papers.versions_of(session, case.project.id)
    ]


def _note(version: HeldVersion) -> str:
    if version.is_withdrawn:
        return "已撤回"
    return f"第{version.number}版" if version.number > 1 else ""


def _results(case: ProjectCase) -> list[Entry]:
    return [
        Entry(
            number=step.result_number or "",
            author=case.department(step.department),
            title=_result_name(case, step.code),
            on=step.finished_on,
            pages=None,
        )
        for step in case.steps
        if step.finished_on is not None
    ]


def _result_name(case: ProjectCase, code: str) -> str:
    matter = case.catalogue.matter(code)
    return matter.result_document or matter.name_zh


def _documents(session: Session, case: ProjectCase, but: str) -> list[Entry]:
    rows = session.scalars(
        select(DocumentRow)
        .where(DocumentRow.project_id == case.project.id, DocumentRow.kind != but)
        .order_by(DocumentRow.id)
    )
    return [
        Entry(
            number=row.number,
            author=case.department(row.department) if row.department else "帮办代办服务机构",
            title=row.title,
            on=row.made_on,
            pages=row.pages,
            note=f"第{row.version}版" if row.version > 1 else "",
        )
        for row in rows
    ]


@dataclass(frozen=True, kw_only=True)
class Took:
    """How long one step took with its department against its promise. Units: working days."""

    step: Step
    promised_on: date | None
    workdays: int | None
    is_late: bool


def times_of(session: Session, case: ProjectCase) -> tuple[Sequence[Took], WorkCalendar]:
    """Every step that was decided. One query at the most."""
    calendar = catalogue_queries.work_calendar(session)
    return [
        Took(
            step=step,
            promised_on=step.promised_end_on,
            workdays=calendar.workdays_between(step.accepted_on, step.finished_on)
            if step.accepted_on
            else None,
            is_late=step.promised_end_on is not None and step.finished_on > step.promised_end_on,
        )
        for step in case.steps
        if step.finished_on is not None
    ], calendar


def deferral_counts(session: Session, project_id: int) -> dict[str, int]:
    """How many deferrals stand in each state. One query."""
    rows = session.execute(
        select(DeferralRow.state, func.count())
        .where(DeferralRow.project_id == project_id)
        .group_by(DeferralRow.state)
    )
    return {state.value: count for state, count in rows}
