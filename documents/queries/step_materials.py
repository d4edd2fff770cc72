"""The papers of a step or a project as rows of a document's table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from approvals.queries import papers
from approvals.rules.papers import PaperHere, PaperState
from documents.queries.project_case import ProjectCase
from documents.rules.days import short_day
from documents.rules.facts import Value
from projects.queries.papers import Promised, promised
from projects.rules.papers import Paper, papers_each_once, papers_of_step

ORIGIN_WORDS: Mapping[str, str] = {
    "applicant": "企业提供",
    "intermediary": "中介机构出具",
    "produced": "前序环节成果",
    "shared": "数据共享调用",
    "system": "系统自动生成",
}
"""Where a paper comes from, as a list for the enterprise says it."""


@dataclass(frozen=True, kw_only=True)
class HeldPapers:
    """What was handed in for a project and what may come later."""

    here: Mapping[str, PaperHere]
    promised: tuple[Promised, ...]

    def due(self, step: str, material: str) -> Promised | None:
        """The promise of a step a paper was put off on."""
        return next((one for one in self.promised if (one.step, one.material) == (step, material)), None)


def held_papers(session: Session, project_id: int) -> HeldPapers:
    """Three queries."""
    return HeldPapers(here=papers.papers_here(session, project_id), promised=promised(session, project_id))


def papers_of(case: ProjectCase, held: HeldPapers, step: str) -> list[Paper]:
    """The papers one step asks for, those that stand for one another beside each other."""
    groups = papers_of_step(case.catalogue, case.expansion, step, case.passed, held.here)
    return [paper for group in groups for paper in group.papers]


def handed_in_rows(case: ProjectCase, held: HeldPapers, step: str) -> list[dict[str, Value]]:
    """The papers of a step that are there, and those promised for later, numbered."""
    rows: list[dict[str, Value]] = []
    for paper in papers_of(case, held, step):
        due = held.due(step, paper.material.code)
        if not paper.is_here and due is None:
            continue
        rows.append(
            {
                "no": len(rows) + 1,
                "name": paper.material.name_zh,
                "main": "主件" if paper.material.is_main else "副件",
                "copies": paper.material.paper_copies,
                "source": source_of(case, paper),
                "state": _said(paper, due),
            }
        )
    return rows


def source_of(case: ProjectCase, paper: Paper) -> str:
    """Where a paper comes from, with the step that makes it or collected it."""
    made = paper.made_by or next(iter(paper.producers), None)
    if made is not None:
        return f"{ORIGIN_WORDS['produced']}：{case.catalogue.matter(made).name_zh}"
    if paper.collected_by is not None and paper.held is None:
        return f"已在“{case.catalogue.matter(paper.collected_by).name_zh}”收取"
    return ORIGIN_WORDS.get(paper.material.origin, paper.material.origin)


def _said(paper: Paper, due: Promised | None) -> str:
    if due is not None and not paper.is_here:
        return f"容缺，{short_day(due.due_on)}前补齐"
    if paper.held is not None:
        return f"已收，{short_day(paper.held.newest.came_on)}"
    return "已有"


def each_once(
    case: ProjectCase, held: HeldPapers, stage: Iterable[str] | None = None
) -> list[tuple[Paper, tuple[str, ...]]]:
    """Every paper of a project once, with the names of the steps that ask for it.

    Shape: ``stage`` keeps to papers asked for by these steps, and to these steps among those that ask.
    """
    wanted = None if stage is None else frozenset(stage)
    found = []
    for one in papers_each_once(case.catalogue, case.expansion, case.passed, held.here):
        asking = [code for code in one.needed_by if wanted is None or code in wanted]
        if asking:
            found.append((one.paper, tuple(case.catalogue.matter(code).name_zh for code in asking)))
    return found


def state_words(paper: Paper, held: HeldPapers) -> str:
    """Where a paper of the project stands, in a word or two."""
    if paper.state is PaperState.UNFIT:
        return "须更换"
    if paper.is_here:
        return "已有"
    late = next((one for one in held.promised if one.material == paper.material.code), None)
    return f"容缺，{short_day(late.due_on)}前" if late else "待收"
