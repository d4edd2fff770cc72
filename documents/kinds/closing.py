"""The end of a project on paper: the closing slip, and the index of everything its file holds.

Source: SF-4 (a closing slip ends the work); S81; 机关档案管理规定 for the index.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from concierge.kernel.errors import N_
from documents.press.kind import DocumentKind, Form, Retention
from documents.press.ooxml import ControlKind
from documents.press.page import Column, Field, Page
from documents.queries.project_case import ProjectCase, project_case
from documents.queries.project_end import Took, deferral_counts, index_of, times_of
from documents.rules.days import short_day
from documents.rules.facts import DocumentFacts, MissingFact, Value
from projects.rules.ending import Ending
from projects.rules.papers import papers_of_project

ENDING_WORDS = {Ending.COMPLETED: "全部办结", Ending.GIVEN_UP: "项目单位终止"}
INDEX = "file-index"


def closing_facts(session: Session, project_id: int, on: date) -> DocumentFacts:
    """How a project ended. Shape: six queries."""
    case = project_case(session, project_id)
    project = case.project
    took, calendar = times_of(session, case)
    deferrals = deferral_counts(session, project_id)
    count = papers_of_project(case.catalogue, case.expansion)
    ended_on = project.ended_on
    values: dict[str, Value] = {
        "project": case.words(),
        "officers": case.officers(),
        "opened_on": project.start_on,
        "ended_on": ended_on,
        "ending": ENDING_WORDS[project.ending] if project.ending else "",
        "reason": project.ending_reason,
        "workdays": calendar.workdays_between(project.start_on, ended_on) if ended_on else 0,
        "steps": [_step_row(case, one, no) for no, one in enumerate(took, 1)],
        "done": len(took),
        "late": sum(1 for one in took if one.is_late),
        "deferrals": sum(deferrals.values()),
        "defaults": sum(deferrals.get(state, 0) for state in ("defaulted", "credit_recorded", "repaired")),
        "saved": count.item_by_item - count.owners,
    }
    missing = () if ended_on else (MissingFact(name="项目办结的记录", page=f"/projects/{project_id}"),)
    return DocumentFacts(
        values=values,
        addressee=project.enterprise.name,
        data_on=on,
        project_id=project_id,
        prefilled=case.prefilled("项目代码", "单位名称"),
        missing=missing,
    )


def _step_row(case: ProjectCase, took: Took, no: int) -> Value:
    step = took.step
    return {
        "no": no,
        "name": case.catalogue.matter(step.code).name_zh,
        "department": case.department(step.department),
        "accepted": short_day(step.accepted_on) if step.accepted_on else "—",
        "finished": short_day(step.finished_on) if step.finished_on else "—",
        "promised": short_day(took.promised_on) if took.promised_on else "—",
        "days": "—" if took.workdays is None else took.workdays,
        "late": "超期" if took.is_late else "",
        "result": step.result_number or "",
    }


def compose_closing(page: Page) -> None:
    """The closing slip: what was done, by when, and what the enterprise confirms. Source: SF-4."""
    page.letterhead()
    page.title("项目帮办代办办结单")
    page.number()
    page.fields(
        (
            (Field("项目名称", "{{ project.name }}"), Field("项目代码", "{{ project.code }}")),
            (Field("项目单位", "{{ project.owner }}"), Field("联系人", "{{ project.contact }}")),
            (Field("代办人员", "{{ officers.a }}、{{ officers.b }}"), Field("办结方式", "{{ ending }}")),
            (
                Field("委托日期", "{{ opened_on|cndate }}"),
                Field("办结日期", "{% if ended_on %}{{ ended_on|cndate }}{% endif %}"),
            ),
            (
                Field("办结事项", "{{ done }}项，其中超过承诺时限{{ late }}项"),
                Field("历时", "{{ workdays }}个工作日"),
            ),
            (
                Field("容缺受理", "{{ deferrals }}件，未履行承诺{{ defaults }}件"),
                Field("材料复用", "少交{{ saved }}份"),
            ),
        )
    )
    with page.when("reason"):
        page.text("办结说明：{{ reason }}")
    page.table(
        (
            Column("序号", 11, "{{ row.no }}", align="center"),
            Column("事项", 36, "{{ row.name }}"),
            Column("部门", 27, "{{ row.department }}"),
            Column("受理", 20, "{{ row.accepted }}", align="center"),
            Column("办结", 20, "{{ row.finished }}", align="center"),
            Column("用时", 11, "{{ row.days }}", align="center"),
            Column("超期", 11, "{{ row.late }}", align="center"),
            Column("文号", 20, "{{ row.result }}"),
        ),
        "steps",
    )
    page.fields(
        (
            (
                Field("企业签收", "", control="owner_signed", lines=2),
                Field("签收日期", "", control="owner_signed_on", control_kind=ControlKind.DATE),
            ),
        )
    )
    page.text(
        "上列事项的办理结果和原件已经移交项目单位，帮办代办服务到此结束。项目投产后的服务转入驻企服务。"
    )
    page.basis()
    page.prefilled()
    page.sign()


def index_facts(session: Session, project_id: int, on: date) -> DocumentFacts:
    """What a project's file holds. Shape: six queries."""
    case = project_case(session, project_id)
    entries = index_of(session, case, but=INDEX)
    rows: list[Value] = [
        {
            "no": no,
            "number": one.number,
            "author": one.author,
            "title": one.title,
            "on": short_day(one.on),
            "pages": "" if one.pages is None else one.pages,
            "note": one.note,
        }
        for no, one in enumerate(entries, 1)
    ]
    values: dict[str, Value] = {
        "project": case.words(),
        "rows": rows,
        "count": len(rows),
        "pages": sum(one.pages or 0 for one in entries),
        "opened_on": case.project.start_on,
        "ended_on": case.project.ended_on,
        "officers": case.officers(),
    }
    return DocumentFacts(
        values=values,
        addressee="项目档案",
        data_on=on,
        project_id=project_id,
        prefilled=case.prefilled("项目代码", "单位名称"),
        missing=() if rows else (MissingFact(name="卷内文件", page=f"/projects/{project_id}/papers"),),
    )


