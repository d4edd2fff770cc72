"""What a department is called in full on paper: the county's own name before the bureau's.

Source: S80, section 7.2.4, the full or the standard short name of the issuing organ.
"""

from __future__ import annotations

import re

from approvals.rules.catalogue import Department

_OWN_SIDE = frozenset({"ENT", "INT"})
_BEFORE_BRACKETS = re.compile(r"[(（、].*")


def official_name(department: Department | None, code: str, county: str) -> str:
    """A department as the head and the signature of a document name it: 青禾县自然资源和规划局.

    Shape: ``county`` is the county's full name; the catalogue writes 县 where it stands. Several bodies
        in one entry are named by what they are. A code nobody knows stands for itself; what is no organ of
        the county keeps its name.
    """
    if department is None:
        return code
    if code in _OWN_SIDE:
        return department.name_zh
    bureau = department.typical_county_bureau or department.name_zh
    short = _BEFORE_BRACKETS.sub("", bureau).removeprefix("市/").removeprefix("国网/南网")
    if "/" in short:
        short = "县" + _BEFORE_BRACKETS.sub("", department.name_zh.partition("/")[0])
    if "县" not in short:
        return short or department.name_zh
    return short.replace("县", county, 1)
