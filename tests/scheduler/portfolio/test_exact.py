"""The exact tier: one hand-worked case for each thing asked of a plan, and every plan of it is proved."""

from datetime import date

import pytest

from scheduler.portfolio import exact
from scheduler.portfolio.check import check
from scheduler.portfolio.demands import Sitting
from scheduler.portfolio.plan import Occupancy
from tests.scheduler.county import a_step, accept, issue, office_calendar
from tests.scheduler.portfolio import drawn
from tests.scheduler.portfolio.made import a_body, a_portfolio, a_project, at

QUICK = exact.Limit(work=2.0)
CALENDAR_AXIS = office_calendar().axis(date(2026, 4, 15))


def solved(portfolio, occupancy=None, **known):
    """The proved answer; its plan breaks no rule where nobody else has booked anything."""
    answer = exact.solve(portfolio, occupancy, limit=QUICK, **known)
    assert answer.verdict is exact.Verdict.BEST
    if occupancy is None:
        assert check(portfolio, answer.plan) == ()
    return answer


def accepts(answer):
    return {key: placed.accept for key, placed in answer.plan.steps.items()}


# --- gates --------------------------------------------------------------------------------------------


def test_an_accept_gate_holds_the_start_and_preparation_follows():
    # land 0..3; the permit starts on 3, is prepared until 5, works until 7: due 6, so one day late
    project = a_project(
        "A", [a_step("land", 3), a_step("permit", 2, preparation=2)], [accept("land", "permit")], due=6
    )

    answer = solved(a_portfolio(project))

    permit = answer.plan.steps["A", "permit"]
    assert (permit.start, permit.accept, permit.own_end, permit.finish) == (3, 5, 7, 7)
    assert (answer.cost, answer.bound) == (1, 1)


def test_an_issue_gate_holds_back_the_decision_alone():
    # land ends on 3; the permit works beside it until 2 and is issued a tail day after land: 4
    project = a_project("A", [a_step("land", 3), a_step("permit", 2)], [issue("land", "permit", 1)], due=4)

    permit = solved(a_portfolio(project)).plan.steps["A", "permit"]

    assert (permit.accept, permit.own_end, permit.finish) == (0, 2, 4)


# --- benches ------------------------------------------------------------------------------------------


def one_each(*lengths, due=None, weights=None, **known):
    """Projects of one step each, all at the bench of housing, which has one place."""
    due = due or [0] * len(lengths)
    weights = weights or [1] * len(lengths)
    projects = [
        a_project(key, [a_step("work", days)], demands={"work": at("housing")}, due=by, weight=weight)
        for key, days, by, weight in zip("ABCDE", lengths, due, weights, strict=False)
    ]
    return a_portfolio(*projects, **({"benches": {"housing": 1}} | known))


def test_one_place_is_shared_in_the_order_that_costs_least():
    # all due on 0: shortest first gives ends 1, 3, 7: 11 days; any other order more
    answer = solved(one_each(4, 2, 1))

    assert accepts(answer) == {("A", "work"): 3, ("B", "work"): 1, ("C", "work"): 0}
    assert answer.cost == 11


def test_a_heavy_project_goes_first():
    # A first: 4*3 + 5 = 17; B first: 1 + 5*3 = 16; with weight 5 A first: 20 + 5 = 25, B first: 1 + 25 = 26
    assert solved(one_each(4, 1, weights=[3, 1])).cost == 16
    assert accepts(solved(one_each(4, 1, weights=[5, 1])))["A", "work"] == 0


def test_a_day_without_a_reviewer_is_not_worked_on():
    # nobody on day 2: the two days of work cannot lie on 1-2 or 2-3, so they take 3-4
    answer = solved(one_each(2, benches={"housing": (0, 1, 0, 1)}))

    assert accepts(answer) == {("A", "work"): 2}


def test_days_that_others_have_booked_are_not_free():
    answer = solved(one_each(2), Occupancy(places={"housing": [0, 0, 1, 0, 0, 1]}))

    assert accepts(answer) == {("A", "work"): 2}


# --- officers -----------------------------------------------------------------------------------------


