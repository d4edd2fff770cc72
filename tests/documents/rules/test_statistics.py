"""Months, figures and the departments' days."""

from datetime import date

import pytest

from documents.rules.statistics import (
    Figure,
    HandedIn,
    Line,
    Month,
    NoSuchMonth,
    Ran,
    Section,
    Taken,
    lines_by,
    mean_of,
    median_of,
    not_asked_again,
    ran_beside_others,
)

TODAY = date(2026, 4, 15)


def test_a_month_knows_its_days_and_its_neighbours():
    april = Month.of(202604, TODAY)

    assert (april.first_on, april.last_on) == (date(2026, 4, 1), date(2026, 4, 30))
    assert (april.before.number, april.after.number) == (202603, 202605)
    assert Month(2025, 12).after == Month(2026, 1)
    assert Month(2026, 1).before == Month(2025, 12)
    assert Month(2028, 2).last_on == date(2028, 2, 29)


@pytest.mark.parametrize("number", [0, 202600, 202613, 202605, 201412, 999912])
def test_a_month_that_is_none_or_has_not_begun_is_refused(number):
    with pytest.raises(NoSuchMonth):
        Month.of(number, TODAY)


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        (Figure("n", 12), "12"),
        (Figure("n", 9, 12), "9/12（75.0%）"),
        (Figure("n", 0, 0), "—"),
        (Figure("n", 4.5), "4.5"),
        (Figure("n", None), "—"),
    ],
)
def test_a_figure_is_written_as_people_read_it(figure, text):
    assert figure.text() == text


def test_departments_stand_by_how_much_they_decided_with_their_mean_days():
    taken = [
        Taken("NRP", "design", "works", 5, 20, 4),
        Taken("NRP", "design", "works", 5, None, 8),  # three days over its promise
        Taken("DRC", "filing", "land", 1, 0, 1),
        Taken("NRP", "design", "works", 10, 20, 9),
    ]

    first, second = lines_by(taken, lambda one: one.department)

    # NRP: 20 / 3 promised, 40 / 2 by law, 21 / 3 taken; two of three in time
    assert first == Line("NRP", (3, 2, pytest.approx(20 / 3), 20.0, 7.0, 8.0))
    assert second == Line("DRC", (1, 1, 1.0, 0.0, 1.0, 1.0))


def test_mean_and_median_of_nothing_are_nothing():
    assert mean_of([]) is None
    assert mean_of([None, None]) is None
    assert median_of([]) is None
    assert median_of([3, 1, 10, 4]) == 3.5


def test_a_section_whose_lines_do_not_fit_its_heads_is_a_mistake_of_its_author():
    with pytest.raises(ValueError, match="does not fit"):
        Section(title="t", figures=(), heads=("a", "b"), lines=(Line("NRP", (1,)),))


def test_a_step_counts_as_parallel_only_while_another_of_its_project_runs():
    ran = [
        Ran(1, date(2026, 4, 1), date(2026, 4, 8)),
        Ran(1, date(2026, 4, 8), date(2026, 4, 14)),  # begins the day the first ends, and beside the third
        Ran(1, date(2026, 4, 13), None),
        Ran(2, date(2026, 4, 2), date(2026, 4, 9)),  # of another project, alone there
        Ran(1, date(2026, 3, 2), date(2026, 3, 31)),  # decided in March
    ]

    assert ran_beside_others(ran, date(2026, 4, 1), date(2026, 4, 30)) == (1, 3)


def test_a_paper_an_earlier_step_of_the_same_project_asked_for_is_not_asked_for_again():
    handed_in = [
        HandedIn(1, date(2026, 4, 9), ("plan", "licence", "deed")),  # licence came in March, deed on the 2nd
        HandedIn(1, date(2026, 3, 30), ("licence",)),
        HandedIn(1, date(2026, 4, 2), ("deed",)),
        HandedIn(2, date(2026, 4, 9), ("licence",)),  # another project brings its own
    ]

    assert not_asked_again(handed_in, date(2026, 4, 1), date(2026, 4, 30)) == (2, 5)


def test_early_is_before_the_promised_day_and_not_on_it():
    taken = [Taken("NRP", "design", "works", 5, 20, 4), Taken("NRP", "design", "works", 5, 20, 5)]

    assert [one.is_early for one in taken] == [True, False]
    assert not Taken("NRP", "design", "works", None, 20, 1).is_early
