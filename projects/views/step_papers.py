"""The papers of one step as plain values for its template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import url_for
from flask_babel import gettext, ngettext, pgettext

from approvals.rules.catalogue import Material
from approvals.rules.papers import HeldFile, HeldVersion, PaperState, PaperWay
from concierge.kernel import clock, spoken
from concierge.kernel.contents import DRAWINGS, PAPERS, Kind
from concierge.kernel.db import db
from concierge.kernel.errors import N_
from concierge.kernel.web import language, may
from projects.queries.papers import Promised, StepPapers, step_papers
from projects.queries.step_file import StepFile
from projects.rules.papers import Paper, kept_under, paper_count
from projects.rules.project_plan import PlannedStep

PAPER = "Paper"
ORIGINS: Mapping[str, str] = {
    "applicant": N_("Enterprise"),
    "intermediary": N_("Intermediary"),
    "produced": N_("Earlier step"),
    "shared": N_("Shared by departments"),
    "system": N_("Made by the system"),
}
WAYS: Mapping[PaperWay, str] = {
    PaperWay.COUNTER: N_("At the counter"),
    PaperWay.ONLINE: N_("Online"),
    PaperWay.COURIER: N_("By courier"),
    PaperWay.DEPARTMENT: N_("From a department"),
    PaperWay.SHARED: N_("From shared records"),
    PaperWay.RESULT: N_("Result of a step"),
}


@dataclass(frozen=True)
class PapersBox:
    """The checklist of a step's papers for one reader."""

    step: StepFile

    @cached_property
    def _papers(self) -> StepPapers:
        return step_papers(db.session, self.step)

    @cached_property
    def groups(self) -> list[dict[str, Any]]:
        """The papers, those of which any one will do together."""
        return [
            {"is_choice": group.is_choice, "papers": [self._told(paper) for paper in group.papers]}
            for group in self._papers.groups
        ]

    def line(self) -> str:
        """How many papers, and who brings them."""
        count = paper_count(self.step.file.catalogue.materials_of.get(self.step.row.code, ()))
        parts = [
            ngettext("%(num)s paper", "%(num)s papers", count.item_by_item),
            gettext("%(n)s from the enterprise or its intermediaries", n=count.owners),
            gettext("%(n)s come by themselves", n=count.distinct - count.owners),
        ]
        return pgettext("between clauses", ", ").join(parts)

    @property
    def here(self) -> int:
        """How many of the groups have a paper that is there."""
        return sum(any(paper["is_here"] for paper in group["papers"]) for group in self.groups)

    @property
    def takes(self) -> bool:
        """Whether this reader may take papers in now, and any may still come."""
        return self.may_take and any(paper["asks"] for group in self.groups for paper in group["papers"])

    @property
    def may_take(self) -> bool:
        """Whether this reader takes papers in."""
        return may("take", PAPER)

    @property
    def number(self) -> str:
        """The number of the step."""
        return self.step.row.number

    @property
    def today(self) -> str:
        """The day a paper comes when nobody says another."""
        return clock.today().isoformat()

    @property
    def ways(self) -> list[dict[str, str]]:
        """The ways a paper comes."""
        return ways()

    @property
    def action(self) -> str:
        """Where papers are sent to."""
        return url_for("PapersView.take", project_id=self.step.file.project.id)

    @property
    def all_href(self) -> str:
        """Where all papers of the project are."""
        return url_for("PapersView.list", project_id=self.step.file.project.id)

    def result(self) -> dict[str, str] | None:
        """Where the file of the result is, or is brought to; None without one, or for who may not see it."""
        step = self.step
        if step.row.finished_on is None or not may("list", PAPER):
            return None
        code, *_ = kept_under(step.file.catalogue, step.file.plan.expansion, step.row.code)
        held = self._papers.here.get(code)
        is_kept = held is not None and bool(held.newest.files)
        if not is_kept and not self.may_take:
            return None
        href = url_for("PapersView.one", project_id=step.file.project.id, material=code)
        return {"href": href, "text": gettext("Its file") if is_kept else gettext("Add its file")}

    @property
    def notice(self) -> dict[str, Any] | None:
        """The one-time notice: told, or to be told; None for who may do neither."""
        href = url_for(
            "OneTimeNoticeView.one", project_id=self.step.file.project.id, number=self.step.row.number
        )
        told = self._papers.notice
        if told is not None:
            return {"href": href, "number": told.number, "on": told.told_on}
        is_open = self.step.is_open and self.step.row.ended_on is None
        return {"href": href, "number": "", "on": None} if is_open and may("tell", PAPER) else None

    def _told(self, paper: Paper) -> dict[str, Any]:
        project_id = self.step.file.project.id
        is_over = self.step.row.finished_on is not None
        due = self._papers.due(paper.material.code)
        said = paper_said(paper, project_id, due)
        is_here = said["is_here"] or (is_over and paper.state is PaperState.MISSING)
        asks = (
            not is_here
            and self.step.is_open
            and (paper.is_owners or paper.is_out_of_place or _is_form(paper))
        )
        notes = (_source(paper, self.step), _later(paper, self.step, due), _finding(paper))
        return {
            **said,
            "is_here": is_here,
            "is_late": due is not None and not is_here,
            "asks": asks,
            "note": gettext(". ").join(filter(None, notes)),
        }


