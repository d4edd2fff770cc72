"""签收回执: what a department has received, in which revision, with the digests that prove it is the same.

A receipt says that the papers came; whether the case is accepted the department says by itself.

Source: AC-1, DF-1.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from concierge.kernel.errors import N_, Missing
from documents.models.package import PackageRow
from documents.press.kind import DocumentKind, Form, Retention
from documents.press.page import Column, Field, Page
from documents.rules.facts import DocumentFacts, MissingFact, Value
from documents.rules.package_facts import by_place, said_status
from documents.rules.packages import RECEIPT, Item


def receipt_facts(session: Session, package_id: int, on: date) -> DocumentFacts:
    """Who received which revision of a package, and when. Shape: two queries. Raises: Missing."""
    row = session.scalars(
        select(PackageRow).where(PackageRow.id == package_id).options(selectinload(PackageRow.items))
    ).first()
    if row is None:
        raise Missing
    told: dict[str, Any] = json.loads(row.facts)
    items = [one.facts() for one in row.items]
    lines = by_place(items)
    values: dict[str, Value] = {
        "receiver": told["receiver"]["name"],
        "received_by": row.received_by,
        "received_on": row.received_on,
        "project": {"name": told["project"]["name"], "code": told["project"]["code"]},
        "enterprise": told["enterprise"]["name"],
        "subject": told["subject"]["name"],
        "package": {
            "number": row.number,
            "revision": row.revision,
            "made_on": row.data_on,
            "sha256": row.sha256,
            "sm3": row.sm3,
            "size_bytes": row.size_bytes,
            "signed_by": row.signed_by,
        },
        "papers": len(lines),
        "files": sum(1 for one in items if one.path),
        "rows": [_line(no, of_paper) for no, of_paper in enumerate(lines, 1)],
    }
    return DocumentFacts(
        values=values,
        addressee=told["receiver"]["name"],
        data_on=on,
        project_id=row.project_id,
        department=row.department,
        missing=_missing(row),
    )


def _line(no: int, items: tuple[Item, ...]) -> Value:
    pages = [one.pages for one in items if one.pages is not None]
    return {
        "no": no,
        "name": items[0].name_zh,
        "status": said_status(items[0]),
        "version": items[0].paper_revision or "",
        "files": sum(1 for one in items if one.path) or "",
        "pages": sum(pages) or "",
    }


def _missing(row: PackageRow) -> tuple[MissingFact, ...]:
    page = f"/packages/{row.id}"
    unbuilt = () if row.sha256 else (MissingFact(name="已生成的材料包", page=page),)
    return unbuilt if row.received_on else (MissingFact(name="签收人和签收日期", page=page), *unbuilt)


def compose_receipt(page: Page) -> None:
    """The receipt: who has what since when, and the digests of the whole package."""
    page.letterhead()
    page.title("申报材料签收回执")
    page.number()
    page.fields(
        (
            (Field("签收部门", "{{ receiver }}"), Field("报送单位", "{{ office.name }}")),
            (Field("签收人", "{{ received_by }}"), Field("签收日期", "{{ received_on|cndate }}")),
            Field("项目名称", "{{ project.name }}"),
            (Field("项目代码", "{{ project.code }}"), Field("申请单位", "{{ enterprise }}")),
            Field("办理事项", "{{ subject }}"),
            (Field("材料包编号", "{{ package.number }}"), Field("版次", "第{{ package.revision }}版")),
            (
                Field("报送日期", "{{ package.made_on|cndate }}"),
                Field("件数", "材料{{ papers }}项，文件{{ files }}个"),
            ),
            Field("SHA-256校验值", "{{ package.sha256 }}"),
            Field("SM3校验值", "{{ package.sm3 }}"),
            Field(
                "清单签名", "{% if package.signed_by %}{{ package.signed_by }}（SM2）{% else %}无{% endif %}"
            ),
        )
    )
    page.table(
        (
            Column("序号", 12, "{{ row.no }}", align="center"),
            Column("材料", 84, "{{ row.name }}"),
            Column("版次", 12, "{{ row.version }}", align="center"),
            Column("文件", 12, "{{ row.files }}", align="center"),
            Column("页数", 12, "{{ row.pages }}", align="center"),
            Column("状态", 36, "{{ row.status }}"),
        ),
        "rows",
    )
    page.text(
        "上列材料已由签收部门收到。对收到的材料包按SHA-256或者SM3算法计算，所得的值与上列校验值一致的，"
        "其内容与报送时相同。签收只表明材料已经收到；是否受理，由签收部门依法另行告知。"
    )
    page.basis()
    page.sign()


KINDS = (
    DocumentKind(
        code=RECEIPT,
        title_zh="申报材料签收回执",
        name=N_("Receipt of a package"),
        about="package",
        series="签",
        form=Form.SHEET,
        facts=receipt_facts,
        compose=compose_receipt,
        retention=Retention.THIRTY_YEARS,
    ),
)
