"""How long results hold, as the shipped catalogue says it."""

from datetime import date

import pytest

from approvals.rules.validity import Holding, Validity, holding, lapses_on, read_validity

# PR-13: construction permit 3 months; verification 2 years; soil plan 3; environment 5; water intake 3;
# siting opinion 3; temporary land 2; planning permit usually 1 year.
LAW = {
    "construction-permit": Validity(months=3, is_until_start=True),
    "project-verification": Validity(months=24, is_until_start=True),
    "water-soil-report": Validity(months=36, is_until_start=True),
    "eia-report": Validity(months=60, is_until_start=True),
    "eia-form": Validity(months=60, is_until_start=True),
    "water-intake-permit": Validity(months=36, is_until_start=True),
    "land-prelim-siting": Validity(months=36),
    "temp-land-use": Validity(months=24, is_usual=True),
    "construction-planning-permit": Validity(months=12, is_until_start=True, is_usual=True),
}


@pytest.mark.parametrize("matter", LAW)
def test_what_the_law_lets_lapse_is_read_from_the_catalogue(catalogue, matter):
    assert read_validity(catalogue.matter(matter).result_validity) == LAW[matter]


def test_every_period_of_the_catalogue_is_read_and_the_rest_has_none(catalogue):
    words = {matter.result_validity for matter in catalogue.matters if matter.result_validity}

    unread = {one for one in words if read_validity(one) is None}

    assert unread == {"长期", "项目建设整个周期", "成果有效期内", "按出让年限", "单次"}


def test_months_end_on_the_same_day_or_the_last_of_a_shorter_month():
    three_months, five_years = Validity(months=3), Validity(months=60)

    assert lapses_on(three_months, date(2026, 4, 15)) == date(2026, 7, 15)
    assert lapses_on(three_months, date(2026, 11, 30)) == date(2027, 2, 28)
    assert lapses_on(five_years, date(2024, 2, 29)) == date(2029, 2, 28)
    assert lapses_on(Validity(days=15), date(2026, 4, 20)) == date(2026, 5, 5)


def test_a_result_that_waits_for_the_start_holds_on_once_building_began_in_time():
    permit = Validity(months=3, is_until_start=True)

    assert lapses_on(permit, date(2026, 4, 15), started_on=date(2026, 7, 15)) is None
    assert lapses_on(permit, date(2026, 4, 15), started_on=date(2026, 7, 16)) == date(2026, 7, 15)
    assert lapses_on(Validity(months=24), date(2026, 4, 15), started_on=date(2026, 5, 1)) == date(2028, 4, 15)


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2026, 5, 16), Holding.HOLDS),  # 60 days before 15 July
        (date(2026, 5, 17), Holding.SOON),
        (date(2026, 7, 15), Holding.SOON),  # the last day still counts
        (date(2026, 7, 16), Holding.LAPSED),
    ],
)
def test_a_result_is_watched_before_it_lapses(today, state):
    assert holding(date(2026, 7, 15), today) is state
