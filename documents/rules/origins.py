"""Which step's result a field of a document is taken from, so that nobody types it again.

Source: AC-6; rules.md section 10, each document says which fields came from which earlier result.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

ORIGINS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "项目代码": ("project-code-assignment",),
        "项目名称": ("project-filing", "project-verification", "feasibility-approval", "proposal-approval"),
        "统一社会信用代码": ("company-registration",),
        "单位名称": ("company-registration",),
        "立项文号": ("project-filing", "project-verification", "feasibility-approval", "proposal-approval"),
        "总投资": ("project-filing", "project-verification", "feasibility-approval"),
        "用地面积": ("land-registration", "land-grant-contract", "land-allocation"),
        "用地规划许可证号": ("land-planning-permit",),
        "不动产权证书号": ("land-registration",),
        "建筑面积": ("construction-planning-permit", "design-scheme-review"),
        "工程规划许可证号": ("construction-planning-permit",),
        "施工图审查合格书号": ("construction-drawing-review",),
        "施工许可证号": ("construction-permit",),
        "施工单位": ("construction-contract", "construction-tender"),
        "监理单位": ("supervision-contract",),
        "勘察设计单位": ("survey-design-tender",),
        "竣工日期": ("self-completion-acceptance",),
        "测绘成果": ("joint-survey",),
        "代办委托": ("concierge-entrustment",),
    }
)
"""By the field as documents print it, the steps of which any one makes it, the best first."""


def origins_of(field: str) -> tuple[str, ...]:
    """The steps whose result a field is taken from; none where it is recorded at the opening."""
    return ORIGINS.get(field, ())
