"""Questions for the whole county: what can be asked, and what is refused with the way out."""

import json
from datetime import date

import pytest

from projects.rules.county_scenario import (
    CountyScenario,
    DayBothWays,
    DayIsThatAlready,
    DaysReversed,
    GroupDoesNotSit,
    NoBenchRecorded,
    NobodyFewer,
    NobodyOfThatNumber,
    NoSuchHalf,
    NothingAsked,
    Office,
    OfficerAway,
    ShortBench,
    SittingChanged,
    check_scenario,
    read_scenario,
    scenario_body,
)
from scheduler import WorkCalendar

MONDAY, FRIDAY, SATURDAY = date(2026, 5, 11), date(2026, 5, 29), date(2026, 5, 30)
OFFICE = Office(
    benches=frozenset({"HCB"}),
    groups=frozenset({"JR_SCHEME"}),
    officers=frozenset({7}),
    calendar=WorkCalendar([], {2026}),
)
EVERYTHING = CountyScenario(
    name="五月",
    days_off=(MONDAY,),
    days_worked=(SATURDAY,),
    short=(ShortBench(department="HCB", fewer=2, first_on=MONDAY, last_on=FRIDAY),),
    away=(OfficerAway(officer=7, first_on=MONDAY, last_on=FRIDAY),),
    sittings=(SittingChanged(group="JR_SCHEME", on=MONDAY, half=1, is_added=True),),
)


def test_a_question_is_the_same_after_it_was_written_down():
    assert read_scenario(json.loads(json.dumps(scenario_body(EVERYTHING)))) == EVERYTHING


def test_a_question_about_what_the_office_has_recorded_may_be_asked():
    check_scenario(EVERYTHING, OFFICE)


def test_a_question_that_changes_nothing_is_refused():
    with pytest.raises(NothingAsked):
        CountyScenario(name="nothing")


def test_a_period_does_not_end_before_it_begins():
    with pytest.raises(DaysReversed):
        ShortBench(department="HCB", fewer=1, first_on=FRIDAY, last_on=MONDAY)
    with pytest.raises(DaysReversed):
        OfficerAway(officer=7, first_on=FRIDAY, last_on=MONDAY)


@pytest.mark.parametrize("fewer", [0, -1])
def test_a_short_department_is_short_of_somebody(fewer):
    with pytest.raises(NobodyFewer):
        ShortBench(department="HCB", fewer=fewer, first_on=MONDAY, last_on=FRIDAY)


def test_a_day_has_two_halves():
    with pytest.raises(NoSuchHalf):
        SittingChanged(group="JR_SCHEME", on=MONDAY, half=2, is_added=True)


def test_a_day_is_not_off_and_worked_at_once():
    with pytest.raises(DayBothWays):
        CountyScenario(days_off=(MONDAY,), days_worked=(MONDAY,))


@pytest.mark.parametrize(
    ("scenario", "refusal"),
    [
        (
            CountyScenario(short=(ShortBench(department="EEB", fewer=1, first_on=MONDAY, last_on=FRIDAY),)),
            NoBenchRecorded,
        ),
        (
            CountyScenario(away=(OfficerAway(officer=8, first_on=MONDAY, last_on=FRIDAY),)),
            NobodyOfThatNumber,
        ),
        (
            CountyScenario(sittings=(SittingChanged(group="JR_ROAD", on=MONDAY, half=0, is_added=True),)),
            GroupDoesNotSit,
        ),
        (CountyScenario(days_off=(SATURDAY,)), DayIsThatAlready),
        (CountyScenario(days_worked=(MONDAY,)), DayIsThatAlready),
    ],
)
def test_what_the_office_has_not_recorded_cannot_be_asked_about(scenario, refusal):
    with pytest.raises(refusal):
        check_scenario(scenario, OFFICE)
