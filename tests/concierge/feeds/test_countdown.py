"""The time left in words, and the moment since which a title says so."""

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from approvals.rules.catalogue_files.reading import read_files
from approvals.rules.facts import Label
from approvals.rules.work_calendar import work_calendar
from approvals.services.ship_catalogue import shipped_files
from concierge.feeds.rules.countdown import Stand, TimeLeft, midnight, said_since, time_left
from concierge.feeds.rules.entry import EntryKind, EntryState, Kept, Matter

MADE = datetime(2026, 4, 1, 2, 0, tzinfo=UTC)
FRIDAY = date(2026, 4, 17)
STEP = Kept(
    uid="1",
    sequence=0,
    made_at=MADE,
    changed_at=MADE,
    matter=Matter(
        source="step:1:due", kind=EntryKind.DUE, state=EntryState.OPEN, on=FRIDAY, name=Label("环评", "EIA")
    ),
)


@pytest.fixture(scope="module")
def calendar():
    return work_calendar(read_files(shipped_files()).catalogue.holidays)


def planned(on=FRIDAY):
    return replace(STEP, matter=replace(STEP.matter, state=EntryState.PLANNED, on=on))


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (date(2026, 4, 9), TimeLeft(Stand.FAR)),  # six working days: 10, 13, 14, 15, 16, 17
        (date(2026, 4, 10), TimeLeft(Stand.SOON, 5)),
        (date(2026, 4, 12), TimeLeft(Stand.SOON, 5)),  # a Sunday: the same five
        (date(2026, 4, 16), TimeLeft(Stand.SOON, 1)),
        (FRIDAY, TimeLeft(Stand.TODAY)),
        (date(2026, 4, 18), TimeLeft(Stand.OVERDUE, 0)),  # a Saturday: no working day over yet
        (date(2026, 4, 20), TimeLeft(Stand.OVERDUE, 1)),
        (date(2026, 4, 24), TimeLeft(Stand.OVERDUE, 5)),
        (date(2026, 4, 27), TimeLeft(Stand.OVERDUE, 0)),  # from the sixth on they are no longer counted
    ],
)
def test_working_days_are_counted_down_from_five_and_up_to_five(calendar, today, said):
    assert time_left(STEP, today, calendar) == said


def test_holidays_are_left_out_of_the_count(calendar):
    # 1 to 5 May 2026 are days off: from Wednesday 29 April to Wednesday 6 May it is 30 April and 6 May.
    step = replace(STEP, matter=replace(STEP.matter, on=date(2026, 5, 6)))

    assert time_left(step, date(2026, 4, 29), calendar) == TimeLeft(Stand.SOON, 2)


def test_what_was_only_expected_is_never_overdue(calendar):
    assert time_left(planned(), date(2026, 4, 20), calendar) == TimeLeft(Stand.FAR)


def test_a_title_that_counts_changed_at_the_midnight_of_the_last_working_day(calendar):
    monday = midnight(date(2026, 4, 13))  # 4 left since Monday; on the Sunday before it was 5

    assert said_since(STEP, date(2026, 4, 13), calendar) == monday
    assert said_since(STEP, date(2026, 4, 12), calendar) == midnight(date(2026, 4, 10))


def test_far_from_its_day_an_entry_changed_when_the_records_did(calendar):
    assert said_since(STEP, date(2026, 4, 2), calendar) == MADE


def test_a_later_change_of_the_records_counts_more_than_the_midnight(calendar):
    at = datetime(2026, 4, 16, 5, 0, tzinfo=UTC)

    assert said_since(replace(STEP, changed_at=at), date(2026, 4, 16), calendar) == at


@pytest.mark.parametrize("state", list(EntryState))
def test_no_day_takes_the_moment_back(calendar, state):
    step = replace(STEP, matter=replace(STEP.matter, state=state))
    days = [date(2026, 3, 20) + timedelta(days=n) for n in range(60)]

    moments = [said_since(step, day, calendar) for day in days]

    assert moments == sorted(moments)
    for before, after in itertools.pairwise(days):
        is_same = time_left(step, before, calendar) == time_left(step, after, calendar)
        is_unmoved = said_since(step, before, calendar) == said_since(step, after, calendar)
        assert is_same == is_unmoved, after
