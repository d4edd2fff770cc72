"""Hand in papers of a project: any number of them at once, each for every step that asks for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from approvals.models.paper import PaperVersionRow
from approvals.models.step import Step
from approvals.queries.papers import papers_here
from approvals.rules.papers import PaperWay, check_source, check_taking_in
from approvals.services.take_in_paper import take_in
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.errors import Missing
from concierge.kernel.storage import Stored
from concierge.kernel.work import Work, work
from projects.models.project import Project
from projects.queries.standing import expansion_of, steps_of
from projects.rules.papers import paper_of_project


@dataclass(frozen=True)
class Brought:
    """One paper somebody brings: its code, its files, and whether the paper itself lies at the counter."""

    material: str
    files: tuple[Stored, ...] = ()
    is_original_here: bool = False


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """How papers came.

    Units: ``on`` is a civil day.
    Shape: ``step`` is the number of the step they were brought for, empty for none.
    """

    way: PaperWay
    on: date
    step: str = ""
    note: str = ""


def hand_in(
    project_id: int, brought: Sequence[Brought], receipt: Receipt, *, lang: str = "zh", by: Actor
) -> list[int]:
    """Take in papers of a project in one transaction; answers the numbers of their rows.

    Raises: Missing; PaperNotAsked, ComesByItself, CameLater, NothingHandedIn, for the first that is wrong.
    """
    with work(by) as w:
        return [row.id for row in take_all(w, w.get(Project, project_id), brought, receipt, lang=lang)]


def take_all(
    w: Work, project: Project, brought: Sequence[Brought], receipt: Receipt, *, lang: str = "zh"
) -> list[PaperVersionRow]:
    """The same in the caller's transaction, on a project it holds.

    Source: AC-6: nothing outside the guide, nothing a step makes.
    """
    catalogue, expansion = expansion_of(w.session, project)
    passed = {step.code for step in steps_of(w.session, project.id) if step.finished_on is not None}
    here = papers_here(w.session, project.id)
    step_id = _step_id(w, project, receipt.step)
    rows = []
    for one in brought:
        paper = paper_of_project(catalogue, expansion, one.material, passed, here).paper
        name = paper.material.spoken(lang)
        check_taking_in(
            name,
            receipt.way,
            receipt.on,
            today=clock.today(),
            has_files=bool(one.files),
            is_original_here=one.is_original_here,
        )
        makers = "、".join(catalogue.matter(code).spoken(lang) for code in paper.producers)
        check_source(name, receipt.way, makers, is_made=paper.made_by is not None)
        way = PaperWay.RESULT if paper.made_by is not None else receipt.way
        rows.append(
            take_in(
                w,
                project.id,
                one.material,
                one.files,
                source=way,
                on=receipt.on,
                step_id=step_id,
                note=receipt.note,
            )
        )
    return rows


def _step_id(w: Work, project: Project, number: str) -> int | None:
    if not number:
        return None
    found = w.session.scalar(select(Step.id).where(Step.project_id == project.id, Step.number == number))
    if found is None:
        raise Missing
    return found
