"""The lists inside a package, 材料清单.xlsx and 元数据.json: the same facts give the same bytes."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterable
from typing import Any

from concierge.kernel.tables import Table
from documents.press.package import FIXED_TIME, PLAIN_FILE, UNIX
from documents.rules.package_facts import words_of
from documents.rules.packages import Item

HEADS = ("序号", "材料名称", "状态", "来源", "版次", "纸质份数", "文件", "页数", "大小（字节）", "SHA-256")
_STAMPS = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")
DAY_OF_NO_MEANING = b"2000-01-01T00:00:00Z"


def list_xlsx(items: Iterable[Item]) -> bytes:
    """The list of papers as a workbook, its parts in fixed order with fixed times."""
    rows = []
    for item in items:
        status, source = words_of(item)
        version, copies = item.paper_revision or None, item.copies or None
        told = (item.path or "（无电子件）", item.pages, item.size_bytes or None, item.sha256)
        rows.append((item.place, item.name_zh, status, source, version, copies, *told))
    return _steady(Table(name="材料清单", heads=HEADS, rows=rows).as_xlsx())


def facts_json(facts: dict[str, Any]) -> bytes:
    """The facts as a person can read them and a program can check them."""
    return (json.dumps(facts, ensure_ascii=False, sort_keys=True, indent=2) + "\n").encode()


def _steady(book: bytes) -> bytes:
    """A workbook without the moment it was written at."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda one: (one != "[Content_Types].xml", one)):
            entry = zipfile.ZipInfo(name, FIXED_TIME)
            entry.create_system, entry.external_attr = UNIX, PLAIN_FILE
            entry.compress_type = zipfile.ZIP_DEFLATED
            data = old.read(name)
            new.writestr(entry, _STAMPS.sub(rb"\g<1>" + DAY_OF_NO_MEANING + rb"\g<2>", data))
    return kept.getvalue()
