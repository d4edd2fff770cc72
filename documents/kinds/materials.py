"""The material list of a project: every paper once, with what need not be brought again.

Source: AC-6; SV-7 (materials avoided by reuse); S28 for the three counts.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from concierge.kernel.errors import N_
from documents.press.kind import DocumentKind, Form, Retention
from documents.press.page import Column, Field, Page
from documents.queries.project_case import ProjectCase, project_case
from documents.queries.step_materials import HeldPapers, each_once, held_papers, source_of, state_words
from documents.rules.facts import DocumentFacts, MissingFact, Value
from projects.rules.papers import Paper, papers_of_project

BY_ITSELF, SHARED_USE, OWN = "◎", "●", "○"
MANY_STEPS = 1


def list_facts(session: Session, project_id: int, on: date) -> DocumentFacts:
    """Every paper of a project once. Shape: six queries."""
    case = project_case(session, project_id)
    held = held_papers(session, project_id)
    count = papers_of_project(case.catalogue, case.expansion)
    papers = each_once(case, held)
    rows = [_row(case, held, paper, steps, no) for no, (paper, steps) in enumerate(papers, 1)]
    values: dict[str, Value] = {
        "project": case.words(),
        "items": count.item_by_item,
        "distinct": count.distinct,
        "owners": count.owners,
        "saved": count.item_by_item - count.owners,
        "here": sum(1 for paper, _ in papers if paper.is_here),
        "papers": list(rows),
        "officers": case.officers(),
    }
    return DocumentFacts(
        values=values,
        addressee=case.project.enterprise.name,
        data_on=on,
        project_id=project_id,
        prefilled=case.prefilled("项目代码", "单位名称"),
        missing=() if rows else (MissingFact(name="办理事项", page=f"/projects/{project_id}/facts"),),
    )


def _row(
    case: ProjectCase, held: HeldPapers, paper: Paper, steps: tuple[str, ...], no: int
) -> dict[str, Value]:
    asked = "、".join(steps[:MANY_STEPS]) + (f"等{len(steps)}项" if len(steps) > MANY_STEPS else "")
    return {
        "no": no,
        "name": paper.material.name_zh,
        "main": "主件" if paper.material.is_main else "副件",
        "mark": mark_of(paper, len(steps)),
        "source": source_of(case, paper),
        "times": len(steps),
        "asked": asked,
        "copies": paper.material.paper_copies or "电子",
        "state": state_words(paper, held),
    }


def mark_of(paper: Paper, times: int) -> str:
    """Who brings a paper and how often it serves: by itself, once for several steps, once for one."""
    if not paper.is_owners:
        return BY_ITSELF
    return SHARED_USE if times > 1 else OWN


def compose_list(page: Page) -> None:
    """The material list with its three counts and its marks."""
    page.letterhead()
    page.title("项目申报材料清单")
    page.number()
    page.fields(
        (
            (Field("项目名称", "{{ project.name }}"), Field("项目代码", "{{ project.code }}")),
            (Field("项目单位", "{{ project.owner }}"), Field("项目类型", "{{ project.kind }}")),
            (
                Field("逐项累计", "{{ items }}份"),
                Field("去重后", "{{ distinct }}份，其中企业提供{{ owners }}份，少交{{ saved }}份"),
            ),
        )
    )
    page.small(
        "复用标记：◎ 由前序环节、数据共享或系统产生，企业不用提交；● 企业提供一次，多个事项共用；"
        "○ 企业提供，用于一个事项。"
        "截至数据日已有{{ here }}份。"
    )
    page.table(
        (
            Column("序号", 11, "{{ row.no }}", align="center"),
            Column("材料名称", 62, "{{ row.name }}"),
            Column("类别", 14, "{{ row.main }}", align="center"),
            Column("标记", 12, "{{ row.mark }}", align="center"),
            Column("来源", 52, "{{ row.source }}"),
            Column("共用", 12, "{{ row.times }}", align="center"),
            Column("使用事项", 56, "{{ row.asked }}"),
            Column("份数", 13, "{{ row.copies }}", align="center"),
            Column("状态", 24, "{{ row.state }}"),
        ),
        "papers",
    )
    with page.when("officers.a"):
        page.small("帮办代办人员：{{ officers.a }}、{{ officers.b }}，联系电话：{{ office.phone }}。")
    page.basis()
    page.prefilled()
    page.sign()


KINDS = (
    DocumentKind(
        code="material-list",
        title_zh="项目申报材料清单",
        name=N_("Material list with reuse marks"),
        about="project",
        series="材",
        form=Form.WIDE_SHEET,
        facts=list_facts,
        compose=compose_list,
        basis=("environment-order-37", "online-services-7"),
        retention=Retention.TEN_YEARS,
    ),
)
