"""The bulletin (通报) of one month: how departments kept their promises, and which red cards were shown."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from approvals.models.step import Step
from approvals.queries import catalogue as catalogue_queries
from approvals.rules.catalogue import Catalogue
from concierge.kernel.errors import N_
from concierge.supervision.kinds.cards import CAUSES, department_name, step_name
from concierge.supervision.models.card import CardRow
from concierge.supervision.queries.league import league_table
from concierge.supervision.rules.card import Colour, Ending
from concierge.supervision.rules.league import LEAST_CLOSED, DepartmentRecord
from concierge.supervision.rules.reporting_period import ReportingPeriod, ReportSpan
from documents.press.kind import DocumentKind, Form, Retention
from documents.press.page import Column, Page
from documents.rules.facts import DocumentFacts, Prefilled
from documents.rules.statistics import Month, number_text, share_text
from projects.models.project import Project

CODE = "supervision-bulletin"


def bulletin_facts(session: Session, about_id: int, day: date) -> DocumentFacts:
    """A month's league of departments and its red cards, without those an appeal took down.

    Shape: ``about_id`` is year and month as one number, 202604; a month that runs is counted up to the day.
    Raises: NoSuchMonth; Missing, before there is a catalogue.
    Source: SV-6, SV-7.
    """
    month = Month.of(about_id, day)
    last_on = min(month.last_on, day)
    catalogue = catalogue_queries.published_catalogue(session)
    table = league_table(session, ReportSpan.MONTH, last_on)
    records = [_record(one, catalogue) for one in table.records]
    reds = _reds(session, table.period, catalogue)
    closed, on_time = (sum(getattr(one, name) for one in table.records) for name in ("closed", "on_time"))
    return DocumentFacts(
        values={
            "month_name": f"{month.year}年{month.month}月",
            "first_on": month.first_on,
            "last_on": last_on,
            "workdays": table.workdays,
            "closed": closed,
            "on_time": share_text(on_time, closed),
            "yellow": sum(one.cards.get(Colour.YELLOW, 0) for one in table.records),
            "red": sum(one.cards.get(Colour.RED, 0) for one in table.records),
            "least_closed": LEAST_CLOSED,
            "records": records,
            "reds": reds,
        },
        addressee="各有关部门",
        data_on=last_on,
        prefilled=(Prefilled(field="全部数据", source="电子监察记录自动汇总", on=last_on),),
    )


def _record(one: DepartmentRecord, catalogue: Catalogue) -> dict[str, Any]:
    return {
        "rank": str(one.rank) if one.rank is not None else "—",
        "department": department_name(catalogue, one.department),
        "closed": one.closed,
        "running": one.running,
        "on_time": share_text(one.on_time, one.closed),
        "used": "—" if one.used_share is None else f"{one.used_share:.1%}",
        "yellow": one.cards.get(Colour.YELLOW, 0),
        "red": one.cards.get(Colour.RED, 0),
        "score": number_text(one.score),
    }


def _reds(session: Session, period: ReportingPeriod, catalogue: Catalogue) -> list[dict[str, Any]]:
    rows = session.execute(
        select(CardRow, Step.number, Project.name)
        .join(Step, Step.id == CardRow.step_id)
        .join(Project, Project.id == CardRow.project_id)
        .where(
            CardRow.colour == Colour.RED,
            CardRow.shown_on.between(period.first, period.last),
            or_(CardRow.ended_how.is_(None), CardRow.ended_how != Ending.APPEAL_UPHELD),
        )
        .order_by(CardRow.shown_on, CardRow.id)
    )
    return [
        {
            "department": department_name(catalogue, card.department),
            "project": project,
            "step": f"{number} {step_name(catalogue, card.code)}",
            "cause": CAUSES[card.cause],
            "limit_on": card.limit_on,
            "shown_on": card.shown_on,
            "state": "已结束" if card.ended_on else "仍未办结",
        }
        for card, number, project in rows
    ]


def compose_bulletin(page: Page) -> None:
    """审批时限执行情况通报. Source: SV-6, SV-7."""
    page.letterhead()
    page.number()
    page.title("{{ month_name }}审批时限执行情况通报")
    page.addressee()
    page.text(
        "{{ first_on|cndate }}至{{ last_on|cndate }}（{{ workdays }}个工作日），"
        "各部门共办结审批事项{{ closed }}件，"
        "按承诺时限办结率{{ on_time }}；亮黄牌{{ yellow }}件、红牌{{ red }}件。现将情况通报如下："
    )
    page.heading(1, "一、各部门时限执行情况")
    with page.when("records"):
        page.table(
            [
                Column("名次", 12, "{{ row.rank }}", align="center"),
                Column("部门", 44, "{{ row.department }}"),
                Column("办结", 14, "{{ row.closed }}", align="center"),
                Column("在办", 14, "{{ row.running }}", align="center"),
                Column("按时办结率", 20, "{{ row.on_time }}", align="center"),
                Column("承诺时限使用率", 20, "{{ row.used }}", align="center"),
                Column("黄牌", 12, "{{ row.yellow }}", align="center"),
                Column("红牌", 12, "{{ row.red }}", align="center"),
                Column("得分", 14, "{{ row.score }}", align="center"),
            ],
            "records",
        )
    with page.when("not records"):
        page.text("本月各部门没有办理件。")
    page.small(
        "用时按工作日计算，不含依法停表的日数；办结不足{{ least_closed }}件的部门不排名。"
        "申诉成立撤销的牌不计。"
    )
    page.heading(1, "二、红牌情况")
    with page.when("reds"):
        page.table(
            [
                Column("部门", 28, "{{ row.department }}"),
                Column("项目", 33, "{{ row.project }}"),
                Column("事项", 32, "{{ row.step }}"),
                Column("原因", 24, "{{ row.cause }}"),
                Column("时限日", 33, "{{ row.limit_on|cndate }}"),
                Column("现状", 16, "{{ row.state }}"),
            ],
            "reds",
        )
        page.text("亮红牌的部门请立即办理或者纠正，并于收到本通报之日起3个工作日内书面说明原因和整改情况。")
    with page.when("not reds"):
        page.text("本月没有亮红牌。")
    page.basis()
    page.prefilled()
    page.sign()


KINDS = (
    DocumentKind(
        code=CODE,
        title_zh="审批时限执行情况通报",
        name=N_("Bulletin on approval limits"),
        about="month",
        series="通",
        form=Form.LETTER,
        facts=bulletin_facts,
        compose=compose_bulletin,
        basis=("licensing-42", "environment-order-36"),
        retention=Retention.THIRTY_YEARS,
        is_sealed=True,
    ),
)
