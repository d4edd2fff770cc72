"""目录: the page of a package, as a Word file and printed: who sends what to whom, line by line."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

from concierge.kernel.errors import N_
from documents.press.compose import write
from documents.press.fill import fill
from documents.press.kind import DocumentKind, Form
from documents.press.page import Column, Field, Page
from documents.rules.facts import DocumentFacts
from documents.rules.package_facts import words_of
from documents.rules.packages import Item

PAGE_NAME, PRINTED_NAME = "目录.docx", "目录.pdf"


def contents_page(facts: dict[str, Any], items: Iterable[Item], *, changes: str) -> bytes:
    """The page of one revision. Shape: ``facts`` are those of 元数据.json; the same give the same bytes."""
    on = date.fromisoformat(facts["data_on"])
    sender = facts["sender"]
    rows = []
    for item in items:
        status, source = words_of(item)
        name = item.path.partition(" ")[2] or "（无电子件）"
        told = {"no": str(item.place), "name": item.name_zh, "file": name, "pages": str(item.pages or "")}
        rows.append(told | {"source": source, "status": status})
    values = {
        "number": facts["number"],
        "version": facts["revision"],
        "changes": changes,
        "data_on": on,
        "made_on": on,
        "title": "申报材料目录",
        "addressee": facts["receiver"]["name"],
        "office": {
            "name": sender["name"],
            "full_name": sender["name"],
            "phone": sender["phone"],
            "address": "",
        },
        "basis": [],
        "prefilled": [],
        "law": "；".join(facts["legal_basis"]) or "—",
        "project": facts["project"],
        "enterprise": facts["enterprise"],
        "subject": facts["subject"],
        "rows": rows,
        "pictures": {},
    }
    return fill(_template(), values)


def _compose(page: Page) -> None:
    page.letterhead()
    page.title("申报材料目录")
    page.number()
    page.fields(
        (
            (Field("报送部门", "{{ addressee }}"), Field("版次", "第{{ version }}版")),
            Field("项目名称", "{{ project.name }}"),
            (Field("项目代码", "{{ project.code }}"), Field("申请单位", "{{ enterprise.name }}")),
            Field("办理事项", "{{ subject.name }}"),
            Field("事项依据", "{{ law }}"),
        )
    )
    page.table(
        (
            Column("序号", 11, "{{ row.no }}", align="center"),
            Column("材料", 48, "{{ row.name }}"),
            Column("文件", 40, "{{ row.file }}"),
            Column("页数", 12, "{{ row.pages }}", align="center"),
            Column("来源", 26, "{{ row.source }}"),
            Column("状态", 22, "{{ row.status }}"),
        ),
        "rows",
    )
    page.small("签收人：　　　　　　　　　　签收日期：　　　　年　　月　　日")


def _no_facts(_session: Any, _about_id: int, on: date) -> DocumentFacts:
    """A package brings its own facts; nothing is asked for."""
    return DocumentFacts(values={}, addressee="", data_on=on)


@cache
def _template() -> bytes:
    return write(
        DocumentKind(
            code="package-contents",
            title_zh="申报材料目录",
            name=N_("Contents of a package"),
            about="package",
            series="SB",
            form=Form.SHEET,
            facts=_no_facts,
            compose=_compose,
        )
    )
