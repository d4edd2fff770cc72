"""The papers of a whole project as plain values for the templates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from flask import url_for
from flask_babel import gettext, ngettext

from approvals.rules.papers import Finding, HeldVersion
from concierge.kernel import clock
from concierge.kernel.web import language, may
from projects.queries.papers import ProjectPapers
from projects.rules.papers import ProjectPaper
from projects.rules.project_plan import PlannedStep
from projects.views.paper_upload import Typed
from projects.views.step_papers import (
    ORIGINS,
    PAPER,
    came,
    collected,
    paper_said,
    pointed_at,
    version_said,
    ways,
)

GROUPS = tuple(ORIGINS)


@dataclass(frozen=True)
class PapersSheet:
    """Every paper of a project, each once, by who brings it and when it is needed first.

    Shape: ``taken`` and ``refused`` say what came of the last form.
    """

    papers: ProjectPapers
    typed: Typed
    said: str = ""
    refused: Sequence[str] = ()
    taken: int = 0

    @property
    def back(self) -> str:
        """The step the last form stood on, if it was one, with what was typed beside the files."""
        if not self.typed.step:
            return ""
        return url_for(
            "StepView.one",
            project_id=self.papers.file.project.id,
            number=self.typed.step,
            way=self.typed.way or None,
            on=self.typed.on or None,
            note=self.typed.note or None,
            _anchor="papers",
        )

    def facts(self) -> list[dict[str, Any]]:
        """The three numbers, and how many are here."""
        count = self.papers.count
        here = sum(one.paper.is_here for one in self.papers.all)
        return [
            {
                "term": gettext("Item by item"),
                "value": count.item_by_item,
                "unit": gettext("papers"),
                "note": gettext("as every guide asks by itself"),
            },
            {
                "term": gettext("Each once"),
                "value": count.distinct,
                "unit": gettext("papers"),
                "note": gettext("one step collects a paper for all"),
            },
            {
                "term": gettext("Truly from the owner"),
                "value": count.owners,
                "unit": gettext("papers"),
                "note": gettext("the rest comes by itself, is shared or made here"),
            },
            {
                "term": gettext("Here"),
                "value": here,
                "unit": gettext("of %(total)s", total=count.distinct),
                "note": "",
            },
        ]

    def groups(self) -> Iterator[dict[str, Any]]:
        """The papers by who brings them, the first needed in front."""
        for origin in GROUPS:
            own = [one for one in self.papers.all if one.paper.material.origin == origin]
            if own:
                rows = sorted((self._row(one) for one in own), key=lambda row: row["needed_on"] or date.max)
                here = sum(row["is_here"] for row in rows)
                yield {"name": gettext(ORIGINS[origin]), "rows": rows, "here": here}

    def _row(self, one: ProjectPaper) -> dict[str, Any]:
        first = first_needed(self.papers, one)
        due = self.papers.due(one.code)
        return {
            **paper_said(one.paper, self.papers.file.project.id, due),
            "first": pointed_at(first),
            "first_href": step_href(self.papers, first),
            "needed_on": first.accept_on,
            "steps": len(one.needed_by),
            "promised": due,
        }


@dataclass(frozen=True)
class PaperSheet:
    """One paper of a project: who needs it, every version of it, and what may be done.

    Shape: ``said`` is a refusal, ``reason`` what was typed with it.
    """

    papers: ProjectPapers
    one: ProjectPaper
    typed: Typed
    said: str = ""
    refused: Sequence[str] = ()
    wrong_field: str = ""
    reason: str = ""

    @cached_property
    def paper(self) -> dict[str, Any]:
        """The paper."""
        return paper_said(self.one.paper, self.papers.file.project.id, self.papers.due(self.one.code))

    @property
    def action(self) -> str:
        """Where papers are sent to."""
        return url_for("PapersView.take", project_id=self.papers.file.project.id)

    @property
    def today(self) -> str:
        """The day a paper comes when nobody says another."""
        return self.typed.on or clock.today().isoformat()

    @property
    def ways(self) -> list[dict[str, str]]:
        """The ways a paper comes."""
        return ways()

    @property
    def may_take(self) -> bool:
        """Whether this reader may take it in: not while a step of the project is still to make it."""
        paper = self.one.paper
        return may("take", PAPER) and not (paper.producers and paper.made_by is None)

    def lead(self) -> str:
        """Who brings it, and to how many steps it goes."""
        if not self.one.needed_by:
            return gettext("The result itself; no other step asks for it")
        used = ngettext(
            "needed by %(num)s step, handed in once",
            "needed by %(num)s steps, handed in once",
            len(self.one.needed_by),
        )
        return f"{self.paper['origin']}　{used}"

    def makers(self) -> list[dict[str, Any]]:
        """The steps whose result it is, with the number of the result."""
        rows = {row.code: row for row in self.papers.file.steps}
        return [
            {
                "name": pointed_at(self.papers.file.plan.step(code)),
                "href": step_href(self.papers, self.papers.file.plan.step(code)),
                "number": rows[code].result_number or "",
                "on": rows[code].finished_on,
            }
            for code in self.one.paper.producers
        ]

    def collected(self) -> str:
        """Which step had it before it was kept here; empty where none did, or it is kept."""
        paper = self.one.paper
        if paper.collected_by is None or paper.held is not None:
            return ""
        return collected(self.papers.file.plan.step(paper.collected_by))

    def needs(self) -> list[dict[str, Any]]:
        """The steps that ask for it, the first in front."""
        plan, rows = self.papers.file.plan, {row.code: row for row in self.papers.file.steps}
        steps = [plan.step(code) for code in self.one.needed_by]
        return [
            {
                "name": pointed_at(step),
                "href": step_href(self.papers, step),
                "on": step.accept_on,
                "is_over": rows[step.code].finished_on is not None,
            }
            for step in sorted(steps, key=lambda step: step.accept_on or date.max)
        ]

    def versions(self) -> list[dict[str, Any]]:
        """Every version, the newest first; what may be done stands only with the one that counts."""
        held = self.one.paper.held
        known = held.versions if held is not None else self.papers.withdrawn.get(self.one.code, ())
        newest = held.newest.id if held is not None else None
        return [self._version(version, newest) for version in reversed(known)]

    def _version(self, version: HeldVersion, newest: int | None) -> dict[str, Any]:
        is_newest = version.id == newest
        project_id = self.papers.file.project.id
        where: dict[str, Any] = {
            "project_id": project_id,
            "material": self.one.code,
            "version_id": version.id,
        }
        return {
            **version_said(version, project_id),
            "came": came(version),
            "note": version.note,
            "is_newest": is_newest,
            "is_withdrawn": version.is_withdrawn,
            "withdrawn_reason": version.withdrawn_reason,
            "is_fit": version.finding is Finding.FIT,
            "is_unfit": version.finding is Finding.UNFIT,
            "found_on": version.found_on,
            "found_by": version.found_by,
            "found_reason": version.found_reason,
            "row_version": version.row_version,
            "check": url_for("PapersView.check", **where) if is_newest and may("check", PAPER) else "",
            "withdraw": url_for("PapersView.withdraw", **where)
            if not version.is_withdrawn and may("take", PAPER)
            else "",
        }


def first_needed(papers: ProjectPapers, one: ProjectPaper) -> PlannedStep:
    """The step that needs a paper first, by the plan."""
    plan = papers.file.plan
    return min((plan.step(code) for code in one.needed_by), key=lambda step: step.accept_on or date.max)


def step_href(papers: ProjectPapers, step: PlannedStep) -> str:
    """Where a step of the project is."""
    return url_for("StepView.one", project_id=papers.file.project.id, number=step.number)


def spoken_name(one: ProjectPaper) -> str:
    """The paper's name."""
    return one.paper.material.spoken(language())
