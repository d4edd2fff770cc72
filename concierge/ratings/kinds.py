"""What follows a negative rating on paper: the rectification notice and the call-back record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from approvals.queries import catalogue as catalogue_queries
from approvals.rules.catalogue import Catalogue
from concierge.kernel import clock
from concierge.kernel.actor import SYSTEM, Actor
from concierge.kernel.errors import N_, Missing
from concierge.ratings.models.redress import RedressRow
from concierge.ratings.queries.rating_file import RatingFile, rating_file
from concierge.ratings.rules.rating import Channel, Level, Reason
from concierge.ratings.rules.redress import Finding
from documents.press.kind import DocumentKind, Form, Retention
from documents.press.ooxml import ControlKind
from documents.press.page import Column, Field, Page
from documents.rules.facts import DocumentFacts, MissingFact, Prefilled
from projects.rules.owner import owner_name

OFFICE = "帮代办机构"
LEVELS = {
    Level.VERY_SATISFIED: "非常满意",
    Level.SATISFIED: "满意",
    Level.FAIRLY_SATISFIED: "基本满意",
    Level.DISSATISFIED: "不满意",
    Level.VERY_DISSATISFIED: "非常不满意",
}
REASONS = {
    Reason.TOLD_AT_ONCE: "一次告知清楚",
    Reason.FEW_TRIPS: "没有多跑腿",
    Reason.KEPT_PROMISE: "按承诺办结",
    Reason.CAME_TO_US: "代办员主动联系",
    Reason.FRIENDLY: "态度好",
    Reason.PROGRESS_SEEN: "进度看得见",
    Reason.NOT_TOLD_AT_ONCE: "没有一次告知",
    Reason.EXTRA_PAPERS: "要求额外材料",
    Reason.LATE: "超过承诺时限",
    Reason.SENT_AROUND: "多头跑、来回跑",
    Reason.NOBODY_REACHED: "联系不上人",
    Reason.UNFRIENDLY: "态度生硬",
    Reason.CHARGED: "收取不该收的费",
}
CHANNELS = {Channel.LINK: "评价人自评", Channel.PAPER: "纸质", Channel.PHONE: "电话"}
FINDINGS = {
    Finding.CLEAR: "诉求清楚合理，立即整改",
    Finding.COMPLEX: "情况复杂，限期整改",
    Finding.UNFOUNDED: "不属实，解释说明",
}


def _read(session: Session, about_id: int) -> tuple[RatingFile, RedressRow, Catalogue | None]:
    """A negative rating with what followed; five queries.

    Raises: Missing, also for a rating nobody has to follow.
    """
    file = rating_file(session, SYSTEM, about_id)
    if file.redress is None:
        raise Missing
    return file, file.redress, catalogue_queries.latest_catalogue(session)


def _service(file: RatingFile, catalogue: Catalogue | None) -> str:
    matter = catalogue.matter_of.get(file.occasion.code) if catalogue else None
    return matter.name_zh if matter else file.occasion.title or "项目全程服务"


def _department(file: RatingFile, catalogue: Catalogue | None) -> str:
    code = file.rating.department
    if not code or catalogue is None:
        return OFFICE
    return owner_name(catalogue.department_of.get(code), code, "zh")


def _values(file: RatingFile, redress: RedressRow, catalogue: Catalogue | None) -> dict[str, Any]:
    rating = file.rating
    return {
        "rating_number": f"PJ-{rating.given_on:%Y}-{rating.id:04d}",
        "service": _service(file, catalogue),
        "department": _department(file, catalogue),
        "closed_on": file.occasion.closed_on,
        "level": LEVELS[rating.level],
        "reasons": "、".join(REASONS[one] for one in file.reasons) or "未选择",
        "words": rating.words or "未填写",
        "given_on": rating.given_on,
        "channel": CHANNELS[rating.channel],
        "is_anonymous": rating.is_anonymous,
        "contact_due_on": redress.contact_due_on,
        "contacted_on": redress.contacted_on,
        "contacted_by": redress.contacted_by,
        "finding": FINDINGS[redress.finding] if redress.finding else "",
        "verified": redress.verified,
        "rectify_due_on": redress.rectify_due_on,
    }


def rectification_facts(session: Session, about_id: int, day: date) -> DocumentFacts:
    """What a department is told to put right, and by when; never who said so.

    Raises: Missing.
    Source: RT-3, RT-4; RT-7, the giver's name and telephone leave the office on no paper.
    """
    file, redress, catalogue = _read(session, about_id)
    missing = (
        []
        if redress.contacted_on
        else [MissingFact(name="联系核实情况和整改期限", page=f"/ratings/one/{about_id}")]
    )
    return DocumentFacts(
        values=_values(file, redress, catalogue)
        | {
            "fault": redress.fault,
            "measure": redress.measure,
            "answer": redress.answer,
            "rectified_on": redress.rectified_on,
            "rectified_by": redress.rectified_by,
        },
        addressee=_department(file, catalogue),
        data_on=redress.contacted_on or day,
        project_id=None if file.rating.is_anonymous else file.rating.project_id,
        department=file.rating.department,
        prefilled=_prefilled(file, redress),
        missing=missing,
    )


def call_back_facts(session: Session, about_id: int, day: date) -> DocumentFacts:
    """How a negative rating was followed from the first call to the call-back.

    Shape: the giver of an anonymous rating has no name here either.
    Raises: Missing.
    Source: RT-3, RT-5, RT-6.
    """
    file, redress, catalogue = _read(session, about_id)
    rating, again = file.rating, file.again
    return DocumentFacts(
        values=_values(file, redress, catalogue)
        | {
            "rater": "匿名" if rating.is_anonymous else rating.rater_name,
            "rater_phone": rating.rater_phone,
            "people": "、".join(f"{one.name}（{one.post}岗）" for one in file.people) or "无",
            "contacts": [
                {"at": _moment(one.at), "by": one.by, "reached": _reached(one.is_reached), "note": one.note}
                for one in file.contacts
            ],
            "fault": redress.fault or "无",
            "measure": redress.measure or "无",
            "answer": redress.answer or "尚未答复",
            "rectified_on": redress.rectified_on,
            "rectified_by": redress.rectified_by,
            "called_back_on": redress.called_back_on,
            "called_back_by": redress.called_back_by,
            "satisfied_after": LEVELS[redress.satisfied_after] if redress.satisfied_after else "",
            "call_back_note": redress.call_back_note,
            "again": LEVELS[again.level] if again else "",
        },
        addressee="",
        data_on=redress.called_back_on or day,
        project_id=None if rating.is_anonymous else rating.project_id,
        department=rating.department,
        prefilled=_prefilled(file, redress),
    )


def _sight(session: Session, about_id: int, reader: Actor) -> None:
    """Who may see the rating. Raises: Missing."""
    rating_file(session, reader, about_id)


def _reached(is_reached: bool) -> str:
    return "已联系上" if is_reached else "未联系上"


def _moment(at: datetime) -> str:
    there = clock.local(at)
    return f"{there.year}年{there.month}月{there.day}日{there:%H:%M}"


def _prefilled(file: RatingFile, redress: RedressRow) -> Sequence[Prefilled]:
    rated = Prefilled(field="评价内容", source="好差评记录", on=file.rating.given_on)
    checked = Prefilled(field="核实情况", source="差评核实记录", on=redress.contacted_on)
    return (rated, checked) if redress.contacted_on else (rated,)


def compose_rectification(page: Page) -> None:
    """差评整改通知书, with room for the department's answer. Source: RT-4."""
    page.letterhead()
    page.title("差评整改通知书")
    page.number()
    page.fields(
        [
            [Field("评价编号", "{{ rating_number }}"), Field("评价日期", "{{ given_on|cndate }}")],
            [Field("整改单位", "{{ department }}"), Field("评价等次", "{{ level }}")],
            Field("被评价服务", "{{ service }}（{{ closed_on|cndate }}办结）"),
            Field("不满意原因", "{{ reasons }}"),
            Field("评价内容", "{{ words }}"),
            Field("核实情况", "{{ verified }}（{{ finding }}）", lines=2),
            [
                Field("核实日期", "{{ contacted_on|cndate }}"),
                Field("整改期限", "{{ rectify_due_on|cndate }}前"),
            ],
        ]
    )
    page.text("请在整改期限前完成整改并填写下表。情况属实的，同时说明对有关责任的处理和对办事流程的改进。")
    page.fields(
        [
            Field("问题原因", "{{ fault }}", control="fault", lines=3),
            Field("整改措施", "{{ measure }}", control="measure", lines=3),
            Field("拟答复评价人的内容", "{{ answer }}", control="answer", lines=3),
            [
                Field("整改责任人", "{{ rectified_by }}", control="rectified_by"),
                Field(
                    "完成日期（盖章）",
                    "{{ rectified_on|cndate }}",
                    control="rectified_on",
                    control_kind=ControlKind.DATE,
                ),
            ],
        ]
    )
    page.small("评价人信息依法保密，不得打听，不得对评价人打击报复；被评价人员不得办理本件。")
    page.basis()
    page.prefilled()