def ways() -> list[dict[str, str]]:
    """The ways a person takes papers in by; a result comes with its step."""
    return [
        {"value": way.value, "text": gettext(WAYS[way])} for way in PaperWay if way is not PaperWay.RESULT
    ]


def paper_said(paper: Paper, project_id: int, due: Promised | None) -> dict[str, Any]:
    """What every screen says of a paper."""
    material, held = paper.material, paper.held
    newest = held.newest if held is not None else None
    return {
        "code": material.code,
        "name": material.spoken(language()),
        "href": url_for("PapersView.one", project_id=project_id, material=material.code),
        "origin": gettext(ORIGINS.get(material.origin, material.origin)),
        "is_main": material.is_main,
        "is_here": paper.is_here,
        "is_unfit": paper.state is PaperState.UNFIT,
        "is_late": due is not None and not paper.is_here,
        "copies": material.paper_copies,
        "version": version_said(newest, project_id) if newest is not None else None,
        "accept": accepted(material),
    }


def version_said(version: HeldVersion, project_id: int) -> dict[str, Any]:
    """One version of a paper with its files."""
    return {
        "id": version.id,
        "number": version.number,
        "way": gettext(WAYS[version.way]),
        "came_on": version.came_on,
        "by": version.taken_in_by,
        "pages": version.pages,
        "files": [file_said(file, project_id) for file in version.files],
    }


def file_said(file: HeldFile, project_id: int) -> dict[str, Any]:
    """One file: its name, how much it is, its digest cut short, where it can be read."""
    kind = next((kind for kind in DRAWINGS if kind.media_type == file.media_type), None)
    href = url_for("PapersView.file", project_id=project_id, file_id=file.id)
    may_open = may("open", PAPER)
    return {
        "name": file.name,
        "kind": kind.name if kind else file.media_type,
        "size": size_said(file.size_bytes),
        "pages": file.pages,
        "digest": file.sha256[:8],
        "save": href if may_open else "",
        "show": f"{href}?show=1" if may_open and kind is not None and kind.opens_in_browser else "",
    }


def size_said(size_bytes: int) -> str:
    """How large a file is, as people say it."""
    if size_bytes < 1024 * 1024:
        return f"{max(1, round(size_bytes / 1024))} KB"
    return f"{size_bytes / 1024 / 1024:.1f} MB"


def taken_kinds(material: Material) -> tuple[Kind, ...]:
    """The kinds of file a paper may come in: a drawing as DWG too."""
    return DRAWINGS if material.form_type == "drawing" else PAPERS


def accepted(material: Material) -> str:
    """The endings a file chooser offers."""
    return ",".join(f".{ending}" for kind in taken_kinds(material) for ending in kind.extensions)


def _is_form(paper: Paper) -> bool:
    """Whether the system makes it and the enterprise seals it."""
    return paper.material.origin == "system"


def _finding(paper: Paper) -> str:
    held = paper.held
    if held is None or paper.state is not PaperState.UNFIT:
        return ""
    return gettext("Found wrong: %(why)s", why=held.newest.found_reason)


def _source(paper: Paper, step: StepFile) -> str:
    plan = step.file.plan
    if paper.made_by is not None:
        maker = plan.step(paper.made_by)
        return gettext(
            "Comes by itself from %(step)s, done on %(day)s",
            step=pointed_at(maker),
            day=spoken.day(maker.finish_on),
        )
    if paper.held is not None and paper.state is not PaperState.MISSING:
        return came(paper.held.newest)
    if paper.collected_by is not None:
        return collected(plan.step(paper.collected_by))
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


def collected(step: PlannedStep) -> str:
    """Which step had a paper before it was kept here."""
    return gettext(
        "Filed with %(step)s, done on %(day)s; no file is kept here",
        step=pointed_at(step),
        day=spoken.day(step.finish_on),
    )


def came(version: HeldVersion) -> str:
    """When and how a version came, and who took it in."""
    return gettext(
        "Came on %(day)s, %(way)s, taken in by %(who)s",
        day=spoken.day(version.came_on),
        way=gettext(WAYS[version.way]),
        who=version.taken_in_by,
    )


def _standing_source(material: Material) -> str:
    if material.origin == "shared":
        return gettext("Fetched from the department's own records, nothing to hand in")
    if material.origin == "system":
        return gettext("Filled in from the project's facts, to be read and sealed")
    return ""


def pointed_at(step: PlannedStep) -> str:
    """A step as people point at it: its number and its name."""
    return f"{step.number} {step.spoken(language())}"


def _later(paper: Paper, step: StepFile, due: Promised | None) -> str:
    days = paper.deferral_workdays
    if paper.is_here or step.row.finished_on is not None:
        return ""
    if due is not None:
        return gettext("Put off until %(day)s (%(number)s)", day=spoken.day(due.due_on), number=due.number)
    if not paper.material.deferrable:
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
