"""Who acts, as people call it: short enough for a table."""

from __future__ import annotations

from approvals.rules.catalogue import Department
from approvals.rules.facts import Label

_OWN_SIDE = {"ENT": "企业", "INT": "中介机构"}


def owner_label(department: Department | None, code: str) -> Label:
    """A department in both languages: 自然资源和规划局, Natural resources; its code where nobody knows it."""
    if department is None:
        return Label(code, code)
    bureau = department.typical_county_bureau or department.name_zh
    short = bureau.split("(")[0].split("（")[0].split("、")[0].removeprefix("县").removeprefix("市/县")
    return Label(_OWN_SIDE.get(code) or short or department.name_zh, department.name_en)


def owner_name(department: Department | None, code: str, lang: str) -> str:
    """A department for a reader of ``lang``."""
    return owner_label(department, code).spoken(lang)
