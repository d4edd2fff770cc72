"""The county's monthly statistics as a report, beside the month before."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import force_locale, gettext
from sqlalchemy.orm import Session

from concierge.kernel.errors import N_
from documents.press.kind import DocumentKind, Form, Retention
from documents.press.page import Column, Field, Page
from documents.queries.statistics import Compared, ComparedSection, SubjectNames, compared, subject_names
from documents.rules.facts import DocumentFacts, Prefilled
from documents.rules.statistics import WIDTHS, CountedBy, Month, number_text

FIRST_HEADS = {
    CountedBy.DEPARTMENT: "部门",
    CountedBy.MATTER: "事项",
    CountedBy.STAGE: "阶段",
    CountedBy.OFFICER: "代办员",
}


def month_facts(session: Session, about_id: int, day: date) -> DocumentFacts:
    """Every figure the installed addons count of a month; a month that runs is counted up to the day.

    Shape: ``about_id`` is year and month as one number, 202604.
    Raises: NoSuchMonth.
    Source: SV-7.
    """
    month = Month.of(about_id, day)
    with force_locale("zh"):
        names = subject_names(session, "zh", gettext)
        parts = [_section(part, names) for part in compared(session, month, day)]
    for number, part in enumerate(parts, 1):
        part["number"] = number
    data_on = min(month.last_on, day)
    return DocumentFacts(
        values={
            "month_name": f"{month.year}年{month.month}月",
            "before_name": f"{month.before.year}年{month.before.month}月",
            "first_on": month.first_on,
            "last_on": data_on,
            "is_running": day < month.last_on,
            "sections": parts,
        },
        addressee="",
        data_on=data_on,
        prefilled=(Prefilled(field="全部数据", source="系统办理记录自动汇总", on=data_on),),
    )


def _section(part: ComparedSection, names: SubjectNames) -> dict[str, Any]:
    return {
        "title": str(gettext(part.title)),
        "figures": [_figure(one) for one in part.figures],
        "first_head": FIRST_HEADS[part.counted_by],
        "heads": [str(gettext(one)) for one in part.heads],
        "lines": [
            {
                "subject": names.of(part.counted_by, one.subject),
                "cells": [number_text(cell) for cell in one.cells],
            }
            for one in part.lines
        ],
    }


def _figure(one: Compared) -> dict[str, str]:
    return {
        "name": str(gettext(one.now.name)),
        "now": one.now.text(),
        "before": one.before.text() if one.before else "—",
    }


def compose_month(page: Page) -> None:
    """月度统计报表. Source: SV-7."""
    page.letterhead()
    page.title("{{ month_name }}帮代办工作统计报表")
    page.number()
    page.text(
        "统计期间：{{ first_on|cndate }}至{{ last_on|cndate }}"
        "{% if is_running %}（本月未结束，数据截至当日）{% endif %}。"
        "时限均按工作日计算，办理用时含依法停表的日数。"
    )
    with page.each("section", "sections"):
        page.heading(1, "{{ section.number|cnnum }}、{{ section.title }}")
        with page.when("section.figures"):
            page.table(
                [
                    Column("指标", 70, "{{ row.name }}"),
                    Column("{{ month_name }}", 43, "{{ row.now }}", align="center"),
                    Column("{{ before_name }}", 43, "{{ row.before }}", align="center"),
                ],
                "section.figures",
            )
        for width in WIDTHS:
            with page.when(f"section.lines and section.heads|length == {width}"):
                page.table(_columns(width), "section.lines")
    page.basis()
    page.fields(((Field("填报单位", "{{ office.name }}"), Field("填报日期", "{{ made_on|cndate }}")),))
    page.prefilled()


def _columns(width: int) -> list[Column]:
    """A department, matter, stage or officer, and so many figures."""
    figures = (
        Column(f"{{{{ section.heads[{at}] }}}}", 100 / width, f"{{{{ row.cells[{at}] }}}}", align="center")
        for at in range(width)
    )
    return [Column("{{ section.first_head }}", 56, "{{ row.subject }}"), *figures]


KINDS = (
    DocumentKind(
        code="monthly-statistics",
        title_zh="月度统计报表",
        name=N_("Monthly statistics"),
        about="month",
        series="统",
        form=Form.SHEET,
        facts=month_facts,
        compose=compose_month,
        retention=Retention.PERMANENT,
        is_internal=True,
    ),
)
