"""The official notice of a year: it replaces the provisional table, and whoever plans by it is told."""

from datetime import date

import pytest
from sqlalchemy import select

from approvals.models.calendar import CalendarYearRow
from approvals.queries import catalogue as queries
from approvals.services.load_holidays import (
    NothingNew,
    NoticeNotSound,
    SourceMissing,
    YearOutOfRange,
    load_holidays,
    read_notice,
)
from concierge.kernel.actor import SYSTEM
from concierge.kernel.outbox import EventRow
from concierge.kernel.work import reading

HEADINGS = "date,kind,detail,holiday_zh,holiday_en,is_workday,source,status"
NOTICE = "国办发明电〔2026〕7号，2026年11月3日"


def notice(*days):
    return "\n".join([HEADINGS, *days, ""]).encode()


def holiday(day):
    return f"{day},holiday,,元旦,New Year's Day,no,x,official"


def makeup(day):
    return f"{day},makeup_workday,,元旦,New Year's Day,yes,x,official"


def told():
    with reading() as session:
        named = select(EventRow.facts).where(EventRow.name == "approvals.events.catalogue:CalendarChanged")
        return list(session.scalars(named))


def test_a_notice_makes_its_year_official_and_replaces_every_day_of_it(catalogue_office):
    # Sunday 3 January is worked for Saturday the 2nd: the law alone knew neither
    moved = load_holidays(
        2027, NOTICE, notice(holiday("2027-01-01"), holiday("2027-01-02"), makeup("2027-01-03")), by=SYSTEM
    )

    with reading() as session:
        calendar = queries.work_calendar(session)
        days = [day.on for day in queries.holidays(session) if day.on.year == 2027]
        year = session.scalars(select(CalendarYearRow).where(CalendarYearRow.year == 2027)).one()
    assert days == [date(2027, 1, 1), date(2027, 1, 2), date(2027, 1, 3)]
    assert (year.status, year.source) == ("official", NOTICE)
    assert not calendar.is_provisional(2027)
    assert calendar.is_workday(date(2027, 1, 3))
    assert date(2027, 1, 3) in moved
    assert told() == ['{"year":2027}']


def test_other_years_are_left_as_they_were(catalogue_office):
    with reading() as session:
        before = [day for day in queries.holidays(session) if day.on.year != 2027]

    load_holidays(2027, NOTICE, notice(holiday("2027-01-01")), by=SYSTEM)

    with reading() as session:
        assert [day for day in queries.holidays(session) if day.on.year != 2027] == before


def test_a_day_twice_is_refused_and_nothing_is_changed(catalogue_office):
    content = notice(holiday("2027-01-01"), holiday("2027-01-01"))

    with pytest.raises(NoticeNotSound):
        load_holidays(2027, NOTICE, content, by=SYSTEM)

    (fault,) = read_notice(2027, NOTICE, content).faults
    assert (fault.row, fault.facts["first_row"]) == (3, 2)
    with reading() as session:
        assert queries.work_calendar(session).is_provisional(2027)
    assert told() == []


def test_a_day_of_another_year_and_a_weekday_made_up_are_named_by_their_rows():
    content = notice(holiday("2028-01-01"), makeup("2027-01-04"))  # 4 January 2027 is a Monday

    faults = read_notice(2027, NOTICE, content).faults

    assert [(fault.row, fault.column) for fault in faults] == [(2, "date"), (3, "date")]


def test_the_same_notice_again_is_refused_kindly(catalogue_office):
    load_holidays(2027, NOTICE, notice(holiday("2027-01-01")), by=SYSTEM)

    with pytest.raises(NothingNew):
        load_holidays(2027, NOTICE, notice(holiday("2027-01-01")), by=SYSTEM)

    assert len(told()) == 1


def test_a_notice_without_a_name_or_of_an_impossible_year_is_refused():
    with pytest.raises(SourceMissing):
        read_notice(2027, " ", notice(holiday("2027-01-01")))
    with pytest.raises(YearOutOfRange):
        read_notice(2200, NOTICE, notice(holiday("2027-01-01")))


def test_an_empty_notice_changes_nothing(catalogue_office):
    with pytest.raises(NoticeNotSound):
        load_holidays(2026, NOTICE, notice(), by=SYSTEM)
