"""What an enterprise signs so that the concierge office may act: the entrustment, and the letter of attorney.

Source: AB-11, AC-16; S02 art. 29; 民法典 arts. 165, 919.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from concierge.kernel.errors import N_
from documents.press.kind import DocumentKind, Form, Retention
from documents.press.ooxml import ControlKind
from documents.press.page import Column, Field, Page
from documents.queries.form_answers import answers_of
from documents.queries.form_case import asked_by_words
from documents.queries.project_case import ProjectCase, project_case
from documents.rules.facts import DocumentFacts, MissingFact, Value

LEFT_BLANK = "年　　月　　日"


def mandate_facts(session: Session, project_id: int, on: date) -> DocumentFacts:
    """Who entrusts whom with which matters. Shape: four queries."""
    case = project_case(session, project_id)
    answers = answers_of(session, project_id)
    legal_person = answers.get("legal_person")
    matters: list[Value] = [
        {
            "no": no,
            "name": one.matter.name_zh,
            "department": asked_by_words(case, (), (one.code,)),
        }
        for no, one in enumerate((one for one in case.expansion.steps if _is_entrusted(case, one.code)), 1)
    ]
    values: dict[str, Value] = {
        "project": case.words(),
        "legal_person": legal_person.value if legal_person else "",
        "officers": case.officers(),
        "matters": matters,
        "count": len(matters),
        "until": case.project.target_on,
    }
    return DocumentFacts(
        values=values,
        addressee=case.project.enterprise.name,
        data_on=on,
        project_id=project_id,
        prefilled=case.prefilled("项目代码", "单位名称", "统一社会信用代码"),
        missing=_missing(case),
    )


def _is_entrusted(case: ProjectCase, code: str) -> bool:
    """A step that is still to be done, and that is not the enterprise's own business."""
    step = case.step(code)
    return (
        step is not None and step.finished_on is None and case.catalogue.matter(code).lead_department != "ENT"
    )


def _missing(case: ProjectCase) -> tuple[MissingFact, ...]:
    project_id = case.project.id
    nobody = () if case.pairing else (MissingFact(name="帮办代办A、B角", page=f"/projects/{project_id}"),)
    return case.missing_of_owner("联系人", "联系电话") + nobody


def _parties(page: Page) -> None:
    page.fields(
        (
            (Field("委托单位", "{{ project.owner }}"), Field("统一社会信用代码", "{{ project.uscc }}")),
            (
                Field("法定代表人", "{{ legal_person }}", control="legal_person"),
                Field("联系人", "{{ project.contact }} {{ project.phone }}"),
            ),
            Field("单位地址", "{{ project.address }}"),
            (Field("受托单位", "{{ office.name }}"), Field("联系电话", "{{ office.phone }}")),
            (Field("代办人员A角", "{{ officers.a }}"), Field("代办人员B角", "{{ officers.b }}")),
            (Field("项目名称", "{{ project.name }}"), Field("项目代码", "{{ project.code }}")),
        )
    )


def _matters(page: Page) -> None:
    page.table(
        (
            Column("序号", 12, "{{ row.no }}", align="center"),
            Column("事项", 96, "{{ row.name }}"),
            Column("办理部门", 48, "{{ row.department }}"),
        ),
        "matters",
    )


def compose_entrustment(page: Page) -> None:
    """The entrustment: free, voluntary, an agent and no decision maker; in two originals. Source: AB-11."""
    page.title("项目帮办代办委托协议")
    page.number()
    _parties(page)
    page.text("经双方协商，就上列项目的帮办代办服务约定如下：")
    page.text(
        "一、委托事项：自签订之日起尚未办结的下列{{ count }}个事项，包括咨询、材料准备、提交、跟踪、"
        "协调和领取。"
    )
    page.text("二、服务免费、自愿。受托方不收取任何费用，不指定中介机构，不承诺审批结果。")
    page.text("三、每个项目由A、B两名代办人员负责；A角不在岗时由B角接替，接替当日告知委托方。")
    page.text(
        "四、委托方对提交材料和填报内容的真实性负责。申请、承诺、合同等应当由委托方本人作出的意思表示，"
        "受托方不得代为签署。"
    )
    page.text("五、受托方保守委托方的商业秘密，个人信息只用于办理委托事项。")
    page.text("六、委托方可以随时书面终止委托；项目办结的，本协议自办结单送达之日终止。")
    page.text("七、本协议一式二份，双方各执一份。")
    page.caption("委托事项清单")
    _matters(page)
    page.fields(
        (
            (Field("委托方（盖章）", "", lines=3), Field("受托方（盖章）", "{{ office.name }}", lines=3)),
            (
                Field("委托方签字", "", control="owner_signed"),
                Field("受托方签字", "", control="office_signed"),
            ),
            (
                Field("委托方签署日期", "", control="owner_signed_on", control_kind=ControlKind.DATE),
                Field("受托方签署日期", "", control="office_signed_on", control_kind=ControlKind.DATE),
            ),
        )
    )
    page.basis()
    page.prefilled()


def compose_attorney(page: Page) -> None:
    """The letter of attorney: what the agent may do, and what it may not. Source: AC-16."""
    page.title("授权委托书")
    page.number()
    _parties(page)
    page.text(
        "兹委托{{ officers.a }}（A角）、{{ officers.b }}（B角）为本单位的代理人，"
        "办理“{{ project.name }}”（项目代码：{{ project.code }}）下列事项的有关手续。"
    )
    page.text(
        "代理权限：代为提交和补正申请材料、接收告知和送达文书、领取办理结果、查询进度、参加会审和现场踏勘。"
    )
    page.text(
        "代理人无权代表本单位签署承诺、合同和申请书，无权放弃权利或者选定中介机构。"
        "两名代理人可以各自单独行使代理权。"
    )
    page.text(
        "代理期限：自本委托书签署之日起"
        "{% if until %}至{{ until|cndate }}{% else %}至委托事项全部办结{% endif %}，"
        "提前终止的以本单位书面通知为准。"
    )
    page.caption("委托办理的事项")
    _matters(page)
    page.fields(
        (
            (
                Field("授权签字", "", control="owner_signed", lines=2),
                Field("签署日期", "", control="owner_signed_on", control_kind=ControlKind.DATE),
            ),
            (Field("代理人A角签字", "", lines=2), Field("代理人B角签字", "", lines=2)),
        )
    )
    page.basis()
    page.prefilled()
    page.sign("{{ project.owner }}", LEFT_BLANK)


KINDS = (
    DocumentKind(
        code="project-entrustment",
        title_zh="项目帮办代办委托协议",
        name=N_("Entrustment of a project"),
        about="project",
        series="托",
        form=Form.SHEET,
        facts=mandate_facts,
        compose=compose_entrustment,
        basis=("civil-919", "licensing-29"),
        retention=Retention.THIRTY_YEARS,
        is_sealed=True,
        is_for_owner=True,
    ),
    DocumentKind(
        code="letter-of-attorney",
        title_zh="授权委托书",
        name=N_("Letter of power of attorney"),
        about="project",
        series="授",
        form=Form.SHEET,
        facts=mandate_facts,
        compose=compose_attorney,
        basis=("licensing-29", "civil-165"),
        retention=Retention.THIRTY_YEARS,
        goes_along=True,
    ),
)
