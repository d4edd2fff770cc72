"""A holiday notice as a file, for the stories in which one is loaded."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from approvals.models.calendar import HolidayRow

HEAD = "date,kind,detail,holiday_zh,holiday_en,is_workday,source,status"


def the_notice_of_2027(county):
    """The law's own days, and two more rest days that only a notice can give: 7 and 8 January."""
    rows = county.asked(
        select(HolidayRow).where(HolidayRow.day.between(date(2027, 1, 1), date(2027, 12, 31)))
    )
    lines = [f"{r.day},{r.kind},{r.detail},{r.name_zh},{r.name_en},no,notice,official" for r in rows]
    more = [
        f"2027-01-0{d},holiday,moved_or_compensated_rest,元旦,New Year's Day,no,notice,official"
        for d in (7, 8)
    ]
    return "\n".join([HEAD, *lines, *more, ""]).encode()
