"""What a package says of itself: words for its lists, and its facts for other programs (元数据.json).

These lists go to departments and stand in Chinese, as the papers they list.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from documents.rules.packages import Change, Changed, Item, ItemStatus

FORMAT = "concierge-package/1"
STATUSES: Mapping[ItemStatus, str] = MappingProxyType(
    {
        ItemStatus.HERE: "齐全",
        ItemStatus.ORIGINAL: "纸质原件在窗口",
        ItemStatus.RESULT: "前序办理结果，免提交",
        ItemStatus.PROMISED: "容缺，限期补交",
        ItemStatus.MISSING: "缺少",
    }
)
ORIGINS: Mapping[str, str] = MappingProxyType(
    {
        "applicant": "企业",
        "intermediary": "中介机构",
        "produced": "前序办理结果",
        "shared": "部门共享",
        "system": "系统生成",
    }
)
CHANGES: Mapping[Change, str] = MappingProxyType(
    {Change.ADDED: "新增", Change.REPLACED: "替换", Change.REMOVED: "移除"}
)


@dataclass(frozen=True, kw_only=True)
class PackageHead:
    """Who sends what to whom: what stands on a package besides its contents.

    Shape: ``subject_code`` is the matter's code or the review group's; ``basis`` the citations of its law.
    """

    number: str
    revision: int
    data_on: date
    office: str
    office_phone: str
    project_code: str
    project_name: str
    enterprise: str
    uscc: str
    subject_code: str
    subject: str
    subject_number: str
    department_code: str
    department: str
    basis: tuple[str, ...]
    made_by: str


def said_status(item: Item) -> str:
    """How a line stands, with the day a promised paper is due."""
    said = STATUSES.get(item.status, "")
    return f"{said}（{item.due_on.isoformat()}前）" if item.due_on is not None else said


def said_source(item: Item) -> str:
    """Where a line comes from, with the step or number it came from."""
    origin = ORIGINS.get(item.origin, item.origin)
    return f"{origin}：{item.source}" if item.source else origin


def words_of(item: Item) -> tuple[str, str]:
    """Status and source of a line."""
    return said_status(item), said_source(item)


def said_changes(changed: Iterable[Changed]) -> str:
    """What a revision changed, as its contents list says it: 替换1件：…；新增2件：…."""
    found: dict[Change, list[str]] = {}
    for one in changed:
        found.setdefault(one.change, []).append(one.name_zh)
    return "；".join(
        f"{CHANGES[change]}{len(found[change])}件：{'、'.join(found[change])}"
        for change in Change
        if change in found
    )


def package_facts(head: PackageHead, items: Sequence[Item], changed: Sequence[Changed]) -> dict[str, Any]:
    """The package's facts as plain values. Shape: ``documents/data/package.schema.json``."""
    return {
        "format": FORMAT,
        "number": head.number,
        "revision": head.revision,
        "data_on": head.data_on.isoformat(),
        "sender": {"name": head.office, "phone": head.office_phone, "made_by": head.made_by},
        "receiver": {"code": head.department_code, "name": head.department},
        "project": {"code": head.project_code, "name": head.project_name},
        "enterprise": {"name": head.enterprise, "uscc": head.uscc},
        "subject": {"code": head.subject_code, "name": head.subject, "number": head.subject_number},
        "legal_basis": list(head.basis),
        "changes": [{"change": one.change.value, "code": one.code, "name": one.name_zh} for one in changed],
        "contents": [_line(items_of_place) for items_of_place in by_place(items)],
    }


def by_place(items: Iterable[Item]) -> tuple[tuple[Item, ...], ...]:
    """The lines paper by paper, in their order."""
    found: dict[int, list[Item]] = {}
    for item in items:
        found.setdefault(item.place, []).append(item)
    return tuple(tuple(lines) for lines in found.values())


def _line(lines: Sequence[Item]) -> dict[str, Any]:
    first = lines[0]
    return {
        "place": first.place,
        "kind": first.kind.value,
        "code": first.code,
        "name": first.name_zh,
        "status": first.status.value,
        "origin": first.origin,
        "source": first.source,
        "version": first.paper_revision,
        "came_on": first.came_on.isoformat() if first.came_on else None,
        "due_on": first.due_on.isoformat() if first.due_on else None,
        "paper_copies": first.copies,
        "files": [
            {
                "path": f"data/{item.path}",
                "media_type": item.media_type,
                "pages": item.pages,
                "size_bytes": item.size_bytes,
                "sha256": item.sha256,
            }
            for item in lines
            if item.path
        ],
    }
