"""The project plan on paper: the two headline days, every step with its holder, the network and the bars.

Source: rules.md section 10; PR-12, both days; S23.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from concierge.kernel.errors import N_
from concierge.staff.queries import spoken_name
from documents.press.kind import DocumentKind, Form, Retention
from documents.press.page import Column, Field, Page
from documents.queries.plan_case import PlanCase, plan_case
from documents.queries.project_case import county_name
from documents.rules.facts import DocumentFacts, MissingFact, Prefilled, Value
from projects.rules.terms import DaysMode

COUNTED = {
    DaysMode.PROMISED: "承诺时限",
    DaysMode.CLOCK: "承诺时限加特别程序",
    DaysMode.ELAPSED: "承诺时限、特别程序加企业准备时间",
    DaysMode.STATUTORY: "法定时限加特别程序",
}


def plan_facts(session: Session, project_id: int, on: date) -> DocumentFacts:
    """The plan that stands. Shape: thirteen queries at the most."""
    case = plan_case(session, project_id, on)
    file = case.file
    project, plan = file.project, file.plan
    charts: list[Value] = [
        {"key": f"chart{at}", "title": title} for at, (title, _) in enumerate(case.charts, 1)
    ]
    values: dict[str, Value] = {
        "project": {
            "name": project.name,
            "code": project.code,
            "owner": project.enterprise.name,
            "kind": plan.expansion.template.name_zh,
        },
        "plan": {
            "version": case.version,
            "start_on": project.start_on,
            "permit_on": plan.permit_on,
            "permit_days": plan.workdays_to_permit or 0,
            "lawful_on": plan.lawful_start_on,
            "lawful_days": plan.workdays_to_start or 0,
            "target_on": project.target_on,
            "counted": COUNTED[plan.terms.days],
            "critical": "→".join(plan.step(code).number for code in plan.critical_path),
            "is_provisional": plan.is_provisional,
            "is_planning": file.is_planning,
        },
        "officers": _officers(case),
        "steps": list(case.rows),
        "left_out": [
            {"no": no, "name": one.matter.name_zh} for no, one in enumerate(plan.expansion.left_out, 1)
        ],
        "charts": charts,
    }
    return DocumentFacts(
        values=values,
        addressee=project.enterprise.name,
        data_on=on,
        project_id=project_id,
        prefilled=(
            Prefilled(field="各步骤日期", source=f"项目计划第{case.version}版", on=plan.terms.today),
            Prefilled(field="办理进展", source="办件记录"),
        ),
        missing=() if case.rows else (MissingFact(name="办理事项", page=f"/projects/{project_id}/facts"),),
        pictures={f"chart{at}": svg for at, (_, svg) in enumerate(case.charts, 1)},
    )


def _officers(case: PlanCase) -> Value:
    pairing = case.file.pairing
    liaison = case.file.project.liaison
    return {
        "a": spoken_name(pairing.a) if pairing else "",
        "b": spoken_name(pairing.b) if pairing else "",
        "liaison": spoken_name(liaison) if liaison else "",
        "county": county_name(),
    }


def compose_plan(page: Page) -> None:
    """The plan: head, table of steps, pictures, and what is not needed."""
    page.letterhead()
    page.title("项目审批办理计划")
    page.number()
    page.fields(
        (
            (Field("项目名称", "{{ project.name }}"), Field("项目代码", "{{ project.code }}")),
            (Field("项目单位", "{{ project.owner }}"), Field("项目类型", "{{ project.kind }}")),
            (
                Field(
                    "施工许可证预计核发",
                    "{% if plan.permit_on %}{{ plan.permit_on|cndate }}（第{{ plan.permit_days }}个工作日）"
                    "{% else %}不需要{% endif %}",
                ),
                Field(
                    "可以合法开工",
                    "{% if plan.lawful_on %}{{ plan.lawful_on|cndate }}（第{{ plan.lawful_days }}个工作日）"
                    "{% else %}不需要{% endif %}",
                ),
            ),
            (
                Field("起算日", "{{ plan.start_on|cndate }}"),
                Field("目标日", "{% if plan.target_on %}{{ plan.target_on|cndate }}{% endif %}"),
            ),
            (
                Field("帮办代办人员", "A角 {{ officers.a }}　B角 {{ officers.b }}"),
                Field("计算方式", "{{ plan.counted }}，计划第{{ plan.version }}版"),
            ),
            Field("关键线路", "{{ plan.critical }}"),
        )
    )
    page.caption("办理步骤")
    page.table(
        (
            Column("序号", 12, "{{ row.no }}", align="center"),
            Column("步骤", 72, "{{ row.name }}"),
            Column("办理单位", 44, "{{ row.department }}"),
            Column("时限", 26, "{{ row.limit }}", align="center"),
            Column("开始", 22, "{{ row.start }}", align="center"),
            Column("受理", 22, "{{ row.accept }}", align="center"),
            Column("完成", 22, "{{ row.finish }}", align="center"),
            Column("总时差", 15, "{{ row.slack }}", align="center"),
            Column("状态", 17, "{{ row.state }}", align="center"),
        ),
        "steps",
    )
    page.small("※关键工作：延误一天，总工期顺延一天。▲暂定：所涉年份放假安排尚未公布，公布后自动重算。")
    with page.when("plan.is_planning"):
        page.small("项目情况刚有变化，新一版计划正在计算，本表按最新记录推算。")
    page.sign()
    with page.each("chart", "charts"):
        page.page_break()
        page.caption("{{ chart.title }}")
        page.picture("get(chart.key)")
    with page.when("left_out"):
        page.caption("本项目不需要办理的事项")
        page.table(
            (Column("序号", 12, "{{ row.no }}", align="center"), Column("事项", 200, "{{ row.name }}")),
            "left_out",
        )
    page.basis()
    page.prefilled()


KINDS = (
    DocumentKind(
        code="project-plan",
        title_zh="项目审批办理计划",
        name=N_("Project plan with network and bars"),
        about="project",
        series="计",
        form=Form.WIDE_SHEET,
        facts=plan_facts,
        compose=compose_plan,
        basis=("construction-reform",),
        retention=Retention.TEN_YEARS,
    ),
)
