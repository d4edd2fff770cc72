"""Why a step lies where it does among all projects: hand-worked chains, and sums that are always exact."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import scheduler
from scheduler.portfolio import solve
from scheduler.portfolio.check import check
from scheduler.portfolio.demands import Sitting
from scheduler.portfolio.explain import LinkKind, why
from tests.scheduler.county import a_step, accept, issue, office_calendar
from tests.scheduler.portfolio import drawn
from tests.scheduler.portfolio.made import a_body, a_plan, a_portfolio, a_project, at, lies

CALENDAR_AXIS = office_calendar().axis(date(2026, 4, 15))


def told(portfolio, placed, project="A", step=None, *forced):
    """The chain as (kind, step, begin, end); the plan must be a right one."""
    plan = a_plan(placed, forced)
    assert check(portfolio, plan) == ()
    answer = why(portfolio, plan, project, step)
    adds_up(answer)
    return [(link.kind.value, link.step, link.begin, link.end) for link in answer.links], answer


def adds_up(answer):
    """Every day between beginning and end stands in exactly one link."""
    point = answer.begin
    for link in answer.links:
        assert link.begin == point < link.end, answer
        point = link.end
    assert point == answer.end
    assert sum(link.workdays for link in answer.links) == answer.workdays


def test_the_chain_leads_through_predecessors_and_waits_to_the_release():
    # A is released on day 1: land until 4, two days of preparation, then housing is full on days 7 and 8
    # with B and C, so A's permit is accepted on day 8, with experts for a day and two days of work
    land, permit = a_step("land", 3), a_step("permit", 2, preparation=2, special=1)
    first = a_project("A", [land, permit], [accept("land", "permit")], {"permit": at("housing")}, release=1)
    second = a_project("B", [a_step("roof", 8)], demands={"roof": at("housing")})
    third = a_project("C", [a_step("road", 1, not_before=8)], demands={"road": at("housing")})
    portfolio = a_portfolio(first, second, third, benches={"housing": 1})
    placed = {
        ("A", "land"): lies(1, 1, 4),
        ("A", "permit"): lies(4, 8, 11),
        ("B", "roof"): lies(0, 0, 8),
        ("C", "road"): lies(8, 8, 9),
    }

    chain, answer = told(portfolio, placed)

    assert chain == [
        ("work", "land", 1, 4),
        ("preparation", "permit", 4, 6),
        ("bench_full", "permit", 6, 8),
        ("special", "permit", 8, 9),
        ("work", "permit", 9, 11),
    ]
    wait = answer.links[2]
    assert (wait.who, wait.held_by) == ("housing", ("B", "C"))
    assert wait.full_days == (8, 9)  # accepted on 6 it would work on days 8 and 9, on 7 on days 9 and 10
    assert answer.waited() == {(LinkKind.BENCH_FULL, "housing"): 2, (LinkKind.WORK, "housing"): 2}


def test_a_decision_that_waits_leads_to_the_result_it_waited_for():
    portfolio = a_portfolio(
        a_project("A", [a_step("land", 5), a_step("permit", 2)], [issue("land", "permit", tail=1)])
    )
    placed = {("A", "land"): lies(0, 0, 5), ("A", "permit"): lies(0, 0, 2, 6)}

    chain, answer = told(portfolio, placed)

    assert chain == [("work", "land", 0, 5), ("tail", "permit", 5, 6)]
    assert answer.links[1].predecessor == "land"


def officers_day(hand_ins, accepted, others=()):
    projects = [
        a_project(
            key,
            [a_step("land", 3, accepted=0) if key in others else a_step("land", 3)],
            demands={"land": at(needs_officer=True)},
            officers=("amy",),
        )
        for key in "AB"
    ]
    portfolio = a_portfolio(*projects, officers={"amy": hand_ins})
    placed = {("B", "land"): lies(0, 0, 3, officer="amy")}
    return told(portfolio, placed | {("A", "land"): lies(0, accepted, accepted + 3, officer="amy")})


def test_an_officer_who_is_away_or_has_enough_is_named():
    chain, answer = officers_day((1, 0, 1), 2)

    # on day 0 amy has B's step in hand, on day 1 she is away
    assert chain[:2] == [("officer_full", "land", 0, 1), ("officers_away", "land", 1, 2)]
    assert [link.who for link in answer.links[:2]] == ["amy", "amy"]
    assert [link.held_by for link in answer.links[:2]] == [("B",), ()]


def reviewed(on, accepted, *, others=0, body=None, rooms=1, tables=(), work=2, demand=None):
    """A's land before the review, with so many others in its sitting of day 5, beside other tables."""
    review = body or a_body()
    projects = [a_project("A", [a_step("land", work)], demands={"land": demand or at(body="review")})]
    placed = {("A", "land"): lies(0, accepted, max(accepted + work, on + 1), sitting=Sitting(on, 0))}
    for i in range(others):
        projects.append(a_project(f"O{i}", [a_step("land", 2)], demands={"land": at(body="review")}))
        placed[f"O{i}", "land"] = lies(0, 3, 6, sitting=Sitting(5, 0))
    for table in tables:
        projects.append(a_project(table.key, [a_step("land", 2)], demands={"land": at(body=table.key)}))
        placed[table.key, "land"] = lies(0, 3, 6, sitting=Sitting(5, 0))
    portfolio = a_portfolio(*projects, bodies=(review, *tables), rooms=rooms)
    return told(portfolio, placed)


