"""The notices of a step: everything missing told once, a correction, a special procedure, an extension.

Source: AC-1, AC-4, CL-1, CL-5, CL-6, AC-7, AC-8; S02 arts. 32, 42, 45.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from approvals.models.case import StopRow
from approvals.rules.lifecycle import StopKind
from approvals.rules.progress import Move
from concierge.kernel.errors import N_
from documents.kinds.words import STOP_WORDS
from documents.press.kind import DocumentKind, Form, Retention
from documents.press.page import Column, Page
from documents.queries.move_case import (
    MoveCase,
    extension_of,
    move_case,
    notice_of,
    stop_of,
    told_rows,
)
from documents.rules.facts import DocumentFacts, MissingFact, Value

TOLD = (
    Column("序号", 11, "{{ row.no }}", align="center"),
    Column("材料名称", 58, "{{ row.name }}"),
    Column("情况", 23, "{{ row.fault }}", align="center"),
    Column("需要补正的内容和要求", 64, "{{ row.words }}"),
)


def _facts(
    move: MoveCase, on: date, values: dict[str, Value], missing: tuple[MissingFact, ...]
) -> DocumentFacts:
    """What every notice of a step says, and its own values."""
    project = move.of.of
    return DocumentFacts(
        values={"project": project.words(), "step": move.of.words(on), "told": move.words, **values},
        addressee=project.project.enterprise.name,
        data_on=on,
        project_id=project.project.id,
        department=move.of.step.department,
        prefilled=project.prefilled("项目代码", "单位名称"),
        missing=missing,
    )


def one_time_facts(session: Session, move_id: int, on: date) -> DocumentFacts:
    """Everything a step lacks, told once. Shape: eight queries."""
    move = move_case(session, move_id)
    notice = notice_of(session, move)
    rows = told_rows(move, notice)
    late = notice is not None and notice.tell_by is not None and notice.told_on > notice.tell_by
    values: dict[str, Value] = {
        "items": rows,
        "count": len(rows),
        "record": notice.number if notice else move.line.paper,
        "tell_by": notice.tell_by if notice else None,
        "is_late": late,
    }
    fits = move.line.move is Move.CORRECT and bool(rows)
    return _facts(move, on, values, move.wrong_move(fits, "需要补正的材料清单"))


def compose_one_time(page: Page) -> None:
    """The one-time notice. Source: AC-1: the whole list, once; AC-4: no second one."""
    page.letterhead("step.department")
    page.number()
    page.title("一次性告知书")
    page.addressee()
    page.text(
        "你单位就“{{ project.name }}”（项目代码：{{ project.code }}）提出的“{{ step.name }}”"
        "申请及有关材料收悉。"
        "经审查，申请材料不齐全或者不符合法定形式。现将需要补正的全部内容一次性告知如下"
        "（共{{ count }}项，登记编号{{ record }}）："
    )
    page.table(TOLD, "items")
    with page.when("step.received_on"):
        page.text("本机关于{{ step.received_on|cndate }}收到申请材料，{{ told.on|cndate }}作出本告知。")
    with page.when("is_late"):
        page.text(
            "本告知超过法定的五日告知期限。依照法律规定，逾期不告知的，自收到申请材料之日起即为受理；"
            "办理期限自该日起计算，不因本告知重新起算。"
        )
    page.text("请按上表补正后一并提交。本告知书已列明全部内容，除上列内容外不再要求补正其他材料。")
    page.text(
        "材料补正齐全后即予受理；对补正内容有疑问的，可以向帮办代办服务机构咨询，联系电话："
        "{{ office.phone }}。"
    )
    page.basis("told.basis")
    page.prefilled()
    page.sign("{{ step.department }}")


def correction_facts(session: Session, move_id: int, on: date) -> DocumentFacts:
    """A correction asked for after acceptance, while the clock stands still. Shape: nine queries."""
    move = move_case(session, move_id)
    rows = told_rows(move, notice_of(session, move))
    stop = stop_of(session, move)
    values: dict[str, Value] = {"items": rows, "count": len(rows), "stop": _stop_words(stop)}
    fits = move.line.move is Move.CORRECT and bool(rows)
    return _facts(move, on, values, move.wrong_move(fits, "需要补正的材料清单"))


def compose_correction(page: Page) -> None:
    """The correction notice. Source: CL-5."""
    page.letterhead("step.department")
    page.number()
    page.title("补正通知书")
    page.addressee()
    page.text(
        "你单位“{{ project.name }}”（项目代码：{{ project.code }}）的“{{ step.name }}”申请，"
        "经审查需要补正。请按下表所列内容补正（共{{ count }}项）："
    )
    page.table(TOLD, "items")
    with page.when("stop.planned_last_on"):
        page.text(
            "请于{{ stop.planned_last_on|cndate }}前补正完毕。自本通知送达之日起至收到全部补正材料之日止，"
            "所需时间不计算在办理期限内；收到全部补正材料的次一工作日起恢复计算。"
        )
    with page.when("not stop.planned_last_on"):
        page.text("本申请尚未受理，办理期限自受理之日的次日起算。")
    page.text(
        "本通知列明全部需要补正的内容。如需协助，请联系帮办代办服务机构，联系电话：{{ office.phone }}。"
    )
    page.basis("told.basis")
    page.prefilled()
    page.sign("{{ step.department }}")


def procedure_facts(session: Session, move_id: int, on: date) -> DocumentFacts:
    """A special procedure outside the limit, and how long it is planned to take. Shape: seven queries."""
    move = move_case(session, move_id)
    stop = stop_of(session, move)
    fits = stop is not None and stop.kind is not StopKind.CORRECTION
    values: dict[str, Value] = {"stop": _stop_words(stop)}
    return _facts(move, on, values, move.wrong_move(fits, "特别程序的记录（停表）"))


def _stop_words(stop: StopRow | None) -> dict[str, Value]:
    if stop is None:
        return {"kind": "", "first_on": None, "planned_last_on": None, "days": 0, "reason": "", "basis": ""}
    return {
        "kind": STOP_WORDS[stop.kind],
        "first_on": stop.first_on,
        "planned_last_on": stop.planned_last_on,
        "days": (stop.planned_last_on - stop.first_on).days + 1,
        "reason": stop.reason,
        "basis": stop.basis,
        "decided_by": stop.decided_by,
    }


def compose_procedure(page: Page) -> None:
    """The special-procedure notice: what it is and how long it is planned to take. Source: CL-1, CL-6."""
    page.letterhead("step.department")
    page.number()
    page.title("特别程序告知书")
    page.addressee()
    page.text(
        "你单位“{{ project.name }}”（项目代码：{{ project.code }}）的“{{ step.name }}”，"
        "办理中依法需要进行{{ stop.kind }}，所需时间不计算在办理期限内。现将有关事项告知如下："
    )
    page.text("一、程序名称：{{ stop.kind }}。")
    with page.when("stop.reason"):
        page.text("二、进行的理由：{{ stop.reason }}。")
    page.text(
        "三、所需时间：自{{ stop.first_on|cndate }}起，计划至{{ stop.planned_last_on|cndate }}止，"
        "共{{ stop.days }}日（自然日，含首尾两日）。"
    )
    page.text(
        "四、办理期限：程序结束的次一工作日起恢复计算。提前结束的，自实际结束之日起恢复；"
        "超过计划时间仍未结束的，将另行书面告知。"
    )
    page.basis("stop.basis", "五、法律依据：")
    page.prefilled()
    page.sign("{{ step.department }}")


def extension_facts(session: Session, move_id: int, on: date) -> DocumentFacts:
    """An extended limit, with its reasons and who approved it. Shape: seven queries."""
    move = move_case(session, move_id)
    row = extension_of(session, move)
    values: dict[str, Value] = {
        "extended": {
            "workdays": row.workdays if row else 0,
            "approved_by": row.approved_by if row else "",
            "reason": row.reason if row else "",
            "basis": (row.basis if row else "") or str(move.words["basis"]),
            "on": row.on if row else None,
        }
    }
    missing = move.wrong_move(row is not None, "延长办理期限的记录")
    if row is not None and not row.reason:
        missing = move.wrong_move(False, "延长办理期限的理由")
    return _facts(move, on, values, missing)


def compose_extension(page: Page) -> None:
    """The extension notice: the reasons are told to the applicant. Source: AC-7, AC-8 (S02 art. 42)."""
    page.letterhead("step.department")
    page.number()
    page.title("延长办理期限告知书")
    page.addressee()
    page.text(
        "你单位“{{ project.name }}”（项目代码：{{ project.code }}）的“{{ step.name }}”，"
        "在规定期限内不能作出决定。经{{ extended.approved_by }}批准，"
        "办理期限自{{ extended.on|cndate }}起延长{{ extended.workdays }}个工作日。"
    )
    page.text("延长的理由：{{ extended.reason }}。")
    with page.when("told.promised_end_on"):
        page.text("延长后，承诺于{{ told.promised_end_on|cndate }}前作出决定。")
    with page.when("told.statutory_end_on"):
        page.text("延长后的法定期限至{{ told.statutory_end_on|cndate }}。")
    page.text("同一申请的办理期限只延长一次。")
    page.basis("extended.basis")
    page.prefilled()
    page.sign("{{ step.department }}")


def _notice(code: str, title: str, name: str, series: str, **told: object) -> DocumentKind:
    return DocumentKind(
        code=code,
        title_zh=title,
        name=name,
        about="move",
        series=series,
        form=Form.LETTER,
        retention=Retention.THIRTY_YEARS,
        is_sealed=True,
        **told,  # type: ignore[arg-type]
    )


KINDS = (
    _notice(
        "one-time-notice", "一次性告知书", N_("One-time notice"), "告",
        facts=one_time_facts, moves=(Move.CORRECT.value,), compose=compose_one_time, basis=("licensing-32",),
        is_for_owner=True,
    ),
    _notice(
        "correction-notice", "补正通知书", N_("Correction notice"), "补",
        facts=correction_facts, moves=(Move.CORRECT.value,), compose=compose_correction,
        basis=("licensing-32",),
    ),
    _notice(
        "special-procedure-notice", "特别程序告知书", N_("Special-procedure notice"), "特",
        facts=procedure_facts, moves=(Move.STOP.value,), compose=compose_procedure, basis=("licensing-45",),
    ),
    _notice(
        "extension-notice", "延长办理期限告知书", N_("Extension notice"), "延",
        facts=extension_facts, moves=(Move.EXTEND.value,), compose=compose_extension, basis=("licensing-42",),
    ),
)  # fmt: skip
