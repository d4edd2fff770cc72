"""Values to try a template with: the least a document can say, an ordinary one, the longest, a hostile one.

They are made from the fields the template and its kind know, so a field that is added to a kind is tried too.
The same fields give the same values.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from documents.press.fields import ITEM, FieldKind, Fields, Use

FIRST_DAY = date(2026, 4, 15)
LONGEST = 300  # characters: what a project's or enterprise's name may come to
MANY = 30  # entries of a list: more than a page of a table
LONG_CELL, LONG_TEXT = 24, 40  # characters
HOSTILE = (
    "A&B<一期>“{{ 7*7 }}”",
    "{% for x in y %}甲{% endfor %}",
    "乙\u202e丙\u200b丁\x0b\x00戊",
    "</w:t></w:p><w:p>己]]>&amp;#x41;",
    "=HYPERLINK(\"x\")\ud800庚\ufffe",
    "{_{辛}_}\a壬\f癸\n子",
)  # fmt: skip
_PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 200" width="760" height="200">'
    '<rect width="760" height="200" fill="#FFFFFF" stroke="#000000"/></svg>'
)
_WORDS = {
    "office.name": "青禾县企业项目帮代办服务中心",
    "office.short_name": "帮代办",
    "office.number_word": "青帮代",
    "basis[].title": "优化营商环境条例",
    "name": "青禾新材料产业园一期项目",
    "project_name": "青禾新材料产业园一期项目",
    "project_code": "2604-431000-04-01-000012",
    "postcode": "431000",
    "title": "青禾新材料产业园一期项目办理事项",
    "addressee": "青禾新材料有限公司",
    "enterprise": "青禾新材料有限公司",
    "owner": "青禾新材料有限公司",
    "department": "青禾县自然资源和规划局",
    "number": "青帮代告〔2026〕12号",
    "code": "2604-431000-04-01-000012",
    "uscc": "91431000MA4L0000XX",
    "phone": "0731-2345678",
    "mobile": "13800000000",
    "address": "青禾县城关镇人民路1号",
    "officer": "王建国",
    "person": "李明",
    "by": "王建国",
    "wenhao": "（国务院令第722号）",
    "articles": "第四十条",
    "matter": "建设用地规划许可证核发",
    "step": "建设用地规划许可证核发",
    "material": "建设用地规划红线图",
    "reason": "图纸缺少注册建筑师签章",
    "place": "政务服务中心三楼会议室",
    "version": "1",
}
_USUAL = "示例内容"
_COUNTED = frozenset({"no", "number"})  # of an entry in a list
_LONGEST = frozenset({"name", "addressee", "enterprise", "project_name"})
_SHORT = (
    "no",
    "number",
    "code",
    "days",
    "phone",
    "mobile",
    "postcode",
    "version",
    "wenhao",
    "articles",
    "uscc",
)


class SampleSize(StrEnum):
    """The four documents every template is tried with."""

    LEAST = "least"
    USUAL = "usual"
    MOST = "most"
    HOSTILE = "hostile"


def sample(fields: Fields, size: SampleSize) -> dict[str, Any]:
    """Values for every field, nested as the template asks for them.

    Shape: plain strings, numbers, days, lists and mappings; pictures are SVG text.
    """
    tops = [path for path in fields if "." not in path and ITEM not in path]
    return {path: _value(path, fields, size, 0) for path in tops}


def _value(path: str, fields: Fields, size: SampleSize, entry: int) -> Any:
    use = fields[path]
    if use.kind is FieldKind.GROUP:
        parts = _parts(path, fields)
        return {name: _value(f"{path}.{name}", fields, size, entry) for name in parts}
    if use.kind is FieldKind.LIST:
        return _entries(path, fields, size)
    return _leaf(path, use, size, entry)


def _parts(path: str, fields: Mapping[str, Use]) -> list[str]:
    """The names directly under a group."""
    inside = (other.removeprefix(f"{path}.") for other in fields if other.startswith(f"{path}."))
    return [name for name in inside if "." not in name and ITEM not in name]


def _entries(path: str, fields: Fields, size: SampleSize) -> list[Any]:
    count = {SampleSize.LEAST: 0, SampleSize.USUAL: 3, SampleSize.MOST: MANY, SampleSize.HOSTILE: 6}[size]
    item = f"{path}{ITEM}"
    known = item if item in fields and fields[item].kind is not FieldKind.FLAG else ""
    if not known:
        return [_text(path, size, entry) for entry in range(count)]
    return [_value(item, fields, size, entry) for entry in range(count)]


def _leaf(path: str, use: Use, size: SampleSize, entry: int) -> Any:
    rank = list(SampleSize).index(size)
    if use.kind in (FieldKind.COUNT, FieldKind.NUMBER):
        return _number(use.kind, size, entry)
    if use.kind is FieldKind.DAY:
        return FIRST_DAY + timedelta(days=7 * entry + rank)
    if use.kind is FieldKind.PICTURE:
        return _PICTURE
    if use.choices:
        return use.choices[(rank + entry) % len(use.choices)]
    if use.kind is FieldKind.FLAG:
        return size is not SampleSize.LEAST
    return _text(path, size, entry)


def _number(kind: FieldKind, size: SampleSize, entry: int) -> int:
    if kind is FieldKind.COUNT:
        return MANY if size is SampleSize.MOST else entry + 1
    return {SampleSize.LEAST: 0, SampleSize.MOST: 98_765_432}.get(size, entry + 3)


def _text(path: str, size: SampleSize, entry: int) -> str:
    last = path.rpartition(".")[2].removesuffix(ITEM)
    if ITEM in path and last in _COUNTED and size is not SampleSize.HOSTILE:
        return str(entry + 1)
    usual = _WORDS.get(path, _WORDS.get(last, _USUAL))
    if size is SampleSize.LEAST:
        return usual[:1]
    if size is SampleSize.HOSTILE:
        return HOSTILE[(len(path) + entry) % len(HOSTILE)]
    if size is SampleSize.MOST:
        return _long(path, last, usual)
    return f"{usual}之{entry + 1}" if entry else usual


def _long(path: str, last: str, usual: str) -> str:
    """As long as a text of its sort becomes: a name may take three hundred signs, a cell a few dozen."""
    if last.endswith(_SHORT):
        return usual
    if ITEM in path:
        room = LONG_CELL
    else:
        room = LONGEST if last in _LONGEST and not path.startswith("office.") else LONG_TEXT
    return (usual * LONGEST)[:room]
