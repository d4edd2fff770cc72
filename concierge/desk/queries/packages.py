"""What a department may see of its case: an allow-list, so that no column of a project leaks by accident."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from approvals.models.step import Step
from approvals.queries import catalogue as catalogue_queries
from approvals.rules.catalogue import Department, Matter
from approvals.rules.journal import Line, standing_lines
from approvals.rules.lifecycle import StepState
from approvals.rules.papers import HeldFile, PaperHere
from approvals.rules.progress import Move
from approvals.rules.stops import ClockStop
from concierge.desk.models.links import SentFormRow
from concierge.desk.rules.links import DepartmentLink
from concierge.desk.rules.reply import Outcome
from concierge.kernel import clock
from concierge.kernel.actor import SYSTEM, Actor
from concierge.kernel.errors import Missing
from documents.models.package import PackageRow
from documents.queries.packages import standing_of_step
from projects.models.project import Project
from projects.queries.papers import step_papers
from projects.queries.step_file import StepFile, step_file
from projects.rules.day_clock import ClockRun, DayClock, day_clock
from projects.rules.papers import PaperGroup


@dataclass(frozen=True, kw_only=True)
class PackagePaper:
    """One paper of a package: whether it is here, and its files. Shape: ``place`` counts from 1."""

    place: int
    name_zh: str
    name_en: str
    origin: str
    is_main: bool
    is_here: bool
    came_on: date | None
    version: int
    is_choice: bool
    paper_copies: int
    files: tuple[HeldFile, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Package:
    """A case as its department sees it.

    Shape: ``day_clock`` is None before acceptance; ``version`` is that of the case, for the next answer;
        ``moves`` are what happened to it, the oldest first; ``receipt_on`` is when the department confirmed
        to have it; ``sent`` is the revision of its package that stands, with its items, and ``papers`` are
        what is here now, whether it was sent or not.
    """

    step_id: int
    project_id: int
    project_code: str
    project_name: str
    enterprise: str
    code: str
    number: str
    matter: Matter
    department: Department
    state: StepState
    version: int
    accepted_on: date | None
    ended_on: date | None
    result_number: str
    planned_on: date | None
    day_clock: DayClock | None
    papers: tuple[PackagePaper, ...]
    stops: Sequence[ClockStop]
    moves: Sequence[Line]
    receipt_on: date | None
    told_on: date | None
    sent: PackageRow | None = None


def package_of(session: Session, link: DepartmentLink, *, case: tuple[str, str] | None = None) -> Package:
    """The package of a step's link, or of one case of a department's link.

    Shape: ``case`` is the project's code and the step's number; three queries besides the file of the step.
    Raises: Missing, when the link does not open that case.
    """
    asked = select(Step.project_id, Step.number).join(Project, Project.id == Step.project_id)
    if case is None:
        asked = asked.where(Step.id == (link.step_id or 0))
    else:
        asked = asked.where(Project.code == case[0], Step.number == case[1])
    found = session.execute(asked.where(Step.department == link.department)).first()
    if found is None:
        raise Missing
    file = step_file(session, found.project_id, found.number, SYSTEM, today=clock.today())
    return _package(session, file, _receipt_on(session, link))


def package_of_step(session: Session, project_id: int, number: str, actor: Actor) -> Package:
    """The same for a person of the office, by the step's number. Raises: Missing."""
    return _package(session, step_file(session, project_id, number, actor, today=clock.today()), None)


def _package(session: Session, step: StepFile, receipt_on: date | None) -> Package:
    row, file = step.row, step.file
    planned = step.planned
    sent = standing_of_step(session, row)
    return Package(
        step_id=row.id,
        project_id=row.project_id,
        project_code=file.project.code,
        project_name=file.project.name,
        enterprise=file.project.enterprise.name,
        code=row.code,
        number=row.number,
        matter=file.catalogue.matter(row.code),
        department=file.catalogue.department_of[row.department],
        state=row.state,
        version=row.version,
        accepted_on=row.accepted_on,
        ended_on=row.finished_on or row.ended_on,
        result_number=row.result_number or "",
        planned_on=planned.accept_on,
        day_clock=_clock(step),
        papers=_papers(session, step),
        stops=step.stops,
        moves=step.journal,
        receipt_on=sent.received_on if sent is not None and sent.received_on is not None else receipt_on,
        told_on=_told_on(step),
        sent=sent,
    )


def _told_on(step: StepFile) -> date | None:
    """The day the faults of this attempt were told."""
    told = (
        line.on
        for line in standing_lines(step.journal)
        if line.move is Move.CORRECT and line.attempt == step.row.attempt
    )
    return next(told, None)


def _clock(step: StepFile) -> DayClock | None:
    row, plan = step.row, step.file.plan
    draft = plan.expansion.step(row.code)
    if row.accepted_on is None or plan.calendar is None or draft is None:
        return None
    run = ClockRun(
        accepted_on=row.accepted_on,
        ended_on=row.finished_on or row.ended_on,
        stops=step.stops,
        extended_workdays=sum(extension.workdays for extension in step.extensions),
    )
    return day_clock(draft.periods, run, plan.calendar, today=clock.today())


def _papers(session: Session, step: StepFile) -> tuple[PackagePaper, ...]:
    papers = step_papers(session, step)
    return tuple(_package_papers(papers.groups, papers.here))


def _package_papers(groups: Sequence[PaperGroup], here: Mapping[str, PaperHere]) -> Iterator[PackagePaper]:
    papers = ((group, paper) for group in groups for paper in group.papers)
    for place, (group, paper) in enumerate(papers, 1):
        held = here.get(paper.material.code)
        newest = held.newest if held else None
        yield PackagePaper(
            place=place,
            name_zh=paper.material.spoken("zh"),
            name_en=paper.material.spoken("en"),
            origin=paper.material.origin,
            is_main=paper.material.is_main,
            is_here=paper.is_here,
            came_on=newest.came_on if newest else None,
            version=newest.number if newest else 0,
            is_choice=group.is_choice,
            paper_copies=paper.material.paper_copies,
            files=newest.files if newest else (),
        )


def _receipt_on(session: Session, link: DepartmentLink) -> date | None:
    at = session.scalar(
        select(SentFormRow.at)
        .where(SentFormRow.link_id == link.id, SentFormRow.act == Outcome.RECEIPT.value)
        .order_by(SentFormRow.id)
        .limit(1)
    )
    return clock.local(at).date() if at else None


def department_named(session: Session, code: str) -> Department:
    """A department by its code, as the latest edition names it.

    Raises: Missing.
    """
    found = catalogue_queries.published_catalogue(session).department_of.get(code)
    if found is None:
        raise Missing
    return found