def test_b_hands_in_while_a_is_away_and_each_can_hand_in_so_many_a_day():
    # day 0: Amy hands in one; day 1 she is away and Bo hands in one; day 2 Amy is back
    steps = [a_step(key, 1) for key in ("x", "y", "z")]
    demands = {step.key: at(needs_officer=True) for step in steps}
    project = a_project("A", steps, demands=demands, officers=("amy", "bo"), due=0)
    portfolio = a_portfolio(project, officers={"amy": (1, 0, 1), "bo": 1})

    answer = solved(portfolio)

    handed = {placed.accept: placed.officer for placed in answer.plan.steps.values()}
    assert handed == {0: "amy", 1: "bo", 2: "amy"}


# --- sittings -----------------------------------------------------------------------------------------


def reviewed(*keys, asks=("review", "review", "review"), **known):
    """Projects of one reviewed step each, due on day 0."""
    projects = [
        a_project(key, [a_step("site", 1)], demands={"site": at(body=body)}, due=0)
        for key, body in zip(keys, asks, strict=False)
    ]
    return a_portfolio(*projects, **({"bodies": (a_body(),)} | known))


def sittings(answer):
    return sorted(placed.sitting for placed in answer.plan.steps.values())


def test_a_step_is_accepted_its_notice_before_the_first_sitting_and_no_sooner():
    # the sitting is on 5, the notice 2 days, the opinion 1: accepted on 3, ends on 6
    placed = solved(reviewed("A")).plan.steps["A", "site"]

    assert (placed.accept, placed.sitting, placed.own_end) == (3, Sitting(5, 0), 6)


def test_a_sitting_has_so_many_seats():
    assert sittings(solved(reviewed("A", "B", "C"))) == [Sitting(5, 0), Sitting(5, 0), Sitting(10, 0)]


def test_a_seat_others_have_taken_is_gone():
    taken = Occupancy(seats={("review", Sitting(5, 0)): 2})

    assert sittings(solved(reviewed("A"), taken)) == [Sitting(10, 0)]


@pytest.mark.parametrize(
    ("rooms", "members", "expected"),
    [
        (2, ("land",), [Sitting(5, 0), Sitting(5, 0)]),
        (1, ("land",), [Sitting(5, 0), Sitting(10, 0)]),
        (2, ("fire",), [Sitting(5, 0), Sitting(10, 0)]),
    ],
    ids=["two rooms", "one room", "one member at both tables"],
)
def test_two_reviews_share_a_half_day_where_rooms_and_members_allow(rooms, members, expected):
    bodies = (a_body("review"), a_body("other", members))
    portfolio = reviewed("A", "B", asks=("review", "other"), bodies=bodies, rooms=rooms)

    assert sittings(solved(portfolio)) == expected


# --- what is kept, and deadlines ----------------------------------------------------------------------


def kept_behind_land(land_days, planned):
    """A permit announced for a day, behind so many days of land; another project wants the bench too."""
    kept = a_project(
        "A",
        [a_step("land", land_days), a_step("permit", 2)],
        [accept("land", "permit")],
        {"permit": at("housing", planned=planned, is_announced=True)},
        due=0,
    )
    other = a_project("B", [a_step("work", 3)], demands={"work": at("housing")}, due=0)
    return a_portfolio(kept, other, benches={"housing": 1})


def test_what_is_announced_stays_even_where_moving_it_would_pay():
    # the permit could be accepted on 3 and is announced for 5; B works 0..3 before it
    answer = solved(kept_behind_land(3, planned=5))

    assert accepts(answer)["A", "permit"] == 5
    assert answer.plan.forced == frozenset()


def test_what_is_announced_moves_where_land_comes_too_late_and_is_named():
    # land ends on 6, after 5; B works 0..3, so the permit is accepted on 6 and ends on 8: 8 + 3 days late
    answer = solved(kept_behind_land(6, planned=5))

    assert accepts(answer)["A", "permit"] == 6
    assert answer.plan.forced == {("A", "permit")}
    assert answer.cost == 11


