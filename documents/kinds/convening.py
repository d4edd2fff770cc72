"""The convening notice of a joint review, and the sheet each department answers on.

Source: PR-3, PR-4, PR-5; S08 arts. 5, 13.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from approvals.rules.joint_reviews import Member, ReviewKind
from approvals.rules.opinions import Stance
from concierge.kernel.errors import N_
from documents.kinds.words import REVIEW_WORDS, STANCE_WORDS
from documents.press.kind import DocumentKind, Form, Retention
from documents.press.ooxml import ControlKind
from documents.press.page import Column, Field, Page
from documents.queries.review_case import ReviewCase, opinion_case, review_case
from documents.rules.days import short_day
from documents.rules.facts import DocumentFacts, Value

ANSWERS = tuple(STANCE_WORDS[one] for one in Stance if one is not Stance.SILENT)
"""What a department may answer: silence is nothing anybody writes."""

WRITTEN = ("stance", "conditions", "materials", "text", "by", "number")


def _scale(case: ReviewCase) -> dict[str, Value]:
    """The size of a project, as reviewers ask for it first."""
    told = ("investment_wan", "land_area_ha", "floor_area_m2", "storeys", "height_m", "land_supply")
    return {name: case.of.fact(name) for name in told}


def convening_facts(session: Session, review_id: int, on: date) -> DocumentFacts:
    """Who is called together, about what, where and by when. Shape: fourteen queries at the most."""
    case = review_case(session, review_id)
    review = case.review
    members: list[Value] = [
        {
            "no": no,
            "name": case.department(one.department),
            "part": "牵头" if one.is_lead else "参加",
            "about": one.asked_for or case.steps_of(one),
            "due_on": short_day(one.due_on),
        }
        for no, one in enumerate(review.asked_now, 1)
    ]
    values: dict[str, Value] = {
        "project": case.of.words(),
        "review": case.words(),
        "way": REVIEW_WORDS[review.kind],
        "scale": _scale(case),
        "members": members,
        "basis_of_steps": case.basis(review.steps, on),
        "is_visit": review.kind is ReviewKind.SITE_VISIT,
        "is_meeting": case.session_on is not None,
        "is_again": review.round > 1,
        "officers": case.of.officers(),
    }
    return DocumentFacts(
        values=values,
        addressee="各会审成员单位",
        data_on=on,
        project_id=review.project_id,
        department=review.lead,
        prefilled=case.prefilled(),
        missing=case.lacks(members, "参加会审的部门"),
    )


def compose_convening(page: Page) -> None:
    """The convening notice: told beforehand, one day to answer by, one list. Source: PR-3, PR-4."""
    page.letterhead("review.lead")
    page.number()
    page.title("关于召开并联审批会审的通知")
    page.addressee()
    page.text(
        "{{ project.owner }}“{{ project.name }}”（项目代码：{{ project.code }}）申请办理{{ review.steps }}。"
        "根据工程建设项目并联审批有关规定，由{{ review.lead }}牵头组织{{ review.group }}，"
        "现将有关事项通知如下。"
    )
    page.heading(1, "一、会审内容")
    with page.when("review.subject"):
        page.text("{{ review.subject }}")
    page.text(
        "项目总投资{{ scale.investment_wan }}，用地面积{{ scale.land_area_ha }}，"
        "建筑面积{{ scale.floor_area_m2 }}，"
        "供地方式为{{ scale.land_supply }}。"
    )
    with page.when("is_again"):
        page.text("本次为第{{ review.round|cnnum }}轮会审，只请下表所列有关单位就所列内容再提出意见。")
    page.heading(1, "二、会审方式和时间")
    with page.when("is_meeting"):
        page.text("采用{{ way }}方式，时间为{{ review.session_on|cndate }}{{ review.place }}。")
    with page.when("not is_meeting"):
        page.text("采用{{ way }}方式。申请材料已于{{ review.sent_on|cndate }}同时送达各成员单位。")
    with page.when("is_visit"):
        page.text("各行政机关请指派两名以上工作人员一并到场，一次踏勘、共享结果，不再另行组织。")
    page.heading(1, "三、成员单位和意见提交期限")
    page.table(
        (
            Column("序号", 11, "{{ row.no }}", align="center"),
            Column("成员单位", 50, "{{ row.name }}"),
            Column("职责", 15, "{{ row.part }}", align="center"),
            Column("审查内容", 50, "{{ row.about }}"),
            Column("意见截止", 30, "{{ row.due_on }}"),
        ),
        "members",
    )
    _demands(page)
    page.basis("basis_of_steps")
    page.prefilled()
    page.sign("{{ review.lead }}")


def _demands(page: Page) -> None:
    page.heading(1, "四、有关要求")
    page.text(
        "请按期填写所附审查意见表，一次提出全部意见；有条件的逐条列明条件和依据，需要补充材料的列明全部材料。"
    )
    with page.when("review.silence_agrees"):
        page.text("逾期未提出意见的，按照本会审组规则视为同意。")
    with page.when("not review.silence_agrees"):
        page.text("逾期未提出意见的，不视为同意，由牵头单位催办并如实记录。")
    page.text("牵头单位汇总后形成一份综合意见，一次性告知申请人。")
    with page.when("officers.a"):
        page.text("帮办代办联系人：{{ officers.a }}、{{ officers.b }}，联系电话：{{ office.phone }}。")


def opinion_facts(session: Session, member_id: int, on: date) -> DocumentFacts:
    """The sheet of one department, with what it has said so far. Shape: fifteen queries at the most."""
    case, member = opinion_case(session, member_id)
    values: dict[str, Value] = {
        "project": case.of.words(),
        "review": case.words(),
        "way": REVIEW_WORDS[case.review.kind],
        "scale": _scale(case),
        "department": case.department(member.department),
        "asked": {
            "about": member.asked_for or case.steps_of(member),
            "due_on": member.due_on,
            "round": member.round,
            "basis": case.basis(case.review.steps, on),
        },
        "given": _given(member),
    }
    return DocumentFacts(
        values=values,
        addressee=case.department(member.department),
        data_on=on,
        project_id=case.review.project_id,
        department=member.department,
        prefilled=case.prefilled(),
    )


def _given(member: Member) -> dict[str, Value]:
    given = member.given
    if given is None or given.stance is Stance.SILENT:
        return {**dict.fromkeys(WRITTEN, ""), "on": None}
    return {
        "stance": STANCE_WORDS[given.stance],
        "conditions": "\n".join(one.text for one in given.conditions),
        "materials": "\n".join(one.text for one in given.materials),
        "text": given.text,
        "by": given.given_by,
        "number": given.number,
        "on": given.given_on,
    }


def compose_opinion(page: Page) -> None:
    """The opinion sheet: what is asked stands there, the department fills in the controls. Source: PR-4."""
    page.letterhead("review.lead")
    page.title("并联审批审查意见表")
    page.number()
    page.fields(
        (
            (Field("审查部门", "{{ department }}"), Field("会审组", "{{ review.group }}")),
            Field("项目名称", "{{ project.name }}"),
            (Field("项目代码", "{{ project.code }}"), Field("会审方式", "{{ way }}")),
            (
                Field("项目单位", "{{ project.owner }}"),
                Field("联系人", "{{ project.contact }} {{ project.phone }}"),
            ),
            (Field("总投资", "{{ scale.investment_wan }}"), Field("用地面积", "{{ scale.land_area_ha }}")),
            (Field("建筑面积", "{{ scale.floor_area_m2 }}"), Field("供地方式", "{{ scale.land_supply }}")),
            Field("审查内容", "{{ asked.about }}"),
            (
                Field("送达日期", "{{ review.sent_on|cndate }}"),
                Field("意见截止", "{{ asked.due_on|cndate }}"),
            ),
        )
    )
    page.caption("以下由审查部门填写")
    page.fields(
        (
            Field(
                "审查结论",
                "{{ given.stance }}",
                control="stance",
                control_kind=ControlKind.CHOICE,
                choices=ANSWERS,
            ),
            Field("附条件（逐条填写）", "{{ given.conditions }}", control="conditions", lines=3),
            Field("需要补充的材料", "{{ given.materials }}", control="materials", lines=2),
            Field("其他意见和说明", "{{ given.text }}", control="text", lines=2),
            Field("依据", "{{ asked.basis }}", control="basis", lines=2),
            (
                Field("审查人", "{{ given.by }}", control="given_by"),
                Field("联系电话", "", control="phone"),
            ),
            (
                Field(
                    "意见日期",
                    "{% if given.on %}{{ given.on|cndate }}{% endif %}",
                    control="given_on",
                    control_kind=ControlKind.DATE,
                ),
                Field("部门文号", "{{ given.number }}", control="number"),
            ),
            Field("审查部门（盖章）", lines=4),
        )
    )
    page.small(
        "填表说明：请一次提出全部意见。附条件和需要补充的材料请一行填写一条；填写后可以原表退回，由系统读取。"
    )
    with page.when("review.silence_agrees"):
        page.small("逾期未提出意见的，按照本会审组规则视为同意。")
    page.basis()
    page.prefilled()


KINDS = (
    DocumentKind(
        code="convening-notice",
        title_zh="关于召开并联审批会审的通知",
        name=N_("Convening notice of a joint review"),
        about="review",
        series="会",
        form=Form.RED_HEAD,
        facts=convening_facts,
        compose=compose_convening,
        basis=("environment-order-42",),
        retention=Retention.THIRTY_YEARS,
        is_sealed=True,
        goes_along=True,
    ),
    DocumentKind(
        code="opinion-sheet",
        title_zh="并联审批审查意见表",
        name=N_("Opinion sheet of a department"),
        about="opinion",
        series="审",
        form=Form.SHEET,
        facts=opinion_facts,
        compose=compose_opinion,
        retention=Retention.THIRTY_YEARS,
        is_sealed=True,
        goes_along=True,
    ),
)
