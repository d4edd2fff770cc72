"""卷内目录: the index of a project's file in the archive, for whoever opens it in thirty years."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from concierge.kernel.errors import N_
from concierge.kernel.tables import Table
from documents.press.kind import Form
from documents.press.list_page import list_page, list_template
from documents.press.page import Column, Field, Page

INDEX = "卷内目录"
HEADS = ("序号", "类别", "题名", "文件", "日期", "大小（字节）", "SHA-256")


@dataclass(frozen=True, kw_only=True)
class ArchiveHead:
    """Which file it is the index of. Shape: ``kept`` says until when, in words."""

    number: str
    edition: int
    project_code: str
    project: str
    office: str
    kept: str
    on: date


def index_table(lines: Iterable[Mapping[str, str]], name: str = INDEX) -> Table:
    """The index as a table. Shape: each line has one text for each of ``HEADS``."""
    return Table(name=name, heads=HEADS, rows=[[line[head] for head in HEADS] for line in lines])


def index_page(head: ArchiveHead, lines: Iterable[Mapping[str, str]]) -> bytes:
    """The index as a Word file; the same lines give the same bytes."""
    rows = [
        {
            "no": line["序号"],
            "sort": line["类别"],
            "title": line["题名"],
            "file": line["文件"].removeprefix("data/"),
            "on": line["日期"],
            "digest": line["SHA-256"],
        }
        for line in lines
    ]
    said = {
        "number": head.number,
        "version": head.edition,
        "changes": "",
        "title": INDEX,
        "addressee": "项目档案",
        "office": head.office,
        "phone": "",
    }
    own = {
        "project": {"name": head.project, "code": head.project_code},
        "kept": head.kept,
        "count": len(rows),
        "rows": rows,
    }
    return list_page(_template(), head.on, said, own)


def _compose(page: Page) -> None:
    page.letterhead()
    page.title(INDEX)
    page.number()
    page.fields(
        (
            (Field("案卷题名", "{{ project.name }}审批档案"), Field("项目代码", "{{ project.code }}")),
            (Field("立卷单位", "{{ office.name }}"), Field("立卷日期", "{{ made_on|cndate }}")),
            (Field("保管期限", "{{ kept }}"), Field("件数", "{{ count }}件")),
        )
    )
    page.table(
        (
            Column("序号", 12, "{{ row.no }}", align="center"),
            Column("类别", 20, "{{ row.sort }}"),
            Column("题名", 44, "{{ row.title }}"),
            Column("日期", 24, "{{ row.on }}", align="center"),
            Column("文件", 52, "{{ row.file }}"),
            Column("SHA-256校验值", 52, "{{ row.digest }}"),
        ),
        "rows",
    )


@cache
def _template() -> bytes:
    name = N_("Index of an archive")
    return list_template("archive-index", INDEX, name, "卷", form=Form.WIDE_SHEET, compose=_compose)
