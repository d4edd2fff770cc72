"""Which rows hold which part of the catalogue, and how a row of the draft is known from a fact."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from approvals.models.calendar import CalendarYearRow, HolidayRow
from approvals.models.catalogue import (
    DepartmentRow,
    LegalBasisRow,
    MaterialRow,
    MatterRow,
    PrecedenceRow,
    ReviewGroupRow,
)
from approvals.models.template import (
    AttributeRow,
    ConditionRow,
    DerivedRuleRow,
    TemplateRow,
    TemplateStepRow,
)

Key = tuple[object, ...]


@dataclass(frozen=True)
class Part:
    """One part of the catalogue: its name there, its rows, and the columns that identify one of them."""

    name: str
    row: Any
    key: tuple[str, ...]

    def key_of(self, item: object) -> Key:
        """What identifies a row, or a fact of the same columns."""
        return tuple(getattr(item, name) for name in self.key)


MIRRORED = (
    Part("departments", DepartmentRow, ("code",)),
    Part("matters", MatterRow, ("code",)),
    Part("precedences", PrecedenceRow, ("predecessor", "successor")),
    Part("materials", MaterialRow, ("matter", "code")),
    Part("review_groups", ReviewGroupRow, ("code",)),
    Part("attributes", AttributeRow, ("name",)),
    Part("conditions", ConditionRow, ("matter",)),
    Part("derived_rules", DerivedRuleRow, ("name",)),
    Part("legal_bases", LegalBasisRow, ("matter", "citation", "valid_from")),
)
"""The parts whose rows are facts one for one; templates and holidays take more."""

CALENDAR_ROWS: tuple[Any, ...] = (HolidayRow, CalendarYearRow)
DRAFT_ROWS: tuple[Any, ...] = (
    *(part.row for part in MIRRORED),
    TemplateRow,
    TemplateStepRow,
    *CALENDAR_ROWS,
)