def test_land_that_waits_for_room_makes_way_for_what_is_announced():
    # land and B's work share a place: B first would be cheaper by a day, yet the permit must be accepted on 3
    first = a_project(
        "A",
        [a_step("land", 3), a_step("permit", 1)],
        [accept("land", "permit")],
        {"land": at("housing"), "permit": at(planned=3, is_announced=True)},
        due=0,
    )
    second = a_project("B", [a_step("work", 1)], demands={"work": at("housing")}, due=0, weight=9)

    answer = solved(a_portfolio(first, second, benches={"housing": 1}))

    assert accepts(answer)["A", "land"] == 0
    assert accepts(answer)["B", "work"] == 3


def test_a_deadline_of_the_law_is_kept_at_the_promise_s_expense():
    # A (4 days) must be over by 4, so B (1 day) waits although B first costs less
    first = a_project("A", [a_step("work", 4)], demands={"work": at("housing", deadline=4)}, due=0)
    second = a_project("B", [a_step("work", 1)], demands={"work": at("housing")}, due=0)

    answer = solved(a_portfolio(first, second, benches={"housing": 1}))

    assert accepts(answer) == {("A", "work"): 0, ("B", "work"): 4}


def test_demands_that_cannot_all_be_kept_are_called_impossible():
    project = a_project("A", [a_step("work", 4)], demands={"work": at(deadline=3)})

    answer = exact.solve(a_portfolio(project), limit=QUICK)

    assert (answer.verdict, answer.plan) == (exact.Verdict.IMPOSSIBLE, None)


# --- questions ----------------------------------------------------------------------------------------


def test_cannot_be_earlier_is_proved_beside_what_others_have_booked():
    # housing is taken on days 1 to 3 and on day 5: two days in a row are 6 and 7
    booked = Occupancy(places={"housing": [0, 1, 1, 1, 0, 1]})

    answer = exact.earliest(one_each(2), "A", booked, limit=QUICK)

    assert (answer.verdict, answer.cost, answer.bound) == (exact.Verdict.BEST, 7, 7)


def test_a_window_plans_its_projects_anew_and_touches_no_other():
    # longest first costs 4 + 6 + 7; with A fixed on days 1 to 4, C before B saves a day: 4 + 5 + 7
    portfolio = one_each(4, 2, 1)
    worse = exact.solve(one_each(4, 2, 1, weights=[9, 3, 1]), limit=QUICK).plan

    answer = exact.window(portfolio, worse, {"B", "C"}, limit=QUICK)

    assert answer.plan.steps["A", "work"] == worse.steps["A", "work"]
    assert accepts(answer) == {("A", "work"): 0, ("B", "work"): 5, ("C", "work"): 4}
    assert check(portfolio, answer.plan) == ()


def test_too_many_steps_are_refused_with_the_way_out():
    with pytest.raises(exact.TooLargeToProve, match="choose fewer projects"):
        exact.solve(one_each(1, 1, 1), limit=exact.Limit(most_steps=2))


# --- everything together ------------------------------------------------------------------------------


@pytest.mark.parametrize("axis", [None, CALENDAR_AXIS], ids=["nominal", "calendar"])
@pytest.mark.parametrize("seed", range(12))
def test_drawn_portfolios_are_planned_without_a_fault(seed, axis):
    portfolio = drawn.portfolio(seed, projects=3, steps=4, axis=axis)

    answer = exact.solve(portfolio, limit=QUICK)

    if answer.plan is not None:
        assert check(portfolio, answer.plan) == ()
        assert answer.bound <= answer.cost == tardiness(portfolio, answer.plan)
    else:
        assert answer.verdict is exact.Verdict.IMPOSSIBLE


def tardiness(portfolio, plan):
    """The weighted days past the promises, counted from the plan alone."""
    return sum(
        project.weight * max(0, plan.steps[project.key, project.target].finish - project.due)
        for project in portfolio.projects
        if project.due is not None
    )


def test_the_same_question_has_the_same_answer():
    portfolio = drawn.portfolio(7)

    first, second = (exact.solve(portfolio, limit=QUICK, seed=3) for _ in range(2))

    assert first == second
