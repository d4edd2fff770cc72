"""Acceptance and refusal of acceptance: the two slips the law asks for, dated and sealed.

Source: AC-5, AC-14; S02 arts. 32, 38.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from approvals.rules.progress import Move
from concierge.kernel.errors import N_
from documents.press.kind import DocumentKind, Form, Retention
from documents.press.page import Column, Page
from documents.queries.move_case import MoveCase, move_case
from documents.queries.step_materials import handed_in_rows, held_papers
from documents.rules.facts import DocumentFacts, MissingFact, Value

REFUSED = (Move.NOT_ACCEPT, Move.DECLINE)


def acceptance_facts(session: Session, move_id: int, on: date) -> DocumentFacts:
    """The acceptance of one step. Shape: nine queries."""
    move = move_case(session, move_id)
    case, project = move.of, move.of.of
    held = held_papers(session, case.step.project_id)
    rows = handed_in_rows(project, held, case.step.code)
    values: dict[str, Value] = {
        "project": project.words(),
        "step": case.words(on),
        "accepted": move.words,
        "papers": rows,
        "officers": project.officers(),
        "has_deferred": any(str(row["state"]).startswith("容缺") for row in rows),
    }
    return DocumentFacts(
        values=values,
        addressee=project.project.enterprise.name,
        data_on=on,
        project_id=project.project.id,
        department=case.step.department,
        prefilled=project.prefilled("项目代码", "单位名称", "统一社会信用代码"),
        missing=move.wrong_move(move.line.move is Move.ACCEPT, "受理日期"),
    )


def compose_acceptance(page: Page) -> None:
    """The acceptance slip: what was accepted, on which day, by when it is decided, and which papers came."""
    page.letterhead("step.department")
    page.number()
    page.title("受理通知书")
    page.addressee()
    with page.when("step.received_on"):
        page.text(
            "你单位于{{ step.received_on|cndate }}就“{{ project.name }}”（项目代码：{{ project.code }}）"
            "提出的"
            "“{{ step.name }}”申请及有关材料收悉。经审查，该申请属于本机关职权范围，申请材料齐全、"
            "符合法定形式，"
            "决定自{{ accepted.on|cndate }}起予以受理。"
        )
    with page.when("not step.received_on"):
        page.text(
            "你单位就“{{ project.name }}”（项目代码：{{ project.code }}）提出的“{{ step.name }}”"
            "申请及有关材料"
            "收悉。经审查，该申请属于本机关职权范围，申请材料齐全、符合法定形式，"
            "决定自{{ accepted.on|cndate }}起予以受理。"
        )
    with page.when("has_deferred"):
        page.text("其中标明“容缺”的材料系你单位书面承诺后补交，请在所列日期前补齐；容缺期间不停止审查。")
    _limits(page)
    page.heading(1, "二、已收材料")
    page.table(
        (
            Column("序号", 12, "{{ row.no }}", align="center"),
            Column("材料名称", 60, "{{ row.name }}"),
            Column("类别", 14, "{{ row.main }}"),
            Column("材料来源", 36, "{{ row.source }}"),
            Column("收取情况", 34, "{{ row.state }}"),
        ),
        "papers",
    )
    page.text("办理进度可以凭本通知书编号向帮办代办服务机构查询，联系电话：{{ office.phone }}。")
    page.basis("accepted.basis")
    page.prefilled()
    page.sign("{{ step.department }}")


def _limits(page: Page) -> None:
    page.heading(1, "一、办理期限")
    with page.when("accepted.promised_end_on"):
        page.text(
            "承诺于{{ accepted.promised_end_on|cndate }}前作出决定。期限以工作日计算，自受理之日的次日起算。"
        )
    with page.when("accepted.statutory_end_on"):
        page.text("依法应当在{{ accepted.statutory_end_on|cndate }}前作出决定。")
    page.text(
        "依法需要听证、招标、拍卖、检验、检测、检疫、鉴定和专家评审的，所需时间不计算在上述期限内，"
        "本机关将书面告知所需时间。"
    )


def refusal_facts(session: Session, move_id: int, on: date) -> DocumentFacts:
    """The refusal to accept one step, with its reasons. Shape: six queries."""
    move = move_case(session, move_id)
    case, project = move.of, move.of.of
    return DocumentFacts(
        values={
            "project": project.words(),
            "step": case.words(on),
            "refused": move.words,
            "reasons": [{"text": line} for line in reasons_of(move)],
            "is_not_needed": move.line.move is Move.NOT_ACCEPT,
        },
        addressee=project.project.enterprise.name,
        data_on=on,
        project_id=project.project.id,
        department=case.step.department,
        prefilled=project.prefilled("项目代码", "单位名称"),
        missing=_missing_of_refusal(move),
    )


def reasons_of(move: MoveCase) -> list[str]:
    """The reasons of a move, one each."""
    return [line.strip() for line in move.line.reason.splitlines() if line.strip()]


def _missing_of_refusal(move: MoveCase) -> tuple[MissingFact, ...]:
    wrong = move.wrong_move(move.line.move in REFUSED, "不予受理的记录")
    return wrong or move.wrong_move(bool(reasons_of(move)), "不予受理的理由")


def compose_refusal(page: Page) -> None:
    """The refusal to accept: reasons first, then the two remedies. Source: AC-14, S02 art. 38, S84."""
    page.letterhead("step.department")
    page.number()
    page.title("不予受理决定书")
    page.addressee()
    page.text(
        "你单位就“{{ project.name }}”（项目代码：{{ project.code }}）提出的“{{ step.name }}”申请收悉。"
        "经审查，本机关于{{ refused.on|cndate }}决定不予受理，理由如下："
    )
    with page.each("reason", "reasons"):
        page.text("{{ loop.index|cnnum }}、{{ reason.text }}")
    page.basis("refused.basis", "上述决定的依据：")
    with page.when("is_not_needed"):
        page.text("该申请依法不需要取得行政许可，或者不属于本机关职权范围的，请按上述理由向有权机关提出。")
    page.text(
        "如不服本决定，可以自收到本决定书之日起六十日内依法申请行政复议，或者自收到本决定书之日起"
        "六个月内依法向人民法院提起行政诉讼。"
    )
    page.text("如需帮助办理，请联系帮办代办服务机构，联系电话：{{ office.phone }}。")
    page.prefilled()
    page.sign("{{ step.department }}")


KINDS = (
    DocumentKind(
        code="acceptance-slip",
        moves=(Move.ACCEPT.value,),
        title_zh="受理通知书",
        name=N_("Notice of acceptance"),
        about="move",
        series="受",
        form=Form.LETTER,
        facts=acceptance_facts,
        compose=compose_acceptance,
        basis=("licensing-32", "licensing-45"),
        retention=Retention.THIRTY_YEARS,
        is_sealed=True,
        is_for_owner=True,
    ),
    DocumentKind(
        code="refusal-slip",
        moves=tuple(move.value for move in REFUSED),
        title_zh="不予受理决定书",
        name=N_("Refusal to accept"),
        about="move",
        series="不受",
        form=Form.LETTER,
        facts=refusal_facts,
        compose=compose_refusal,
        basis=("licensing-32", "licensing-38"),
        retention=Retention.THIRTY_YEARS,
        is_sealed=True,
    ),
)
