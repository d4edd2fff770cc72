"""A portfolio is checked when it is built: what cannot be planned is refused by name, with the way out."""

import pytest

import scheduler
from scheduler import portfolio
from scheduler.portfolio import Bench, Body, Officer, Portfolio, Sitting
from tests.scheduler.county import a_step
from tests.scheduler.portfolio.made import a_body, a_portfolio, a_project, at

ONE = a_project("mill", [a_step("permit", 3)])


@pytest.mark.parametrize(
    ("refused", "build"),
    [
        (portfolio.KeyTwice, lambda: a_portfolio(ONE, ONE)),
        (portfolio.KeyTwice, lambda: Portfolio([], _axis(), horizon=9, benches=(Bench("a", 1),) * 2)),
        (portfolio.NegativeAmount, lambda: Bench("land", (2, -1))),
        (portfolio.NoAmounts, lambda: Officer("amy", ())),
        (portfolio.NegativeAmount, lambda: a_body(seats=0)),
        (portfolio.NegativeAmount, lambda: a_body(notice=-1)),
        (portfolio.NoSuchHalf, lambda: a_body(sittings=(Sitting(3, 2),))),
        (portfolio.NegativeAmount, lambda: a_portfolio(ONE, rooms=-1)),
        (portfolio.EmptyHorizon, lambda: a_portfolio(today=9, horizon=8)),
        (portfolio.SittingOutsideHorizon, lambda: a_portfolio(bodies=(a_body(),), horizon=9)),
        (portfolio.UnknownBench, lambda: a_portfolio(_asking(at("land")))),
        (portfolio.UnknownBody, lambda: a_portfolio(_asking(at(body="review")))),
        (portfolio.UnknownOfficer, lambda: a_portfolio(a_project("mill", [a_step("a")], officers=("amy",)))),
        (portfolio.TodayDiffers, lambda: a_portfolio(a_project("mill", [a_step("a")], today=3), today=4)),
        (portfolio.AnnouncedWithoutDay, lambda: _asking(at(is_announced=True))),
        (portfolio.SittingWithoutReview, lambda: _asking(at(sitting=Sitting(5, 0)))),
        (portfolio.SpecialAfterWork, lambda: a_project("mill", [_work_then_special()])),
        (portfolio.NegativeAmount, lambda: a_project("mill", [a_step("a")], weight=-1)),
        (scheduler.UnknownStep, lambda: a_project("mill", [a_step("a")], target="b")),
        (scheduler.UnknownStep, lambda: a_project("mill", [a_step("a")], demands={"b": at()})),
    ],
)
def test_what_cannot_be_planned_is_refused_by_name(refused, build):
    with pytest.raises(refused) as refusal:
        build()

    assert refusal.type is refused
    assert "%(" not in str(refusal.value)


def test_a_review_whose_members_share_no_day_is_a_portfolio_but_no_plan():
    body = Body("review", ("fire",), notice=1, opinion=1, seats=1, sittings=())
    county = a_portfolio(_asking(at(body="review")), bodies=(body,))

    assert county.bodies[0].sittings == ()


def test_a_day_is_said_as_a_date_where_there_is_a_calendar():
    from datetime import date

    from tests.scheduler.county import office_calendar

    county = Portfolio([], office_calendar().axis(date(2026, 4, 15)), horizon=9)

    assert county.day(1) == date(2026, 4, 16)
    assert a_portfolio().day(1) == 1


def _axis():
    return scheduler.NominalAxis()


def _asking(demand):
    return a_project("mill", [a_step("permit", 3)], demands={"permit": demand})


def _work_then_special():
    return scheduler.Step("a", (scheduler.Segment("work", 1), scheduler.Segment("special", 1)))
