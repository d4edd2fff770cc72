"""The handover sheet (AB岗交接单) of one project, and the notice that tells its enterprise who acts now."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from approvals.queries.catalogue import work_calendar
from concierge.handover.models import HandoverItemRow, HandoverRow
from concierge.handover.queries.handovers import facts_of
from concierge.handover.queries.sheets import sheets
from concierge.handover.rules.handover import TOLD_POSTS, HandoverKind, is_late, window
from concierge.handover.rules.sheet import LineKind, ProjectSheet, SheetLine
from concierge.kernel import clock
from concierge.kernel.errors import N_, Missing
from concierge.kernel.facts import rebuild_dataclass
from concierge.staff.models import StaffProfile
from concierge.staff.queries import profiles, spoken_name
from documents.press.kind import DocumentKind, Form, Retention
from documents.press.page import Column, Field, Page
from documents.rules.facts import DocumentFacts, MissingFact, Prefilled

KINDS_ZH = {
    HandoverKind.LEAVE: "计划内请假",
    HandoverKind.SUDDEN: "临时缺岗",
    HandoverKind.CHANGE: "更换代办员",
    HandoverKind.STAGE: "项目进入下一阶段",
    HandoverKind.COVER: "两岗都不在时代班",
}
LINES_ZH = {
    LineKind.STEP: "在部门办理",
    LineKind.START: "待申报",
    LineKind.CORRECTION: "企业补正中",
    LineKind.DEFERRAL: "容缺材料",
    LineKind.SITTING: "评审会",
    LineKind.REVIEW: "意见截止",
}
POSTS_ZH = {"A": "A岗", "B": "B岗", "C": "C岗", "R": "驻企服务员", "L": "招商联络员"}


@dataclass(frozen=True, kw_only=True)
class _Read:
    """One line of a handover with everything it is about."""

    item: HandoverItemRow
    row: HandoverRow
    sheet: ProjectSheet
    people: Mapping[int, StaffProfile]

    def person(self, person_id: int, name: str) -> dict[str, Any]:
        known = self.people.get(person_id)
        return {
            "name": name,
            "phone": (known.phone or "") if known else "",
            "office": (known.office or "") if known else "",
        }


def _read(session: Session, about_id: int, day: date) -> _Read:
    """One project's line; the sheet as it was given, or as it stands while it is not given.

    Raises: Missing.
    """
    found = session.execute(
        select(HandoverItemRow, HandoverRow)
        .join(HandoverRow, HandoverRow.id == HandoverItemRow.handover_id)
        .where(HandoverItemRow.id == about_id, HandoverRow.dropped_at.is_(None))
        .options(joinedload(HandoverRow.giver), joinedload(HandoverRow.taker))
    ).first()
    if found is None:
        raise Missing
    item, row = found
    if item.body:
        sheet: ProjectSheet | None = rebuild_dataclass(ProjectSheet, json.loads(item.body))
    else:
        sheet = sheets(session, [item.project_id], day).of(item.project_id)
    if sheet is None:
        raise Missing
    return _Read(item=item, row=row, sheet=sheet, people=profiles(session, [row.from_id, row.to_id]))


def _days(row: HandoverRow) -> str:
    first = _zh(row.first_on)
    if row.last_on is None:
        return f"自{first}起，长期"
    return first if row.last_on == row.first_on else f"{first}至{_zh(row.last_on)}"


def _zh(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _moment(at: datetime | None, by: str) -> str:
    if at is None:
        return ""
    there = clock.local(at)
    return f"{_zh(there.date())}{there:%H:%M}　{by}"


def _line(number: int, line: SheetLine) -> dict[str, Any]:
    return {
        "number": number,
        "due": _zh(line.due_on) if line.due_on else "未定",
        "what": f"{line.number} {line.name_zh}".strip(),
        "kind": LINES_ZH[line.kind],
        "detail": line.detail,
        "department": line.department_zh,
    }


def _common(read: _Read) -> dict[str, Any]:
    row = read.row
    return {
        "handover_number": f"JJ-{clock.local(row.made_at):%Y}-{row.id:03d}",
        "reason": KINDS_ZH[row.kind],
        "days": _days(row),
        "post": POSTS_ZH.get(read.item.post, read.item.post),
        "giver": read.person(row.from_id, spoken_name(row.giver)),
        "taker": read.person(row.to_id, spoken_name(row.taker)),
        "project_code": read.sheet.code,
        "project_name": read.sheet.name,
        "enterprise": read.sheet.enterprise,
        "contact": read.sheet.contact,
        "contact_phone": read.sheet.phone,
    }


def sheet_facts(session: Session, about_id: int, day: date) -> DocumentFacts:
    """What one project's handover says: what falls due, what was promised, where the papers are.

    Raises: Missing.
    Source: AB-4, AB-5, AB-8.
    """
    read = _read(session, about_id, day)
    row, facts = read.row, facts_of(read.row)
    until = window(facts, work_calendar(session))[1]
    lines = (*read.sheet.due(row.first_on, until), *read.sheet.later(until))
    values = _common(read) | {
        "due_on": row.due_on if facts.needs_giving else None,
        "is_late": is_late(facts, day),
        "note": row.note,
        "lines": [_line(number, line) for number, line in enumerate(lines, 1)],
        "notes": [{"on": _zh(one.on), "by": one.by, "text": one.text} for one in read.sheet.notes],
        "promises": read.item.promises or "无",
        "papers": read.item.papers or "均在系统内",
        "papers_held": read.sheet.papers_held,
        "given": _moment(row.given_at, row.given_by),
        "accepted": _moment(row.accepted_at, row.accepted_by),
        "report": row.report,
        "taken_back": _moment(row.taken_back_at, row.taken_back_by),
    }
    return DocumentFacts(
        values=values,
        addressee=values["taker"]["name"],
        data_on=facts.given_on or day,
        project_id=read.item.project_id,
        prefilled=(
            Prefilled(field="在办事项、期限和容缺材料", source="项目办理记录", on=facts.given_on or day),
        ),
    )


def notice_facts(session: Session, about_id: int, day: date) -> DocumentFacts:
    """Who looks after an enterprise's project now, from when to when, and how to reach them.

    Raises: Missing, also for a post whose change concerns no enterprise.
    Source: AB-8, the same day.
    """
    read = _read(session, about_id, day)
    if read.item.post not in TOLD_POSTS:
        raise Missing
    taker = read.person(read.row.to_id, spoken_name(read.row.taker))
    missing = [] if taker["phone"] else [MissingFact(name="接手人员联系电话", page="/officers/")]
    return DocumentFacts(
        values=_common(read) | {"is_for_good": read.row.last_on is None, "first_on": read.row.first_on},
        addressee=read.sheet.enterprise,
        data_on=day,
        project_id=read.item.project_id,
        prefilled=_people_prefilled(read),
        missing=missing,
    )


def _people_prefilled(read: _Read) -> Sequence[Prefilled]:
    made_on = clock.local(read.row.made_at).date()
    return (Prefilled(field="接手人员和起止日期", source="代办员岗位变动记录", on=made_on),)


def compose_sheet(page: Page) -> None:
    """代办员AB岗交接单, signed by both. Source: AB-4, AB-5."""
    page.title("代办员AB岗交接单")
    page.number()
    page.fields(
        [
            [Field("交接编号", "{{ handover_number }}"), Field("交接事由", "{{ reason }}")],
            Field("项目名称", "{{ project_name }}"),
            [Field("项目代码", "{{ project_code }}"), Field("项目单位", "{{ enterprise }}")],
            [Field("单位联系人", "{{ contact }} {{ contact_phone }}"), Field("交接岗位", "{{ post }}")],
            [
                Field("交出人", "{{ giver.name }} {{ giver.phone }}"),
                Field("接手人", "{{ taker.name }} {{ taker.phone }}"),
            ],
            Field("起止日期", "{{ days }}"),
            [Field("交出时间", "{{ given }}"), Field("接手时间", "{{ accepted }}")],
        ]
    )
    with page.when("is_late"):
        page.text("本交接单应于{{ due_on|cndate }}前交出，已逾期。")
    with page.when("note"):
        page.text("交接说明：{{ note }}")
    page.text("待办事项和期限：")
    with page.when("lines"):
        page.table(
            [
                Column("序号", 11, "{{ row.number }}", align="center"),
                Column("期限", 34, "{{ row.due }}"),
                Column("事项", 50, "{{ row.what }}"),
                Column("状态", 24, "{{ row.kind }} {{ row.detail }}"),
                Column("部门", 37, "{{ row.department }}"),
            ],
            "lines",
        )
    with page.when("not lines"):
        page.text("无待办事项。")
    page.fields(
        [
            Field("已作承诺和注意事项", "{{ promises }}"),
            Field("材料存放", "{{ papers }}（系统内材料{{ papers_held }}种）"),
        ]
    )
    with page.when("notes"):
        page.text("近期办理记录：")
        page.table(
            [
                Column("日期", 34, "{{ row.on }}"),
                Column("记录人", 26, "{{ row.by }}"),
                Column("内容", 96, "{{ row.text }}"),
            ],
            "notes",
        )
    with page.when("report"):
        page.text("代管期间办理情况：{{ report }}")
        page.text("收回时间：{{ taken_back }}")
    page.fields(
        [
            [Field("交出人（签名）", ""), Field("接手人（签名）", "")],
        ]
    )
    page.basis()
    page.prefilled()


def compose_notice(page: Page) -> None:
    """代办人员变更告知书, the letter to the enterprise. Source: AB-8."""
    page.letterhead()
    page.number()
    page.title("关于代办人员变更的告知书")
    page.addressee()
    with page.when("is_for_good"):
        page.text(
            "你单位“{{ project_name }}”（项目代码{{ project_code }}）的{{ post }}代办人员，"
            "自{{ first_on|cndate }}起由{{ giver.name }}变更为{{ taker.name }}。"
        )
    with page.when("not is_for_good"):
        page.text(
            "因{{ giver.name }}不在岗，你单位“{{ project_name }}”（项目代码{{ project_code }}）的代办工作"
            "{{ days }}由{{ taker.name }}接替，期满后由{{ giver.name }}继续负责。"
        )
    page.text(
        "接手人员：{{ taker.name }}，联系电话：{{ taker.phone }}。"
        "{% if taker.office %}办公地点：{{ taker.office }}。{% endif %}"
    )
    page.text(
        "项目办理进度、已收材料和已约定事项均已交接，此前的约定继续有效，你单位无需重复提交材料或重复说明情况。"
    )
    page.text("代办服务不收取任何费用。")
    page.basis()
    page.prefilled()
    page.sign()


KINDS = (
    DocumentKind(
        code="handover-sheet",
        title_zh="代办员AB岗交接单",
        name=N_("Handover sheet"),
        about="handover_item",
        series="交",
        form=Form.SHEET,
        facts=sheet_facts,
        compose=compose_sheet,
        basis=("service-standard",),
        retention=Retention.TEN_YEARS,
        is_internal=True,
    ),
    DocumentKind(
        code="substitution-notice",
        title_zh="代办人员变更告知书",
        name=N_("Notice of substitution"),
        about="handover_item",
        series="变",
        form=Form.LETTER,
        facts=notice_facts,
        compose=compose_notice,
        basis=("service-standard",),
        retention=Retention.TEN_YEARS,
        is_sealed=True,
    ),
)