def test_a_step_waits_for_a_sitting_that_is_offered():
    # mornings of days 5 and 10, two days' notice: accepted on day 3 as none sits on days 2, 3 and 4
    chain, answer = reviewed(5, 3)

    assert chain == [
        ("no_sitting", "land", 0, 3),
        ("notice", "land", 3, 5),
        ("opinion", "land", 5, 6),
    ]
    assert (answer.links[0].who, answer.links[0].full_days) == ("review", (2, 3, 4))


def test_a_full_sitting_names_who_sits_there():
    # the sitting of day 5 has its two: day 10 is next, accepted on 8; only on day 3 was a sitting near enough
    chain, answer = reviewed(10, 8, others=2)

    assert [link[0] for link in chain] == ["no_sitting", "sitting_full", "no_sitting", "notice", "opinion"]
    assert chain[1] == ("sitting_full", "land", 3, 4)
    assert answer.links[1].held_by == ("O0", "O1")


@pytest.mark.parametrize(
    ("rooms", "member", "kind"), [(1, "roads", "rooms_taken"), (2, "fire", "member_busy")]
)
def test_a_sitting_without_room_or_member_names_the_other_table(rooms, member, kind):
    chain, answer = reviewed(10, 8, tables=[a_body("site", [member])], rooms=rooms)

    assert chain[1] == (kind, "land", 3, 4)
    assert answer.links[1].held_by == ("site",)


def test_what_is_announced_says_so():
    chain, _ = reviewed(10, 6, demand=at(body="review", planned=6, sitting=Sitting(10, 0), is_announced=True))

    # noticed until 8, and nobody else is in the sitting of day 10 before that: none is offered on days 8, 9
    assert chain == [
        ("kept", "land", 0, 6),
        ("notice", "land", 6, 8),
        ("no_sitting", "land", 8, 10),
        ("opinion", "land", 10, 11),
    ]


def test_what_has_happened_ends_the_chain():
    project = a_project(
        "A",
        [a_step("land", 3, started=2, accepted=4), a_step("permit", 2)],
        [accept("land", "permit")],
        release=1,
    )
    placed = {("A", "land"): lies(2, 4, 7, 9), ("A", "permit"): lies(9, 9, 11)}

    chain, _ = told(a_portfolio(project, today=9), placed)

    # its work was over on day 7; it is still open today
    assert chain == [
        ("before", "land", 1, 2),
        ("happened", "land", 2, 4),
        ("work", "land", 4, 7),
        ("today", "land", 7, 9),
        ("work", "permit", 9, 11),
    ]


def test_days_that_are_over_and_a_day_a_step_is_held_to_are_named():
    project = a_project("A", [a_step("land", 3, not_before=6)], release=1)

    chain, _ = told(a_portfolio(project, today=4), {("A", "land"): lies(6, 6, 9)})

    assert chain == [("today", "land", 1, 4), ("not_before", "land", 4, 6), ("work", "land", 6, 9)]


def test_a_step_in_preparation_waits_for_its_gate():
    project = a_project(
        "A", [a_step("land", 3), a_step("permit", 2, preparation=1, started=0)], [accept("land", "permit")]
    )

    chain, _ = told(a_portfolio(project), {("A", "land"): lies(0, 0, 3), ("A", "permit"): lies(0, 3, 5)})

    assert chain == [("work", "land", 0, 3), ("work", "permit", 3, 5)]


def test_on_a_calendar_the_links_have_days_and_the_holidays_between_are_named():
    # 30 April is a Thursday before the May holiday: the next working day is 6 May 2026
    axis = office_calendar().axis(date(2026, 4, 30))
    portfolio = a_portfolio(a_project("A", [a_step("land", 2)]), axis=axis)

    _, answer = told(portfolio, {("A", "land"): lies(0, 0, 2)})

    (work,) = answer.links
    assert (work.begin_on, work.end_on) == (date(2026, 4, 30), axis.date_of(2))
    assert [rest.names_zh for rest in answer.rests if not rest.is_workday] == [("劳动节",)]


def test_a_step_the_project_does_not_have_is_refused_by_name():
    portfolio = a_portfolio(a_project("A", [a_step("land", 2)]))

    with pytest.raises(scheduler.UnknownStep):
        why(portfolio, a_plan({("A", "land"): lies(0, 0, 2)}), "A", "roof")


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(seed=st.integers(0, 1 << 30), is_nominal=st.booleans())
def test_every_day_of_every_step_of_any_plan_is_attributed(seed, is_nominal):
    portfolio = drawn.portfolio(seed, projects=4, axis=None if is_nominal else CALENDAR_AXIS)
    plan = solve.plan(portfolio).plan
    assert check(portfolio, plan) == ()

    for project in portfolio.projects:
        for step in project.problem.steps:
            answer = why(portfolio, plan, project.key, step.key)

            adds_up(answer)
            assert answer.end == plan.steps[project.key, step.key].finish
            first = answer.links[0].step if answer.links else step.key
            began = project.problem.steps[project.problem.place(first)].began
            assert answer.begin == (project.release if began is None else min(began, project.release))
