"""The assignment slip (办不成事交办单) with its answer, and the written answer to whoever reported."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from approvals.queries import catalogue as catalogue_queries
from approvals.rules.catalogue import Catalogue
from concierge.escalation.models.report import AssignmentRow, ReportOpinionRow
from concierge.escalation.queries.reports import ReportFile, assignment_file, report_file
from concierge.escalation.rules.report import ReportKind, ReportLevel, ReportOutcome, ReportWay
from concierge.kernel import clock
from concierge.kernel.actor import SYSTEM, Actor
from concierge.kernel.errors import N_, Missing
from documents.press.kind import DocumentKind, Form, Retention
from documents.press.ooxml import ControlKind
from documents.press.page import Column, Field, Page
from documents.rules.facts import DocumentFacts, MissingFact, Prefilled
from projects.rules.owner import owner_name

WAYS = {
    ReportWay.COUNTER: "窗口",
    ReportWay.PHONE: "电话",
    ReportWay.ONLINE: "线上",
    ReportWay.PLATFORM: "平台发现",
    ReportWay.CALL_BACK: "回访发现",
}
KINDS_ZH = {
    ReportKind.UNLAWFUL: "不能办",
    ReportKind.BLOCKED: "很难办",
    ReportKind.REFUSED: "不给办",
    ReportKind.SPECIAL: "特殊办",
}
LEVELS = {
    ReportLevel.WINDOW: "窗口协调",
    ReportLevel.DEPARTMENT: "部门协调",
    ReportLevel.TIMED: "限期办结",
    ReportLevel.LEADER: "分管县领导调度",
    ReportLevel.OFFICE_MEETING: "县长办公会",
    ReportLevel.STANDING_MEETING: "常务会议",
}
OUTCOMES = {
    ReportOutcome.SOLVED: "已办成",
    ReportOutcome.ARRANGED: "已约定时间地点办理",
    ReportOutcome.EXPLAINED: "依法不能办理，已说明依据",
    ReportOutcome.WITHDRAWN: "反映人撤回",
}


def _catalogue(session: Session, file: ReportFile) -> Catalogue:
    """The edition the project goes by; the newest one for a report without a project."""
    edition = file.project.edition_id if file.project else catalogue_queries.latest_edition_id(session)
    return catalogue_queries.catalogue(edition or 0, session)


def _department(catalogue: Catalogue, code: str) -> str:
    return owner_name(catalogue.department_of.get(code), code, "zh") if code else ""


def _of_report(file: ReportFile, catalogue: Catalogue) -> dict[str, Any]:
    report = file.report
    matter = catalogue.matter_of.get(file.step.code) if file.step else None
    return {
        "report_number": report.number,
        "report_title": report.title,
        "report_text": report.text,
        "way": WAYS[report.way],
        "category": KINDS_ZH[report.kind] if report.kind else "尚未归类",
        "level": LEVELS[report.level],
        "received_on": report.received_on,
        "due_on": report.due_on,
        "report_department": _department(catalogue, report.department),
        "project_name": file.project.name if file.project else "",
        "project_code": file.project.code if file.project else "",
        "step_name": matter.name_zh if matter else (file.step.code if file.step else ""),
        "owner": report.owner,
        "owner_phone": report.owner_phone,
    }


def assignment_facts(session: Session, about_id: int, day: date) -> DocumentFacts:
    """One assignment order: to whom, what is stuck, what is to be done, by when, and what was answered.

    Shape: seven queries; ``level`` is where the report stood when the order went out.
    Raises: Missing.
    Source: ES-2, ES-5.
    """
    row = session.get(AssignmentRow, about_id)
    if row is None:
        raise Missing
    file = report_file(session, row.report_id, SYSTEM)
    catalogue = _catalogue(session, file)
    return DocumentFacts(
        values=_of_report(file, catalogue)
        | {
            "order_number": row.number,
            "addressed_to": row.addressee,
            "level": LEVELS[row.level],
            "demand": row.demand,
            "issued_on": row.issued_on,
            "issued_by": row.by,
            "answer_due_on": row.answer_due_on,
            "answer": row.answer,
            "answered_by": row.answered_by,
            "answered_on": row.answered_on,
            "opinions": _opinions(file.opinions, catalogue),
        },
        addressee=row.addressee,
        data_on=row.answered_on or min(row.issued_on, day),
        project_id=file.report.project_id,
        department=row.department,
        prefilled=_prefilled(file),
    )


def _sight_of_report(session: Session, about_id: int, reader: Actor) -> None:
    """Who may see the report. Raises: Missing."""
    report_file(session, about_id, reader)


def _sight_of_assignment(session: Session, about_id: int, reader: Actor) -> None:
    """Who may see the order's report. Raises: Missing."""
    assignment_file(session, about_id, reader)


def _opinions(rows: Sequence[ReportOpinionRow], catalogue: Catalogue) -> list[dict[str, str]]:
    return [
        {"department": _department(catalogue, one.department), "opinion": one.opinion, "rule": one.basis}
        for one in rows
    ]


