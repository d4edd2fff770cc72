"""The record of one visit, and the list with which a grid's batch goes to its department."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from concierge.kernel.actor import SYSTEM, Actor
from concierge.kernel.errors import N_
from concierge.outreach.models.batch import ApplicationRow
from concierge.outreach.queries import batches, visits
from concierge.outreach.rules.batches import batch_number
from concierge.outreach.rules.standing import ApplicationState, Road, VisitState
from documents.press.kind import DocumentKind, Form, Retention
from documents.press.page import Column, Field, Page
from documents.rules.facts import DocumentFacts, MissingFact, Prefilled, Value
from projects.models.project import Project

VISIT_STATES = {
    VisitState.PLANNED: "已安排，尚未走访",
    VisitState.DONE: "已走访",
    VisitState.CALLED_OFF: "已取消",
}
ROADS = {
    Road.COUNTER: "窗口",
    Road.PAPER: "纸质",
    Road.PHONE: "电话",
    Road.AGENT: "代办员",
    Road.ONLINE: "线上",
}
STANDINGS = {
    ApplicationState.SENT: "已送部门",
    ApplicationState.GRANTED: "准予",
    ApplicationState.REFUSED: "不予",
    ApplicationState.DELIVERED: "准予，已送达",
}
DISPATCHED = tuple(STANDINGS)


def visit_facts(session: Session, about_id: int, day: date) -> DocumentFacts:
    """One visit: why, with whom, what was heard, and who looks after it by when; three queries at the most.

    Raises: Missing.
    Source: SF-3, SF-18.
    """
    row, project, grid = visits.visit(session, about_id, SYSTEM)
    found = visits.problems_of(session, about_id)
    code = session.get(Project, row.project_id).code if row.project_id else ""  # type: ignore[union-attr]
    missing = [MissingFact(name="走访情况", page=f"/outreach/visits/{about_id}")]
    return DocumentFacts(
        values={
            "to_whom": row.to_whom,
            "place": row.place,
            "project_name": project or "",
            "project_code": code,
            "grid": grid or "",
            "purpose": row.purpose,
            "visitor": row.visitor,
            "planned_on": row.planned_on,
            "planned_at": f"{row.planned_at:%H:%M}" if row.planned_at else "",
            "minutes": row.minutes,
            "state": VISIT_STATES[row.state],
            "done_on": row.done_on,
            "note": row.note,
            "problems": [
                {
                    "number": number,
                    "what": one.what,
                    "holder": one.holder,
                    "due_on": one.due_on,
                    "settled_on": one.settled_on,
                    "answer": one.answer or "办理中",
                }
                for number, one in enumerate(found, 1)
            ],
        },
        addressee=row.to_whom,
        data_on=day,
        project_id=row.project_id,
        prefilled=(Prefilled(field="走访对象、事由和走访人员", source="走访计划", on=row.planned_on),),
        missing=[] if row.state is VisitState.DONE else missing,
    )


def batch_facts(session: Session, about_id: int, day: date) -> DocumentFacts:
    """The lines of one batch that went to the department, each by its number and a veiled name.

    Identity numbers and telephones go with the list that is fetched for a purpose, and stand on no document.

    Raises: Missing.
    Source: SF-7; SF-10, least data.
    """
    one = batches.batch(session, about_id, SYSTEM)
    batch = one.batch
    gone = batches.lines(session, about_id, DISPATCHED)
    kept = sum(one.counts.get(state, 0) for state in (ApplicationState.FAULTY, ApplicationState.READY))
    missing = [] if gone else [MissingFact(name="已送部门的申请", page=f"/outreach/batches/{about_id}")]
    return DocumentFacts(
        values={
            "batch_number": batch_number(batch.year, batch.serial),
            "batch_title": batch.title,
            "department": batch.department,
            "township": one.township,
            "grid": one.grid.name,
            "keeper": one.grid.keeper,
            "keeper_phone": one.grid.phone,
            "opened_on": batch.opened_on,
            "collect_until_on": batch.collect_until_on,
            "sent_on": batch.sent_on,
            "sent_count": len(gone),
            "kept_count": kept,
            "lines": [_line(line) for line in gone],
            "roads": _roads(gone),
        },
        addressee=batch.department,
        data_on=batch.sent_on or day,
        prefilled=(Prefilled(field="申请人、小区和申请方式", source="网格收集的申请", on=batch.opened_on),),
        missing=missing,
    )


def _sight_of_visit(session: Session, about_id: int, reader: Actor) -> None:
    """Who may see the visit. Raises: Missing."""
    visits.visit(session, about_id, reader)


def _sight_of_batch(session: Session, about_id: int, reader: Actor) -> None:
    """Who looks after the batch's grid. Raises: Missing. Source: SF-10."""
    batches.batch(session, about_id, reader)


