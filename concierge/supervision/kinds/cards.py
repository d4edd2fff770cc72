"""Notices of yellow and red cards, and the supervision order with its answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from approvals.models.step import Step
from approvals.queries import catalogue as catalogue_queries
from approvals.rules.catalogue import Catalogue
from approvals.rules.lifecycle import StopKind
from concierge.kernel.actor import SYSTEM
from concierge.kernel.errors import N_, Missing
from concierge.supervision.models.card import CardPauseRow, CardRow
from concierge.supervision.queries.card_file import order_file
from concierge.supervision.rules.answering import appeal_until
from concierge.supervision.rules.card import Cause, Colour
from concierge.supervision.rules.order_number import order_number
from documents.press.kind import DocumentKind, Form, Retention
from documents.press.ooxml import ControlKind
from documents.press.page import Field, Page
from documents.rules.facts import DocumentFacts, Prefilled
from projects.models.project import Project
from projects.rules.owner import owner_name

CAUSES = {
    Cause.PROMISED_NEAR: "临近承诺时限",
    Cause.PROMISED_PAST: "超过承诺时限",
    Cause.STATUTORY_PAST: "超过法定时限",
    Cause.STOP_OVERRUN: "停表超过计划止日",
    Cause.FLOAT: "总时差将用完",
    Cause.STAGE_OVERDUE: "收件后未按时答复",
    Cause.SECOND_LIST: "二次补正告知",
    Cause.REFUSED_WITHOUT_REASONS: "不予许可未说明理由",
    Cause.ACCEPTED_OUTSIDE: "系统外受理",
    Cause.CHARGED: "违规收费",
    Cause.UNLISTED_ITEMS: "索要清单外材料",
}
STOPS = {
    StopKind.CORRECTION: "补正",
    StopKind.HEARING: "听证",
    StopKind.TENDER: "招标",
    StopKind.AUCTION: "拍卖",
    StopKind.INSPECTION: "检验",
    StopKind.TESTING: "检测",
    StopKind.QUARANTINE: "检疫",
    StopKind.APPRAISAL: "鉴定",
    StopKind.EXPERT_REVIEW: "专家评审",
    StopKind.PUBLICITY: "公示",
    StopKind.TECHNICAL_REVIEW: "技术评审",
    StopKind.SITE_SURVEY: "现场踏勘",
    StopKind.CONSULTATION: "征求意见",
}


def department_name(catalogue: Catalogue, code: str) -> str:
    """A department as documents call it."""
    return owner_name(catalogue.department_of.get(code), code, "zh")


def step_name(catalogue: Catalogue, code: str) -> str:
    """A step as documents call it; its code where the edition knows no such matter."""
    matter = catalogue.matter_of.get(code)
    return matter.name_zh if matter else code


def _card_facts(colour: Colour) -> Callable[[Session, int, date], DocumentFacts]:
    def facts(session: Session, about_id: int, day: date) -> DocumentFacts:
        """One card as the fact it is: which limit, when, who held the case, which stops were on.

        Shape: four queries, of which the catalogue and the calendar are read once for a process.
        Raises: Missing, where the number is no card of this colour.
        Source: SV-5.
        """
        row = session.execute(
            select(CardRow, Step, Project)
            .join(Step, Step.id == CardRow.step_id)
            .join(Project, Project.id == CardRow.project_id)
            .where(CardRow.id == about_id, CardRow.colour == colour)
        ).first()
        if row is None:
            raise Missing
        card, step, project = row
        catalogue = catalogue_queries.catalogue(project.edition_id, session)
        pauses = session.scalars(
            select(CardPauseRow).where(CardPauseRow.card_id == about_id).order_by(CardPauseRow.id)
        ).all()
        department = department_name(catalogue, card.department)
        return DocumentFacts(
            values=_of_card(card)
            | {
                "department": department,
                "step_name": step_name(catalogue, card.code),
                "step_number": step.number,
                "project_name": project.name,
                "project_code": project.code,
                "pauses": [
                    {
                        "kind": STOPS[one.kind],
                        "first_on": one.first_on,
                        "planned_last_on": one.planned_last_on,
                    }
                    for one in pauses
                ],
                "appeal_until": appeal_until(card.shown_on, catalogue_queries.work_calendar(session)),
            },
            addressee=department,
            data_on=min(card.shown_on, day),
            project_id=card.project_id,
            department=card.department,
            prefilled=(
                Prefilled(
                    field="受理日期、时限和停表情况", source=f"{step.number}办理记录", on=card.accepted_on
                ),
            ),
        )

    return facts


def _of_card(card: CardRow) -> dict[str, Any]:
    return {
        "cause": CAUSES[card.cause],
        "is_limit": card.cause.is_limit,
        "limit_on": card.limit_on,
        "shown_on": card.shown_on,
        "accepted_on": card.accepted_on,
        "promised_end_on": card.promised_end_on,
        "statutory_end_on": card.statutory_end_on,
        "limit_workdays": card.limit_workdays,
        "used_workdays": card.used_workdays,
        "paused_workdays": card.paused_workdays or 0,
        "held_by": card.held_by,
        "held_role": f"{card.held_role}岗" if card.held_role else "",
        "representative": card.representative,
        "detail": card.detail,
    }


def order_facts(session: Session, about_id: int, day: date) -> DocumentFacts:
    """One order with the card it is about, and the answer where there is one; two queries.

    Raises: Missing.
    Source: SV-3, SV-4.
    """
    file = order_file(session, about_id, SYSTEM)
    order, card = file.order, file.card
    catalogue = catalogue_queries.catalogue(file.project.edition_id, session)
    department = department_name(catalogue, order.department)
    return DocumentFacts(
        values={
            "order_number": order_number(order.year, order.serial),
            "department": department,
            "project_name": file.project.name,
            "project_code": file.project.code,
            "step_name": step_name(catalogue, file.step.code),
            "step_number": file.step.number,
            "cause": CAUSES[card.cause],
            "limit_on": card.limit_on,
            "shown_on": card.shown_on,
            "demand": order.demand,
            "issued_on": order.issued_on,
            "issued_by": order.by,
            "answer_due_on": order.answer_due_on,
            "answer": order.answer,
            "answered_by": order.answered_by,
            "answered_on": order.answered_on,
        },
        addressee=department,
        data_on=min(order.issued_on, day) if order.answered_on is None else day,
        project_id=order.project_id,
        department=order.department,
        prefilled=(Prefilled(field="督办事由和时限", source="红牌记录", on=card.shown_on),),
    )


def _facts_of_card(page: Page) -> None:
    """The facts both notices state. Source: SV-5."""
    with page.when("is_limit and accepted_on"):
        page.text(
            "经查，你单位承办的“{{ project_name }}”（项目代码{{ project_code }}）“{{ step_name }}”事项"
            "（办件编号{{ step_number }}）于{{ accepted_on|cndate }}受理，"
            "{% if promised_end_on %}承诺{{ promised_end_on|cndate }}前办结，{% endif %}"
            "{% if statutory_end_on %}法定时限至{{ statutory_end_on|cndate }}，{% endif %}"
            "{% if limit_workdays %}时限共{{ limit_workdays }}个工作日，已用{{ used_workdays }}个工作日"
            "{% if paused_workdays %}（另有{{ paused_workdays }}个工作日停表，未计入）{% endif %}，"
            "{% endif %}"
            "截至{{ shown_on|cndate }}尚未办结，属于“{{ cause }}”（时限日{{ limit_on|cndate }}）。"
        )
    with page.when("is_limit and not accepted_on"):
        page.text(
            "经查，你单位收到的“{{ project_name }}”（项目代码{{ project_code }}）“{{ step_name }}”事项申请"
            "（办件编号{{ step_number }}），至{{ shown_on|cndate }}仍未办理，属于“{{ cause }}”"
            "（时限日{{ limit_on|cndate }}）。"
        )
    with page.when("not is_limit"):
        page.text(
            "经查，你单位在办理“{{ project_name }}”（项目代码{{ project_code }}）“{{ step_name }}”事项"
            "（办件编号{{ step_number }}）中，于{{ limit_on|cndate }}发生“{{ cause }}”。"
            "{% if detail %}具体情况：{{ detail }}{% endif %}"
        )
    with page.when("representative"):
        page.text("你单位窗口首席代表：{{ representative }}。")
    with page.when("held_by"):
        page.text("当日代办人员：{{ held_by }}{% if held_role %}（{{ held_role }}）{% endif %}。")
    with page.each("one", "pauses"):
        page.text(
            "当日停表情况：{{ one.kind }}，自{{ one.first_on|cndate }}起，"
            "计划至{{ one.planned_last_on|cndate }}止。"
        )


def _card_ending(page: Page) -> None:
    page.text(
        "对本通知有异议的，可以在{{ appeal_until|cndate }}前提出申诉，写明理由并附证明材料；"
        "申诉成立的撤销本牌，申诉期间不停止办理。"
    )
    page.text("联系电话：{{ office.phone }}。")
    page.basis()
    page.prefilled()
    page.sign()


def compose_yellow(page: Page) -> None:
    """黄牌预警通知书. Source: SV-1, SV-2, SV-5."""
    page.letterhead()
    page.number()
    page.title("黄牌预警通知书")
    page.addressee()
    _facts_of_card(page)
    page.text(
        "现予以黄牌预警。请立即核查办理情况，在时限届满前作出决定；确有法定理由需要延长或者停表的，依法办理手续并书面告知申请人。"
    )
    _card_ending(page)


def compose_red(page: Page) -> None:
    """红牌纠错通知书. Source: SV-1, SV-3, SV-4, SV-5."""
    page.letterhead()
    page.number()
    page.title("红牌纠错通知书")
    page.addressee()
    _facts_of_card(page)
    page.text("现予以红牌。请立即办理或者纠正，并书面说明原因和责任人员。")
    page.text(
        "本红牌即日送经办人和代岗人员；1个工作日后仍未办理或者纠正的，送部门负责人；3个工作日后仍未办理或者纠正的，送督查机构。"
    )
    _card_ending(page)


def compose_order(page: Page) -> None:
    """督办单, with room for the department's answer. Source: SV-3, SV-4."""
    page.letterhead()
    page.title("督办单")
    page.number()
    page.fields(
        [
            [Field("督办登记号", "{{ order_number }}"), Field("发出日期", "{{ issued_on|cndate }}")],
            [Field("承办单位", "{{ department }}"), Field("督办人", "{{ issued_by }}")],
            Field("项目", "{{ project_name }}（{{ project_code }}）"),
            Field("事项", "{{ step_name }}（{{ step_number }}）"),
            Field("督办事由", "{{ cause }}，时限日{{ limit_on|cndate }}，{{ shown_on|cndate }}红牌。"),
            Field("督办要求", "{{ demand }}", lines=3),
            Field("答复期限", "{{ answer_due_on|cndate }}前书面答复"),
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
    page.small("对红牌有异议的，可以在亮牌之日起2个工作日内申诉；申诉不推迟本督办单的答复。")
    page.basis()
    page.prefilled()


KINDS = (
    DocumentKind(
        code="yellow-card-notice",
        title_zh="黄牌预警通知书",
        name=N_("Yellow card notice"),
        about="card",
        series="黄",
        form=Form.LETTER,
        facts=_card_facts(Colour.YELLOW),
        compose=compose_yellow,
        basis=("licensing-42", "environment-order-36"),
        retention=Retention.TEN_YEARS,
        is_sealed=True,
    ),
    DocumentKind(
        code="red-card-notice",
        title_zh="红牌纠错通知书",
        name=N_("Red card notice"),
        about="card",
        series="红",
        form=Form.LETTER,
        facts=_card_facts(Colour.RED),
        compose=compose_red,
        basis=("licensing-42", "environment-order-36"),
        retention=Retention.THIRTY_YEARS,
        is_sealed=True,
    ),
    DocumentKind(
        code="supervision-order",
        title_zh="督办单",
        name=N_("Supervision order"),
        about="order",
        series="督",
        form=Form.SHEET,
        facts=order_facts,
        compose=compose_order,
        basis=("licensing-42", "environment-order-36"),
        retention=Retention.THIRTY_YEARS,
        is_sealed=True,
    ),
)