def compose_index(page: Page) -> None:
    """The index in the archives' own columns: number, author, title, day, pages, remarks."""
    page.letterhead()
    page.title("卷内文件目录")
    page.number()
    page.fields(
        (
            (Field("案卷题名", "{{ project.name }}审批档案"), Field("项目代码", "{{ project.code }}")),
            (Field("立卷单位", "{{ office.name }}"), Field("立卷人", "{{ officers.a }}")),
            (
                Field(
                    "起止日期",
                    "{{ opened_on|cndate }}至{% if ended_on %}{{ ended_on|cndate }}{% else %}今{% endif %}",
                ),
                Field("件数", "{{ count }}件，已编页{{ pages }}页"),
            ),
            Field("编制日期", "{{ made_on|cndate }}"),
        )
    )
    page.table(
        (
            Column("顺序号", 15, "{{ row.no }}", align="center"),
            Column("文号", 26, "{{ row.number }}"),
            Column("责任者", 30, "{{ row.author }}"),
            Column("题名", 42, "{{ row.title }}"),
            Column("日期", 20, "{{ row.on }}", align="center"),
            Column("页数", 11, "{{ row.pages }}", align="center"),
            Column("备注", 12, "{{ row.note }}"),
        ),
        "rows",
    )
    page.basis()
    page.prefilled()


KINDS = (
    DocumentKind(
        code="project-closing",
        title_zh="项目帮办代办办结单",
        name=N_("Closing slip of a project"),
        about="project",
        series="结",
        form=Form.SHEET,
        facts=closing_facts,
        compose=compose_closing,
        basis=("service-standard",),
        retention=Retention.PERMANENT,
        is_sealed=True,
    ),
    DocumentKind(
        code=INDEX,
        title_zh="卷内文件目录",
        name=N_("Index of a project's file"),
        about="project",
        series="卷",
        form=Form.SHEET,
        facts=index_facts,
        compose=compose_index,
        basis=("archives-terms", "online-services-12"),
        retention=Retention.PERMANENT,
        is_internal=True,
    ),
)