def _line(row: ApplicationRow) -> Mapping[str, Value]:
    return {
        "number": row.line,
        "called": row.called,
        "compound": row.compound,
        "road": ROADS[row.road],
        "state": STANDINGS[row.state],
        "result": row.result_number or row.reason,
    }


def _roads(rows: list[ApplicationRow]) -> str:
    counted = {road: sum(row.road is road for row in rows) for road in Road}
    return "、".join(f"{ROADS[road]}{count}件" for road, count in counted.items() if count) or "无"


def compose_visit(page: Page) -> None:
    """走访记录. Source: SF-3, SF-18."""
    page.letterhead()
    page.title("走访服务记录")
    page.number()
    page.fields(
        [
            [Field("走访对象", "{{ to_whom }}"), Field("走访地点", "{{ place }}")],
            Field(
                "涉及项目或网格",
                "{{ project_name }}{% if project_code %}（{{ project_code }}）{% endif %} {{ grid }}",
            ),
            [
                Field("计划时间", "{{ planned_on|cndate }}{{ planned_at }}（约{{ minutes }}分钟）"),
                Field("走访日期", "{{ done_on|cndate }}（{{ state }}）"),
            ],
            [Field("走访人员", "{{ visitor }}"), Field("走访事由", "{{ purpose }}")],
            Field("走访情况", "{{ note }}", lines=6),
        ]
    )
    with page.when("problems"):
        page.caption("收集的问题和办理情况")
        page.table(
            [
                Column("序号", 12, "{{ row.number }}", align="center"),
                Column("问题", 50, "{{ row.what }}"),
                Column("责任人", 22, "{{ row.holder }}"),
                Column("期限", 34, "{{ row.due_on|cndate }}"),
                Column("办理和答复", 38, "{{ row.answer }} {{ row.settled_on|cndate }}"),
            ],
            "problems",
        )
    with page.when("not problems"):
        page.text("本次走访未收集到需要办理的问题。")
    page.fields([[Field("走访人员（签名）"), Field("走访对象（签名）")]])
    page.basis()
    page.prefilled()


def compose_batch(page: Page) -> None:
    """网格批量办移交单. Source: SF-7."""
    page.letterhead()
    page.title("批量申请移交单")
    page.number()
    page.fields(
        [
            [Field("批次编号", "{{ batch_number }}"), Field("申请事项", "{{ batch_title }}")],
            [Field("办理部门", "{{ department }}"), Field("乡镇和网格", "{{ township }} {{ grid }}")],
            [
                Field("收集日期", "{{ opened_on|cndate }}至{{ collect_until_on|cndate }}"),
                Field("移交日期", "{{ sent_on|cndate }}"),
            ],
            [Field("网格代办员", "{{ keeper }} {{ keeper_phone }}"), Field("申请方式", "{{ roads }}")],
        ]
    )
    page.text(
        "本批移交申请{{ sent_count }}件，请一并审核，逐件反馈结果。"
        "{% if kept_count %}另有{{ kept_count }}件正在补充，补齐后续送，不影响本批办理。{% endif %}"
    )
    page.table(
        [
            Column("行号", 14, "{{ row.number }}", align="center"),
            Column("申请人", 26, "{{ row.called }}"),
            Column("小区（村）", 44, "{{ row.compound }}"),
            Column("申请方式", 22, "{{ row.road }}"),
            Column("状态", 22, "{{ row.state }}"),
            Column("证号或原因", 28, "{{ row.result }}"),
        ],
        "lines",
    )
    page.small("申请人姓名已作隐去处理，身份证号和联系电话随电子名单另行移交，用后按规定删除。")
    page.fields(
        [
            [Field("移交人（签名）"), Field("移交日期")],
            [Field("接收人（签名）"), Field("接收日期（盖章）")],
        ]
    )
    page.basis()
    page.prefilled()


KINDS = (
    DocumentKind(
        code="visit-record",
        title_zh="走访服务记录",
        name=N_("Visit record"),
        about="visit",
        series="走",
        form=Form.SHEET,
        facts=visit_facts,
        compose=compose_visit,
        basis=("environment-order-48",),
        sight=_sight_of_visit,
        retention=Retention.TEN_YEARS,
        is_internal=True,
    ),
    DocumentKind(
        code="batch-dispatch",
        title_zh="批量申请移交单",
        name=N_("Batch dispatch list"),
        about="batch",
        series="批",
        form=Form.SHEET,
        facts=batch_facts,
        compose=compose_batch,
        basis=("service-standard",),
        sight=_sight_of_batch,
        retention=Retention.TEN_YEARS,
        is_sealed=True,
    ),
)
