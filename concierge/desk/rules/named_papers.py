"""Which papers a department's list of faults names: a line in its own words becomes an item of the notice."""

from __future__ import annotations

from collections.abc import Sequence

from approvals.rules.papers import Fault, ToldItem
from approvals.rules.telling import LONGEST_FAULT, Asked

MISSING_WORDS = frozenset(
    {"", "缺", "缺少", "无", "没有", "未交", "未提交", "未提供", "补", "补充", "请补充", "missing"}
)
"""What a line says that says no more than that a paper is not there."""
BESIDES = ""
"""The place of a paper on a line that names none: what is wrong with the whole."""


def told_items(faults: Sequence[str], asked: Sequence[Asked]) -> tuple[ToldItem, ...]:
    """The items of a one-time notice, from the lines as they were typed.

    Shape: a line belongs to the paper with the longest name found in it; a paper named twice has both lines
        on one item; one that is not here and of which nothing more is said is missing; every other line
        stands there in its own words, and what names no paper comes last, as one item.
    Source: AC-1, AC-4: everything at once, and nothing of it lost.
    """
    papers = sorted(asked, key=lambda one: -len(one.name))
    lines: dict[str, list[str]] = {}
    for fault in faults:
        named = next((one.material for one in papers if one.name and one.name in fault), BESIDES)
        lines.setdefault(named, []).append(fault)
    names = {one.material: one.name for one in asked if one.here is None}
    own = sorted(lines, key=lambda material: material == BESIDES)
    return tuple(_item(material, lines[material], names.get(material, "")) for material in own)


def _item(material: str, lines: Sequence[str], name: str) -> ToldItem:
    """One item. Shape: ``name`` is the paper's where it is not here, empty otherwise."""
    if name and all(line.replace(name, "").strip("：:。. ") in MISSING_WORDS for line in lines):
        return ToldItem(material, Fault.MISSING)
    return ToldItem(material, Fault.UNFIT, "；".join(lines)[:LONGEST_FAULT])
