"""The record of a joint visit: when, where, who was there, what was seen, and what is to be done.

Source: PR-5, AC-13; S08 art. 14.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from approvals.queries import joint_reviews
from approvals.rules.joint_reviews import ReviewKind
from approvals.rules.minutes import Minutes
from concierge.kernel.errors import N_
from documents.kinds.words import STANCE_WORDS
from documents.press.kind import DocumentKind, Form, Retention
from documents.press.page import Column, Field, Page
from documents.queries.review_case import ReviewCase, review_case
from documents.rules.days import short_day
from documents.rules.facts import DocumentFacts, Value


def visit_facts(session: Session, review_id: int, on: date) -> DocumentFacts:
    """What was seen on site, by whom, and what is to be done. Shape: seventeen queries at the most."""
    case = review_case(session, review_id)
    minutes = joint_reviews.minutes_of(session, review_id)
    tasks = joint_reviews.tasks_of(session, review_id)
    latest = minutes[0] if minutes else None
    values: dict[str, Value] = {
        "project": case.of.words(),
        "review": case.words(),
        "held": _held(latest),
        "present": _present(case, latest),
        "tasks": [
            {
                "no": no,
                "what": task.what,
                "department": case.department(task.department),
                "due_on": short_day(task.due_on),
                "done": f"{short_day(task.done_on)}完成" if task.done_on else "",
            }
            for no, task in enumerate(tasks, 1)
        ],
    }
    missing = case.lacks(case.review.kind is ReviewKind.SITE_VISIT, "联合踏勘（本次会审不是踏勘）")
    return DocumentFacts(
        values=values,
        addressee=case.of.project.enterprise.name,
        data_on=on,
        project_id=case.review.project_id,
        department=case.review.lead,
        prefilled=case.prefilled(),
        missing=missing or case.lacks(latest, "踏勘记录（时间、参加人员和意见）"),
    )


def _held(minutes: Minutes | None) -> Value:
    if minutes is None:
        return {"on": None, "place": "", "text": "", "by": ""}
    return {"on": minutes.held_on, "place": minutes.place, "text": minutes.text, "by": minutes.kept_by}


def _present(case: ReviewCase, minutes: Minutes | None) -> list[Value]:
    return [
        {
            "no": no,
            "department": case.department(one.department),
            "officers": one.officers,
            "names": one.names,
            "said": _said(case, one.department),
        }
        for no, one in enumerate(minutes.present if minutes else (), 1)
    ]


def _said(case: ReviewCase, department: str) -> str:
    member = case.review.member(department)
    if member is None or member.given is None or member.stance is None:
        return ""
    lines = [one.text for one in member.given.conditions] + [one.text for one in member.given.materials]
    return "；".join([STANCE_WORDS[member.stance], *lines])


def compose_visit(page: Page) -> None:
    """The record of a joint visit: two officers of each authority at least. Source: PR-5, AC-13."""
    page.letterhead("review.lead")
    page.title("联合踏勘记录")
    page.number()
    page.fields(
        (
            Field("项目名称", "{{ project.name }}"),
            (Field("项目代码", "{{ project.code }}"), Field("项目单位", "{{ project.owner }}")),
            (
                Field("踏勘时间", "{% if held.on %}{{ held.on|cndate }}{% endif %}"),
                Field("踏勘地点", "{{ held.place }}"),
            ),
            (Field("牵头部门", "{{ review.lead }}"), Field("记录人", "{{ held.by }}")),
            Field("踏勘事项", "{{ review.steps }}"),
            Field("踏勘情况和意见", "{{ held.text }}", lines=6),
        )
    )
    page.caption("参加单位和人员")
    page.table(
        (
            Column("序号", 11, "{{ row.no }}", align="center"),
            Column("单位", 46, "{{ row.department }}"),
            Column("人数", 12, "{{ row.officers }}", align="center"),
            Column("参加人员", 30, "{{ row.names }}"),
            Column("意见", 37, "{{ row.said }}"),
            Column("签字", 20, " "),
        ),
        "present",
    )
    with page.when("tasks"):
        page.caption("会后落实事项")
        page.table(
            (
                Column("序号", 11, "{{ row.no }}", align="center"),
                Column("事项", 70, "{{ row.what }}"),
                Column("责任单位", 41, "{{ row.department }}"),
                Column("期限", 24, "{{ row.due_on }}", align="center"),
                Column("落实", 24, "{{ row.done }}"),
            ),
            "tasks",
        )
    page.small("各行政机关现场核查应当由两名以上工作人员进行。一次联合踏勘的结果由各部门共享，不再另行组织。")
    page.basis()
    page.prefilled()
    page.sign("{{ review.lead }}")


KINDS = (
    DocumentKind(
        code="site-visit-record",
        moves=(ReviewKind.SITE_VISIT.value,),
        title_zh="联合踏勘记录",
        name=N_("Record of a joint site visit"),
        about="review",
        series="勘",
        form=Form.SHEET,
        facts=visit_facts,
        compose=compose_visit,
        basis=("licensing-34",),
        retention=Retention.THIRTY_YEARS,
    ),
)