def compose_call_back(page: Page) -> None:
    """差评回访记录. Source: RT-3, RT-5."""
    page.letterhead()
    page.title("差评核实整改回访记录")
    page.number()
    page.fields(
        [
            [Field("评价编号", "{{ rating_number }}"), Field("评价日期", "{{ given_on|cndate }}")],
            [Field("评价人", "{{ rater }} {{ rater_phone }}"), Field("评价渠道", "{{ channel }}")],
            [Field("被评价单位", "{{ department }}"), Field("评价等次", "{{ level }}")],
            Field("被评价服务", "{{ service }}（{{ closed_on|cndate }}办结）"),
            Field("办结当日责任人员", "{{ people }}"),
            Field("不满意原因", "{{ reasons }}"),
            Field("评价内容", "{{ words }}"),
        ]
    )
    page.caption("联系核实（应于{{ contact_due_on|cndate }}前）")
    with page.when("contacts"):
        page.table(
            [
                Column("时间", 38, "{{ row.at }}"),
                Column("联系人员", 28, "{{ row.by }}"),
                Column("结果", 24, "{{ row.reached }}"),
                Column("情况", 66, "{{ row.note }}"),
            ],
            "contacts",
        )
    page.fields(
        [
            Field("核实结论", "{{ verified }}{% if finding %}（{{ finding }}）{% endif %}"),
            Field("问题原因", "{{ fault }}"),
            Field("整改措施", "{{ measure }}"),
            Field("答复评价人", "{{ answer }}"),
            [
                Field("整改人员", "{{ rectified_by }}"),
                Field(
                    "整改日期",
                    "{{ rectified_on|cndate }}{% if rectify_due_on %}"
                    "（期限{{ rectify_due_on|cndate }}）{% endif %}",
                ),
            ],
            [Field("回访人员", "{{ called_back_by }}"), Field("回访日期", "{{ called_back_on|cndate }}")],
            [Field("回访满意度", "{{ satisfied_after }}"), Field("追评", "{{ again }}")],
            Field("回访记录", "{{ call_back_note }}", lines=3),
        ]
    )
    page.small("回访人员（签名）：　　　　　　　　复核人员（签名）：")
    page.basis()
    page.prefilled()


KINDS = (
    DocumentKind(
        code="rating-rectification",
        title_zh="差评整改通知书",
        name=N_("Rectification notice"),
        about="rating",
        series="整",
        form=Form.SHEET,
        facts=rectification_facts,
        compose=compose_rectification,
        basis=("service-rating",),
        sight=_sight,
        retention=Retention.TEN_YEARS,
        is_sealed=True,
    ),
    DocumentKind(
        code="rating-call-back",
        title_zh="差评核实整改回访记录",
        name=N_("Call-back record"),
        about="rating",
        series="访",
        form=Form.SHEET,
        facts=call_back_facts,
        compose=compose_call_back,
        basis=("service-rating",),
        sight=_sight,
        retention=Retention.TEN_YEARS,
        is_internal=True,
    ),
)