def _prefilled(file: ReportFile) -> Sequence[Prefilled]:
    report = file.report
    return (
        Prefilled(field="反映事项和部门意见", source=f"办不成事登记{report.number}", on=report.received_on),
    )


def answer_facts(session: Session, about_id: int, day: date) -> DocumentFacts:
    """What a person who reported is told in writing: what was done, or why it cannot be and on what ground.

    Raises: Missing.
    Source: ES-2, ES-3, ES-7.
    """
    file = report_file(session, about_id, SYSTEM)
    report = file.report
    answered_on = clock.local(report.answered_at).date() if report.answered_at else None
    return DocumentFacts(
        values=_of_report(file, _catalogue(session, file))
        | {
            "answer": report.answer,
            "answered_on": answered_on,
            "outcome": OUTCOMES[report.outcome] if report.outcome else "",
            "is_no": report.outcome is not None and report.outcome.is_negative,
            "rule": report.basis,
            "approver": report.approver,
        },
        addressee=report.reporter or "反映人",
        data_on=report.closed_on or answered_on or day,
        project_id=report.project_id,
        department=report.department,
        prefilled=_prefilled(file),
        missing=[]
        if report.answer
        else [MissingFact(name="答复内容", page=f"/escalations/reports/{about_id}")],
    )


def compose_assignment(page: Page) -> None:
    """办不成事交办单, with room for the answer. Source: ES-2, ES-5."""
    page.letterhead()
    page.title("办不成事交办单")
    page.number()
    page.fields(
        [
            [Field("交办登记号", "{{ order_number }}"), Field("交办日期", "{{ issued_on|cndate }}")],
            [Field("承办单位（人）", "{{ addressed_to }}"), Field("交办人", "{{ issued_by }}")],
            [Field("反映编号", "{{ report_number }}"), Field("反映渠道", "{{ way }}")],
            [Field("反映日期", "{{ received_on|cndate }}"), Field("归类", "{{ category }}（{{ level }}）")],
            Field(
                "涉及项目", "{{ project_name or '无' }}{% if project_code %}（{{ project_code }}）{% endif %}"
            ),
            Field("涉及事项和部门", "{{ step_name }} {{ report_department }}"),
            Field("反映内容", "{{ report_title }}。{{ report_text }}", lines=3),
            Field("办理要求", "{{ demand }}", lines=3),
            Field("答复期限", "{{ answer_due_on|cndate }}前书面答复"),
        ]
    )
    with page.when("opinions"):
        page.caption("有关部门意见")
        page.table(
            [
                Column("部门", 40, "{{ row.department }}"),
                Column("意见", 76, "{{ row.opinion }}"),
                Column("依据", 40, "{{ row.rule }}"),
            ],
            "opinions",
        )
    page.fields(
        [
            Field("办理情况答复", "{{ answer }}", control="answer", lines=6),
            [
                Field("答复人", "{{ answered_by }}", control="answered_by"),
                Field(
                    "答复日期（盖章）",
                    "{{ answered_on|cndate }}",
                    control="answered_on",
                    control_kind=ControlKind.DATE,
                ),
            ],
        ]
    )
    page.small("请在期限内书面答复；办不成事反映窗口跟踪至办结。")
    page.basis()
    page.prefilled()


def compose_answer(page: Page) -> None:
    """办不成事答复书, the letter to whoever reported. Source: ES-2, ES-7."""
    page.letterhead()
    page.number()
    page.title("关于反映事项的答复书")
    page.addressee()
    page.text(
        "你（单位）于{{ received_on|cndate }}反映的“{{ report_title }}”（登记编号{{ report_number }}，"
        "来源：{{ way }}），现答复如下："
    )
    page.text("{{ answer }}")
    with page.when("outcome"):
        page.text("办理结果：{{ outcome }}。")
    with page.when("is_no"):
        page.text(
            "不能办理的依据：{{ rule }}。{% if approver %}作出决定的机关（人）：{{ approver }}。{% endif %}"
            "你（单位）对有关行政机关的决定不服的，可以依法申请行政复议或者提起行政诉讼。"
        )
    with page.when("owner"):
        page.text("后续联系人：{{ owner }}{% if owner_phone %}，电话：{{ owner_phone }}{% endif %}。")
    page.text("对本答复不满意的，可以要求继续办理，办不成事反映窗口电话：{{ office.phone }}。")
    page.basis()
    page.prefilled()
    page.sign()


KINDS = (
    DocumentKind(
        code="escalation-slip",
        title_zh="办不成事交办单",
        name=N_("Assignment slip"),
        about="assignment",
        series="交办",
        form=Form.SHEET,
        facts=assignment_facts,
        compose=compose_assignment,
        basis=("environment-order-48",),
        sight=_sight_of_assignment,
        retention=Retention.TEN_YEARS,
        is_sealed=True,
    ),
    DocumentKind(
        code="escalation-answer",
        title_zh="办不成事答复书",
        name=N_("Answer to a report"),
        about="report",
        series="复",
        form=Form.LETTER,
        facts=answer_facts,
        compose=compose_answer,
        basis=("environment-order-48",),
        sight=_sight_of_report,
        retention=Retention.TEN_YEARS,
        is_sealed=True,
    ),
)
