"""The papers of one step as plain values for its template."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import gettext, ngettext

from approvals.rules.catalogue import Material
from concierge.kernel import spoken
from concierge.kernel.errors import N_
from concierge.kernel.web import language
from projects.queries.step_file import StepFile
from projects.rules.papers import Paper, PaperCount, paper_count, papers_of_step
from projects.rules.project_plan import PlannedStep

ORIGINS: Mapping[str, str] = {
    "applicant": N_("Enterprise"),
    "intermediary": N_("Intermediary"),
    "produced": N_("Earlier step"),
    "shared": N_("Shared by departments"),
    "system": N_("Made by the system"),
}


def paper_groups(step: StepFile) -> Iterator[dict[str, Any]]:
    """The papers of a step, those of which any one will do together."""
    file = step.file
    for group in papers_of_step(file.catalogue, file.plan.expansion, step.row.code, step.passed):
        yield {"is_choice": group.is_choice, "papers": [_told(paper, step) for paper in group.papers]}


def counts_of(step: StepFile) -> PaperCount:
    """How many papers the step asks for, and how many of them only the enterprise can bring."""
    return paper_count(step.file.catalogue.materials_of.get(step.row.code, ()))


def filled(groups: list[dict[str, Any]]) -> int:
    """How many of the groups have a paper that is there."""
    return sum(any(paper["is_here"] for paper in group["papers"]) for group in groups)


def _told(paper: Paper, step: StepFile) -> dict[str, Any]:
    material = paper.material
    return {
        "name": material.spoken(language()),
        "origin": gettext(ORIGINS.get(material.origin, material.origin)),
        "is_main": material.is_main,
        "is_here": paper.made_by is not None or step.row.finished_on is not None,
        "note": gettext(". ").join(filter(None, (_source(paper, step), _later(paper, step)))),
        "copies": material.paper_copies,
    }


def _source(paper: Paper, step: StepFile) -> str:
    plan = step.file.plan
    if paper.made_by is not None:
        maker = plan.step(paper.made_by)
        return gettext(
            "Comes by itself from %(step)s, done on %(day)s",
            step=pointed_at(maker),
            day=spoken.day(maker.finish_on),
        )
    if paper.producers:
        makers = [plan.step(code) for code in paper.producers]
        first = min(makers, key=lambda maker: maker.finish)
        return gettext(
            "Comes by itself once %(step)s is done, expected on %(day)s",
            step=gettext(" or ").join(pointed_at(maker) for maker in makers),
            day=spoken.day(first.finish_on),
        )
    if paper.is_out_of_place:
        return gettext("No step of this project makes it: bring it if there is one from before")
    return _standing_source(paper.material)


def _standing_source(material: Material) -> str:
    if material.origin == "shared":
        return gettext("Fetched from the department's own records, nothing to hand in")
    if material.origin == "system":
        return gettext("Filled in from the project's facts, to be read and sealed")
    return ""


def pointed_at(step: PlannedStep) -> str:
    """A step as people point at it: its number and its name."""
    return f"{step.number} {step.spoken(language())}"


def _later(paper: Paper, step: StepFile) -> str:
    days = paper.deferral_workdays
    if not paper.material.deferrable or paper.made_by is not None or step.row.finished_on is not None:
        return ""
    if not (paper.is_owners or paper.is_out_of_place):
        return gettext("Acceptance does not wait for it") if paper.producers else ""
    if not days:
        return gettext("May come after acceptance, but before the result is issued")
    accepted, calendar = step.row.accepted_on, step.file.plan.calendar
    if accepted is not None and calendar is not None:
        return gettext("May come later, until %(day)s", day=spoken.day(calendar.add_workdays(accepted, days)))
    return ngettext(
        "May come up to %(num)s working day after acceptance",
        "May come up to %(num)s working days after acceptance",
        days,
    )
