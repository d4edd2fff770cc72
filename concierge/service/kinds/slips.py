"""The five papers of the concierge as Word documents: what each said on the day it was issued."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from concierge.kernel.actor import Actor
from concierge.kernel.errors import N_, Missing
from concierge.service.models.case import ServiceCase
from concierge.service.models.file import CaseSlip
from concierge.service.queries.catalogue import service_catalogue
from concierge.service.queries.sight import require_sight
from concierge.service.rules.case import ItemState, Mode, Outcome, PaperState, Slip
from concierge.service.rules.catalogue import ServiceCatalogue
from documents.press.kind import DocumentKind, Form, Retention
from documents.press.page import Column, Field, Page
from documents.rules.facts import DocumentFacts, Prefilled

MODES = {
    Mode.LOCAL: "本地办理",
    Mode.ONLINE: "跨区域：全程网办",
    Mode.RELAY: "跨区域：异地代收代办",
    Mode.JOINT: "跨区域：多地联办",
}
ITEMS = {ItemState.OPEN: "在办", ItemState.DONE: "已办结", ItemState.REFUSED: "不予办理"}
PAPERS = {
    PaperState.MISSING: "未收到",
    PaperState.RECEIVED: "已收到",
    PaperState.SHARED: "共享调取，无需提交",
    PaperState.LATER: "约定补交",
}
OUTCOMES = {
    Outcome.DONE: "全部办结",
    Outcome.PARTLY: "部分办结",
    Outcome.REFUSED: "不予办理（已说明理由）",
    Outcome.WITHDRAWN: "服务对象撤回",
    Outcome.TERMINATED: "机构终止",
}


def _facts(kind: Slip) -> Callable[[Session, int, date], DocumentFacts]:
    def facts(session: Session, about_id: int, day: date) -> DocumentFacts:
        """What one issued paper said on its day; two queries.

        Raises: Missing, where the number is no paper of this kind.
        Source: SF-4.
        """
        row = session.execute(
            select(CaseSlip, ServiceCase)
            .join(ServiceCase, ServiceCase.id == CaseSlip.case_id)
            .where(CaseSlip.id == about_id, CaseSlip.kind == kind)
        ).first()
        if row is None:
            raise Missing
        slip, case = row
        said = json.loads(slip.facts)
        values = _values(slip, said, service_catalogue(session)) | _more(kind, said)
        return DocumentFacts(
            values=values,
            addressee=str(said["customer"]),
            data_on=min(slip.issued_on, day),
            project_id=case.project_id,
            prefilled=_prefilled(said),
        )

    return facts


def _sight(session: Session, about_id: int, reader: Actor) -> None:
    """Who may see a case may see its papers. Raises: Missing. Source: SF-10."""
    case_id = session.scalar(select(CaseSlip.case_id).where(CaseSlip.id == about_id))
    require_sight(session, reader, case_id or 0)


def slip_number(kind: Slip, serial: int, case_number: str) -> str:
    """The number of one paper: that of the case, which paper, which of them."""
    return f"{case_number}-{list(Slip).index(kind) + 1}{serial:02d}"


def _values(slip: CaseSlip, said: Mapping[str, Any], catalogue: ServiceCatalogue) -> dict[str, Any]:
    return {
        "slip_number": slip_number(slip.kind, slip.serial, said["number"]),
        "case_number": said["number"],
        "customer": said["customer"],
        "contact": said["contact"],
        "phone": said["phone"],
        "address": said["address"],
        "mode": MODES[Mode(said["mode"])],
        "place_in_charge": said["place_in_charge"],
        "window": said["office"],
        "window_phone": said["office_phone"],
        "holder": said["holder"],
        "issued_on": slip.issued_on,
        "issued_by": slip.by,
        "signed_by": slip.signed_by,
        "signed_on": slip.signed_on,
        "opened_on": _day(said["opened_on"]),
        "taken_in_on": _day(said["taken_in_on"]),
        "day_zero_on": _day(said["day_zero_on"]),
        "period_workdays": said["period_workdays"],
        "due_on": _day(said["due_on"]),
        "items": [_item(number, one, catalogue) for number, one in enumerate(said["items"], 1)],
        "papers": [_paper(number, one) for number, one in enumerate(said["papers"], 1)],
    }


def _item(number: int, said: Mapping[str, Any], catalogue: ServiceCatalogue) -> dict[str, Any]:
    return {
        "number": number,
        "name": said["zh"],
        "department": catalogue.party(said["department"]).zh,
        "result": said["result_zh"],
        "state": ITEMS[ItemState(said["state"])],
        "note": said["note"],
    }


def _paper(number: int, said: Mapping[str, Any]) -> dict[str, Any]:
    due_on = _day(said["due_on"])
    state = PAPERS[PaperState(said["state"])]
    by = f"（{due_on.year}年{due_on.month}月{due_on.day}日前）" if due_on else ""
    return {"number": number, "name": said["zh"], "state": state + by}


def _more(kind: Slip, said: Mapping[str, Any]) -> dict[str, Any]:
    """What only one of the five says."""
    if kind is Slip.SUSPENSION:
        return {"reason": said["reason"], "rule": said["basis"], "until_on": _day(said["until_on"])}
    if kind is Slip.RESUMPTION:
        return {"reason": said.get("reason", ""), "stopped_on": _day(said["suspended_on"])}
    if kind is Slip.CLOSING:
        skipped = [{"name": one["zh"], "reason": one["reason"], "by": one["by"]} for one in said["skipped"]]
        outcome = OUTCOMES[Outcome(said["outcome"])]
        return {"outcome": outcome, "reason": said.get("reason", ""), "skipped": skipped}
    return {}


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _prefilled(said: Mapping[str, Any]) -> Sequence[Prefilled]:
    opened = Prefilled(
        field="服务对象、联系人和办理事项",
        source=f"代办业务{said['number']}建档记录",
        on=_day(said["opened_on"]),
    )
    shared = [one["zh"] for one in said["papers"] if one["state"] == PaperState.SHARED.value]
    return (opened, *(Prefilled(field=name, source="部门共享数据") for name in shared))


def _head(page: Page) -> None:
    page.fields(
        [
            [Field("业务编号", "{{ case_number }}"), Field("单据编号", "{{ slip_number }}")],
            [Field("服务对象", "{{ customer }}"), Field("联系电话", "{{ contact }} {{ phone }}")],
            Field("联系地址", "{{ address }}"),
            [
                Field("承办窗口", "{{ window or office.name }} {{ window_phone or office.phone }}"),
                Field("代办人员", "{{ holder }}"),
            ],
            Field("办理方式", "{{ mode }} {{ place_in_charge }}"),
        ]
    )


ITEM_COLUMNS = [
    Column("序号", 12, "{{ row.number }}", align="center"),
    Column("办理事项", 60, "{{ row.name }}"),
    Column("审批（办理）部门", 44, "{{ row.department }}"),
    Column("办理结果（证照、文书）", 40, "{{ row.result }}"),
]


def _signatures(page: Page) -> None:
    page.fields(
        [
            [Field("服务对象（签名）", "{{ signed_by }}"), Field("签署日期", "{{ signed_on|cndate }}")],
            [Field("经办人", "{{ issued_by }}"), Field("开具日期", "{{ issued_on|cndate }}")],
        ]
    )


def compose_entrustment(page: Page) -> None:
    """代办委托书: signed by the customer. Source: SF-4; AB-11."""
    page.title("代办委托书")
    page.number()
    _head(page)
    page.table(ITEM_COLUMNS, "items")
    page.text("委托人自愿将上列事项委托{{ window or office.name }}代为办理，双方确认如下：")
    page.text("一、代办人员负责帮助填写、整理和递交申请材料，跟踪办理进度，并及时告知委托人。")
    page.text("二、代办人员不代替委托人作出承诺，不指定中介机构，不承诺审批结果；审批由有权机关依法作出。")
    page.text("三、委托人对所提供材料的真实性负责。委托人可以随时撤回委托，撤回后已取得的材料如数退还。")
    page.text("四、代办服务不收取任何费用。")
    _signatures(page)
    page.basis()
    page.prefilled()


def compose_acceptance(page: Page) -> None:
    """受理单: one acceptance for everything ticked. Source: SF-4, SF-5; WD-2."""
    page.title("受理单")
    page.number()
    _head(page)
    page.text("申请表已填写完整，材料已齐备或已约定补交日期，现受理下列事项：")
    page.table(ITEM_COLUMNS, "items")
    with page.when("papers"):
        page.text("收到材料情况：")
        page.table(
            [
                Column("序号", 12, "{{ row.number }}", align="center"),
                Column("材料名称", 88, "{{ row.name }}"),
                Column("收取情况", 56, "{{ row.state }}"),
            ],
            "papers",
        )
    with page.when("due_on"):
        page.text(
            "承诺在{{ period_workdays }}个工作日内办结，自{{ day_zero_on|cndate }}的次一工作日起计算，"
            "{{ due_on|cndate }}前办结。"
        )
    with page.when("not due_on"):
        page.text(
            "承诺自业务属地收到电子材料之日的次一工作日起{{ period_workdays }}个工作日内办结，邮寄时间另计。"
        )
    page.text("查询办理进度请报业务编号。代办服务不收取任何费用。")
    _signatures(page)
    page.basis()
    page.prefilled()


def compose_suspension(page: Page) -> None:
    """中止通知单: why, on what rule, until when at the latest. Source: SF-4; CL-6."""
    page.letterhead()
    page.number()
    page.title("中止办理通知单")
    page.addressee()
    page.text(
        "你（单位）委托办理的业务（编号{{ case_number }}），因下列原因自{{ issued_on|cndate }}起中止办理："
    )
    page.text("{{ reason }}")
    page.text("中止依据：{{ rule }}。")
    page.text(
        "中止期限最迟至{{ until_on|cndate }}。中止的日期不计入承诺办理时限；中止原因消除后，立即恢复办理。"
    )
    with page.each("item", "items"):
        page.text("涉及事项：{{ item.name }}（{{ item.department }}）。")
    page.text(
        "联系人：{{ holder }}，承办窗口：{{ window or office.name }}，"
        "电话：{{ window_phone or office.phone }}。"
    )
    page.basis()
    page.prefilled()
    page.sign()


def compose_resumption(page: Page) -> None:
    """恢复办理函: the case goes on, and the promise it has now. Source: SF-4; CL-7."""
    page.letterhead()
    page.number()
    page.title("恢复办理函")
    page.addressee()
    page.text(
        "你（单位）委托办理的业务（编号{{ case_number }}）自{{ stopped_on|cndate }}起中止办理。"
        "现中止原因已经消除，自{{ issued_on|cndate }}起恢复办理。"
    )
    with page.when("reason"):
        page.text("恢复情况：{{ reason }}")
    with page.when("due_on"):
        page.text("扣除中止的日期后，承诺办结日期为{{ due_on|cndate }}。")
    page.text(
        "联系人：{{ holder }}，承办窗口：{{ window or office.name }}，"
        "电话：{{ window_phone or office.phone }}。"
    )
    page.basis()
    page.prefilled()
    page.sign()


def compose_closing(page: Page) -> None:
    """办结（终止）单: what became of each service, and every step that was left out. Source: SF-4."""
    page.title("办结（终止）单")
    page.number()
    _head(page)
    page.text("办理结论：{{ outcome }}。本业务自{{ issued_on|cndate }}起办结（终止）。")
    page.table(
        [
            Column("序号", 12, "{{ row.number }}", align="center"),
            Column("办理事项", 48, "{{ row.name }}"),
            Column("部门", 36, "{{ row.department }}"),
            Column("办理结果", 30, "{{ row.state }}"),
            Column("说明", 30, "{{ row.note }}"),
        ],
        "items",
    )
    with page.when("reason"):
        page.text("终止原因：{{ reason }}")
    with page.when("skipped"):
        page.text("未经过的步骤及原因：")
        page.table(
            [
                Column("步骤", 44, "{{ row.name }}"),
                Column("原因", 76, "{{ row.reason }}"),
                Column("决定人", 36, "{{ row.by }}"),
            ],
            "skipped",
        )
    page.text(
        "如对服务不满意，可以在{{ window or office.name }}或通过评价链接作出评价，"
        "也可以向办不成事反映窗口反映。"
    )
    _signatures(page)
    page.basis()
    page.prefilled()


BASIS = {
    Slip.ENTRUSTMENT: ("civil-165", "civil-919", "licensing-29"),
    Slip.ACCEPTANCE: ("service-standard", "one-thing"),
    Slip.SUSPENSION: ("service-standard",),
    Slip.RESUMPTION: ("service-standard",),
    Slip.CLOSING: ("service-standard", "service-rating"),
}


def _kind(
    slip: Slip, title_zh: str, name: str, series: str, form: Form, compose: Callable[[Page], None]
) -> DocumentKind:
    return DocumentKind(
        code=f"service-{slip.value}",
        title_zh=title_zh,
        name=name,
        about="service_slip",
        series=series,
        form=form,
        facts=_facts(slip),
        compose=compose,
        basis=BASIS[slip],
        retention=Retention.TEN_YEARS,
        is_sealed=slip is not Slip.ENTRUSTMENT,
        sight=_sight,
    )


KINDS = (
    _kind(Slip.ENTRUSTMENT, "代办委托书", N_("Entrustment letter"), "委", Form.SHEET, compose_entrustment),
    _kind(Slip.ACCEPTANCE, "受理单", N_("Acceptance slip"), "办受", Form.SHEET, compose_acceptance),
    _kind(Slip.SUSPENSION, "中止办理通知单", N_("Suspension slip"), "办中", Form.LETTER, compose_suspension),
    _kind(Slip.RESUMPTION, "恢复办理函", N_("Resumption letter"), "办复", Form.LETTER, compose_resumption),
    _kind(Slip.CLOSING, "办结（终止）单", N_("Closing slip"), "办结", Form.SHEET, compose_closing),
)


def kind_of_slip(slip: Slip) -> str:
    """The code of the document that prints one of the five."""
    return f"service-{slip.value}"
