"""What one more reviewer, hand-in, sitting, seat or room would bring; each trial is a plan that is proved."""

from datetime import date

import pytest

from scheduler.portfolio import solve
from scheduler.portfolio.check import check
from scheduler.portfolio.releases import ReleaseKind, cheapest, granted, week_of, wishes
from tests.scheduler.county import a_step, office_calendar
from tests.scheduler.portfolio import drawn
from tests.scheduler.portfolio.made import a_body, a_portfolio, a_project, at


def replan(portfolio):
    plan = solve.plan(portfolio).plan
    assert check(portfolio, plan) == ()
    return plan


def queue(**known):
    """Three cases of 3 days for the one place of housing, promised for day 3: they end on 3, 6 and 9."""
    projects = [a_project(key, [a_step("land", 3)], demands={"land": at("housing")}, due=3) for key in "ABC"]
    return a_portfolio(*projects, benches={"housing": 1}, **known)


def test_one_more_reviewer_says_how_many_projects_come_sooner_and_by_how_much():
    # with two places on days 1 to 5, two cases end on day 3 and the third works on days 4 to 6
    (best, *_) = cheapest(queue(), replan)

    assert (best.wish.kind, best.wish.who, best.wish.first, best.wish.last) == (
        ReleaseKind.REVIEWER,
        "housing",
        1,
        5,
    )
    assert sorted((change.project, change.moved) for change in best.changes.earlier) == [("B", -3), ("C", -3)]
    assert (best.span, best.saved, best.days_earlier) == ((3, 3), 6, 6)


def test_a_week_is_the_civil_week_around_a_day():
    # 2026: 1 to 5 May is the holiday, Saturday 9 May makes up for it: the week of 6 May is 6, 7, 8 and 9 May
    axis = office_calendar().axis(date(2026, 5, 6))

    first, last = week_of(axis, 1)

    assert (axis.date_of(first), axis.date_of(last)) == (date(2026, 5, 6), date(2026, 5, 9))


def test_a_wish_on_a_calendar_names_its_days():
    axis = office_calendar().axis(date(2026, 3, 2))  # a Monday; day 1 is the Tuesday after it

    (best, *_) = cheapest(queue(axis=axis), replan)

    assert (best.wish.first_on, best.wish.last_on) == (date(2026, 3, 2), date(2026, 3, 6))


def test_the_one_more_is_there_on_these_days_only():
    wish = cheapest(queue(), replan)[0].wish

    (bench,) = granted(queue(), wish).benches

    assert tuple(bench.places) == (1, 2, 2, 2, 2, 2, 1)


def test_what_is_asked_for_goes_round_all_that_is_waited_for():
    # A to F wait for housing, G and H for roads: one wish for each bench comes before the second for housing
    cases = [(key, "housing") for key in "ABCDEF"] + [(key, "roads") for key in "GH"]
    projects = [
        a_project(key, [a_step("land", 3)], demands={"land": at(bench)}, due=3) for key, bench in cases
    ]
    portfolio = a_portfolio(*projects, benches={"housing": 1, "roads": 1})

    first, second, *_ = wishes(portfolio, replan(portfolio))

    assert {first.who, second.who} == {"housing", "roads"}


def test_somebody_for_a_month_must_bring_more_than_for_a_week():
    wish = cheapest(queue(), replan)[0]

    assert (wish.wish.workdays, wish.worth) == (5, (6 + 6) / 5)


def test_an_officer_who_has_enough_in_hand_is_asked_for_one_more():
    projects = [
        a_project(
            key, [a_step("land", 1)], demands={"land": at(needs_officer=True)}, officers=("amy",), due=1
        )
        for key in "AB"
    ]
    portfolio = a_portfolio(*projects, officers={"amy": 1})

    (best,) = cheapest(portfolio, replan)

    # amy hands in one on day 0 and one on day 1; week 0 of a nominal axis is days -4 to 0
    assert (best.wish.kind, best.wish.who, best.saved) == (ReleaseKind.HAND_IN, "amy", 1)
    assert best.wish.last == 0


def reviewed(*bodies, rooms=1, per_body=1):
    projects = [
        a_project(f"{body.key}{i}", [a_step("land", 2)], demands={"land": at(body=body.key)}, due=6)
        for body in bodies
        for i in range(per_body)
    ]
    return a_portfolio(*projects, bodies=bodies, rooms=rooms)


def test_a_full_sitting_asks_for_a_seat_or_another_sitting():
    found = cheapest(reviewed(a_body(seats=1), per_body=2), replan)

    # with a second seat, or in the afternoon of day 5 too, the second project is done on day 6, not on 11
    assert {(one.wish.kind, one.wish.half) for one in found if one.saved == 5} >= {
        (ReleaseKind.SEAT, None),
        (ReleaseKind.SITTING, 1),
    }
    assert found[0].saved == 5


def test_a_taken_room_asks_for_another_room():
    portfolio = reviewed(a_body("fire", ["fire"]), a_body("site", ["roads"]))

    found = cheapest(portfolio, replan)

    assert ReleaseKind.ROOM in {one.wish.kind for one in found if one.saved == 5}


def test_a_review_that_seldom_sits_asks_for_a_sitting_on_the_day_it_is_needed():
    # ready on day 0, two days' notice: a sitting on day 2 would end it on day 3, not on day 6
    portfolio = reviewed(a_body())

    (best,) = [one for one in cheapest(portfolio, replan, projects=["review0"]) if one.wish.first == 2]

    assert (best.wish.kind, best.span) == (ReleaseKind.SITTING, (3, 3))


def test_where_nobody_waits_there_is_nothing_to_wish_for():
    portfolio = a_portfolio(a_project("A", [a_step("land", 3)], due=1))

    assert cheapest(portfolio, replan) == ()


@pytest.mark.parametrize("seed", range(12))
def test_every_release_of_a_random_portfolio_keeps_what_it_says(seed):
    portfolio = drawn.portfolio(seed, projects=5)
    before = replan(portfolio)

    found = cheapest(portfolio, replan, plan=before, most=4)

    assert [one.worth for one in found] == sorted((one.worth for one in found), reverse=True)
    for release in found:
        after = replan(granted(portfolio, release.wish))
        for project in release.changes.projects:
            target = portfolio.projects[portfolio.index[project.project]].target
            key = (project.project, target)
            assert project.moved == after.steps[key].finish - before.steps[key].finish
    assert len(wishes(portfolio, before)) >= len(found)
