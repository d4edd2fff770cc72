"""What a joint review comes to: the one answer, and the opinion under a blue seal.

Source: PR-3, PR-9; S08 art. 5; S10.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from approvals.rules.contradictions import Contradiction
from approvals.rules.joint_reviews import Member, ReviewKind
from approvals.rules.opinions import Stance
from concierge.kernel.errors import N_
from documents.kinds.words import ANSWER_WORDS, REVIEW_WORDS, STANCE_WORDS
from documents.press.kind import DocumentKind, Form, Retention
from documents.press.page import Column, Page
from documents.queries.review_case import ReviewCase, opinion_case, review_case
from documents.rules.days import short_day
from documents.rules.facts import DocumentFacts, Value


def consolidated_facts(session: Session, review_id: int, on: date) -> DocumentFacts:
    """One answer from many opinions. Shape: fourteen queries at the most."""
    case = review_case(session, review_id)
    whole, answer = case.whole, case.review.answer
    values: dict[str, Value] = {
        "project": case.of.words(),
        "review": case.words(),
        "way": REVIEW_WORDS[case.review.kind],
        "conclusion": ANSWER_WORDS[answer.kind if answer else whole.kind],
        "answer": {"text": answer.text if answer else "", "on": answer.on if answer else None},
        "opinions": [_opinion_row(case, member, no) for no, member in enumerate(case.review.standing, 1)],
        "conditions": [
            {"no": no, "text": one.text, "department": case.department(one.department)}
            for no, one in enumerate(whole.conditions, 1)
        ],
        "materials": [
            {"no": no, "text": one.text, "departments": case.departments(one.departments)}
            for no, one in enumerate(whole.materials, 1)
        ],
        "settled": [_settled(one) for one in whole.contradictions if one.is_settled],
    }
    missing = (
        case.lacks(not whole.outstanding, f"{case.departments(whole.outstanding)}的意见")
        + case.lacks(not whole.not_ours, f"{case.departments(whole.not_ours)}称不属本部门职责的处理")
        + case.lacks(not whole.unsettled, "相互矛盾的条件的协调结果")
    )
    return DocumentFacts(
        values=values,
        addressee=case.of.project.enterprise.name,
        data_on=on,
        project_id=case.review.project_id,
        department=case.review.lead,
        prefilled=case.prefilled(),
        missing=missing,
    )


def _opinion_row(case: ReviewCase, member: Member, no: int) -> Value:
    said = STANCE_WORDS[member.stance] if member.stance else "未答复"
    if member.stance is Stance.SILENT and case.review.silence_agrees:
        said = "逾期未答复，视为同意"
    if member.stance is Stance.NOT_OURS and member.handed_to:
        said = f"{said}，由{case.department(member.handed_to)}办理"
    return {
        "no": no,
        "department": case.department(member.department),
        "stance": said,
        "on": short_day(member.given.given_on) if member.given else "",
        "text": member.given.text if member.given else "",
    }


def _settled(one: Contradiction) -> Value:
    return {
        "first": one.first.text,
        "second": one.second.text,
        "resolution": one.resolution,
        "by": one.resolved_by,
    }


def compose_consolidated(page: Page) -> None:
    """The consolidated opinion: one conclusion, one list each. Source: PR-3."""
    page.letterhead("review.lead")
    page.number()
    page.title("并联审批综合意见")
    page.addressee()
    page.text(
        "你单位“{{ project.name }}”（项目代码：{{ project.code }}）申请办理{{ review.steps }}，"
        "由{{ review.lead }}牵头组织{{ review.group }}，以{{ way }}方式审查。"
        "现将综合意见一次性告知如下：{{ conclusion }}。"
    )
    with page.when("answer.text"):
        page.text("{{ answer.text }}")
    page.heading(1, "一、各部门意见")
    page.table(
        (
            Column("序号", 11, "{{ row.no }}", align="center"),
            Column("部门", 48, "{{ row.department }}"),
            Column("结论", 36, "{{ row.stance }}"),
            Column("日期", 25, "{{ row.on }}", align="center"),
            Column("说明", 36, "{{ row.text }}"),
        ),
        "opinions",
    )
    page.heading(1, "二、需要落实的条件")
    with page.when("conditions"):
        page.table(
            (
                Column("序号", 11, "{{ row.no }}", align="center"),
                Column("条件", 97, "{{ row.text }}"),
                Column("提出部门", 48, "{{ row.department }}"),
            ),
            "conditions",
        )
    with page.when("not conditions"):
        page.text("无。")
    page.heading(1, "三、需要补充的材料")
    with page.when("materials"):
        page.table(
            (
                Column("序号", 11, "{{ row.no }}", align="center"),
                Column("材料", 88, "{{ row.text }}"),
                Column("提出部门", 57, "{{ row.departments }}"),
            ),
            "materials",
        )
        page.text("以上为需要补充的全部材料，请一次提交至牵头单位，由牵头单位分送有关部门。")
    with page.when("not materials"):
        page.text("无。")
    with page.when("settled"):
        page.heading(1, "四、部门意见的协调")
    with page.each("one", "settled"):
        page.text(
            "“{{ one.first }}”与“{{ one.second }}”不能同时满足，经{{ one.by }}协调：{{ one.resolution }}"
        )
    page.basis()
    page.prefilled()
    page.sign("{{ review.lead }}")


def blue_seal_facts(session: Session, member_id: int, on: date) -> DocumentFacts:
    """One department's opinion before the land is held. Shape: fifteen queries at the most."""
    case, member = opinion_case(session, member_id)
    given = member.given
    values: dict[str, Value] = {
        "project": case.of.words(),
        "review": case.words(),
        "department": case.department(member.department),
        "about": member.asked_for or case.steps_of(member),
        "basis_of_steps": case.basis(case.review.steps, on),
        "stance": STANCE_WORDS[given.stance] if given else "",
        "text": given.text if given else "",
        "conditions": [{"text": one.text} for one in (given.conditions if given else ())],
        "materials": [{"text": one.text} for one in (given.materials if given else ())],
    }
    missing = case.lacks(
        case.review.kind is ReviewKind.BEFORE_LAND, "取得土地前的预审（本次会审不是预审）"
    ) or case.lacks(
        given and given.stance is not Stance.SILENT, f"{case.department(member.department)}的预审意见"
    )
    return DocumentFacts(
        values=values,
        addressee=case.of.project.enterprise.name,
        data_on=on,
        project_id=case.review.project_id,
        department=member.department,
        prefilled=case.prefilled(),
        missing=missing,
    )


