"""The law a stop of the clock usually rests on, to be taken over by whoever records one."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from approvals.rules.lifecycle import StopKind

_LICENSING = "行政许可法第四十五条"
_CORRECTION = "行政许可法第三十二条"
BASES: Mapping[StopKind, str] = MappingProxyType(
    {
        StopKind.CORRECTION: _CORRECTION,
        StopKind.HEARING: _LICENSING,
        StopKind.TENDER: _LICENSING,
        StopKind.AUCTION: _LICENSING,
        StopKind.INSPECTION: _LICENSING,
        StopKind.TESTING: _LICENSING,
        StopKind.QUARANTINE: _LICENSING,
        StopKind.APPRAISAL: _LICENSING,
        StopKind.EXPERT_REVIEW: _LICENSING,
        StopKind.CONSULTATION: "民用建筑节能条例第十二条",
    }
)
"""By kind. What only local rules leave uncounted (publicity, technical review, site survey) has none: the
office writes its own rule down.

Source: CL-1, CL-2, CL-4, CL-5.
"""
SECTOR_BASES: Mapping[str, str] = MappingProxyType(
    {
        "project-verification": "企业投资项目核准和备案管理条例第九条",
        "water-soil-report": "生产建设项目水土保持方案管理办法（水利部令第53号）",
        "fire-design-review": "建设工程消防设计审查验收管理暂行规定第二十二条",
    }
)
"""What sector texts say of the experts' work on one matter.

Source: CL-3.
"""
EXPERTS = frozenset({StopKind.APPRAISAL, StopKind.EXPERT_REVIEW, StopKind.TECHNICAL_REVIEW})


def usual_basis(kind: StopKind, matter: str) -> str:
    """The law a stop of this kind on this matter usually rests on; empty where only a local rule can say.

    Source: CL-1 to CL-5.
    """
    if kind in EXPERTS and matter in SECTOR_BASES:
        return SECTOR_BASES[matter]
    return BASES.get(kind, "")
