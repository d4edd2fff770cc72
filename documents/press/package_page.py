"""目录: the page of a package, as a Word file and printed: who sends what to whom, line by line."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

from concierge.kernel.errors import N_
from documents.press.kind import Form
from documents.press.list_page import list_page, list_template
from documents.press.page import Column, Field, Page
from documents.rules.package_facts import words_of
from documents.rules.packages import Item

PAGE_NAME, PRINTED_NAME = "目录.docx", "目录.pdf"
TITLE = "申报材料目录"


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
    said = {
        "number": facts["number"],
        "version": facts["revision"],
        "changes": changes,
        "title": TITLE,
        "addressee": facts["receiver"]["name"],
        "office": sender["name"],
        "phone": sender["phone"],
    }
    own = {
        "law": "；".join(facts["legal_basis"]) or "—",
        "project": facts["project"],
        "enterprise": facts["enterprise"],
        "subject": facts["subject"],
        "rows": rows,
    }
    return list_page(_template(), on, said, own)


def _compose(page: Page) -> None:
    page.letterhead()
    page.title(TITLE)
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


@cache
def _template() -> bytes:
    name = N_("Contents of a package")
    return list_template("package-contents", TITLE, name, "SB", form=Form.SHEET, compose=_compose)