def compose_blue_seal(page: Page) -> None:
    """The pre-review opinion; it says of itself that it is no licence. Source: PR-9."""
    page.letterhead("department")
    page.number()
    page.title("预审意见书（蓝章）")
    page.addressee()
    page.text(
        "你单位“{{ project.name }}”（项目代码：{{ project.code }}）拟以“拿地即开工”方式建设，"
        "自愿在取得土地前申请预审{{ about }}，并承担由此产生的风险。"
        "我单位视同土地已经取得进行了审查，预审意见为：{{ stance }}。"
    )
    with page.when("text"):
        page.text("{{ text }}")
    with page.when("conditions"):
        page.text("正式办理时应当落实下列条件：")
    with page.each("one", "conditions"):
        page.text("（{{ loop.index|cnnum }}）{{ one.text }}")
    with page.when("materials"):
        page.text("正式办理前还需补充下列材料：")
    with page.each("one", "materials"):
        page.text("（{{ loop.index|cnnum }}）{{ one.text }}")
    page.text(
        "本意见加盖蓝章，仅作为取得土地前的预审意见，不是行政许可，不得据此开工建设。"
        "签订土地出让合同、缴清土地价款并取得不动产权证后，申请内容与预审内容一致的，即换发正式文书（红章）。"
    )
    page.text("申请内容、规划条件或者法律规定发生变化的，应当重新审查。")
    page.basis("basis_of_steps")
    page.prefilled()
    page.sign("{{ department }}")


KINDS = (
    DocumentKind(
        code="consolidated-opinion",
        title_zh="并联审批综合意见",
        name=N_("Consolidated opinion"),
        about="review",
        series="综",
        form=Form.LETTER,
        facts=consolidated_facts,
        compose=compose_consolidated,
        basis=("environment-order-42",),
        retention=Retention.THIRTY_YEARS,
        is_sealed=True,
    ),
    DocumentKind(
        code="blue-seal-opinion",
        moves=(ReviewKind.BEFORE_LAND.value,),
        title_zh="预审意见书（蓝章）",
        name=N_("Pre-review opinion under a blue seal"),
        about="opinion",
        series="预",
        form=Form.LETTER,
        facts=blue_seal_facts,
        compose=compose_blue_seal,
        retention=Retention.THIRTY_YEARS,
        is_sealed=True,
    ),
)
