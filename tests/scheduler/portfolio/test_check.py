"""The proof: for each rule the right plan passes, and one that breaks only this rule is refused by name."""

from dataclasses import replace
from datetime import date

import pytest

from scheduler.portfolio.check import check
from scheduler.portfolio.demands import Sitting
from scheduler.portfolio.plan import Occupancy
from tests.scheduler.county import CALENDAR, a_step, accept, issue, office_calendar
from tests.scheduler.portfolio.made import (
    HORIZON,
    a_body,
    a_plan,
    a_portfolio,
    a_project,
    at,
    faults_of,
    kinds_of,
    lies,
)

# Two projects, both through the bench of housing, which has one place. A's land takes days 1 to 3; its permit
# is prepared on days 4 and 5, B's land fills housing on days 1 to 4, so the permit is accepted on day 5.
A_LAND, A_PERMIT, B_LAND = ("A", "land"), ("A", "permit"), ("B", "land")


def two_projects(**known):
    first = a_project(
        "A",
        [a_step("land", 3), a_step("permit", 2, preparation=2)],
        [accept("land", "permit")],
        {"permit": at("housing")},
    )
    second = a_project("B", [a_step("land", 4)], demands={"land": at("housing")})
    return a_portfolio(first, second, **({"benches": {"housing": 1}} | known))


RIGHT = {A_LAND: lies(0, 0, 3), A_PERMIT: lies(3, 5, 7), B_LAND: lies(0, 0, 4)}


def test_a_right_plan_is_proved():
    assert kinds_of(two_projects(), RIGHT) == []


def test_a_step_without_a_place_and_a_place_without_a_step_are_named():
    without = {key: placed for key, placed in RIGHT.items() if key != B_LAND}

    assert kinds_of(two_projects(), without) == ["step_missing"]
    assert kinds_of(two_projects(), RIGHT | {("B", "roof"): lies(0, 0, 1)}) == ["step_unknown"]
    assert kinds_of(two_projects(), RIGHT, ("C", "land")) == ["step_unknown"]


@pytest.mark.parametrize(
    ("placed", "kind"),
    [
        (lies(4, 6, 8), "wrong_start"),
        (lies(2, 5, 7), "wrong_start"),
        (lies(3, 4, 6), "accepted_too_soon"),
        (lies(3, 5, 8), "wrong_own_end"),
        (lies(3, 5, 7, 8), "wrong_finish"),
        (lies(3, 59, 61), "beyond_horizon"),
    ],
)
def test_the_arithmetic_of_a_step_is_held_to(placed, kind):
    # accepted on day 4 it would work on days 5 and 6, which are free: only its preparation is too short
    assert kinds_of(two_projects(), RIGHT | {A_PERMIT: placed}) == [kind]


def test_the_sentence_of_a_fault_says_the_days():
    (fault,) = faults_of(two_projects(), RIGHT | {A_PERMIT: lies(3, 4, 6)})

    assert str(fault) == "“permit” of A is accepted on 4, and is not ready before 5."


def test_on_a_calendar_the_sentence_says_civil_days():
    portfolio = two_projects(axis=office_calendar().axis(date(2026, 3, 2)))

    (fault,) = faults_of(portfolio, RIGHT | {A_PERMIT: lies(3, 4, 6)})

    assert (fault.facts["found"], fault.facts["expected"]) == (date(2026, 3, 6), date(2026, 3, 9))


def test_calendar_days_are_counted_on_the_calendar():
    # 20 days after Monday 2 March 2026 is Sunday 22 March: Monday, the 15th working day
    listed = a_project("A", [a_step("listing", 20, basis=CALENDAR)])
    portfolio = a_portfolio(listed, axis=office_calendar().axis(date(2026, 3, 2)))

    assert kinds_of(portfolio, {("A", "listing"): lies(0, 0, 15)}) == []
    assert kinds_of(portfolio, {("A", "listing"): lies(0, 0, 14)}) == ["wrong_own_end"]


def test_a_step_starts_no_earlier_than_its_project_today_or_its_own_day():
    steps = [a_step("land", 3), a_step("roof", 1, not_before=6)]

    def starts(land, roof, **known):
        release = known.pop("release", 0)
        portfolio = a_portfolio(a_project("A", steps, release=release), **known)
        placed = {A_LAND: lies(land, land, land + 3), ("A", "roof"): lies(roof, roof, roof + 1)}
        return kinds_of(portfolio, placed)

    assert starts(0, 6) == []
    assert starts(4, 6, release=4) == []
    assert starts(8, 8, today=8) == []
    assert starts(3, 6, release=4) == ["wrong_start", "accepted_too_soon"]
    assert starts(0, 5) == ["wrong_start", "accepted_too_soon"]
    assert starts(0, 7) == ["wrong_start"]
    assert starts(7, 8, today=8) == ["wrong_start", "accepted_too_soon"]


def test_an_issue_gate_holds_the_decision_with_its_tail():
    portfolio = a_portfolio(
        a_project("A", [a_step("land", 5), a_step("permit", 3)], [issue("land", "permit", tail=1)])
    )

    assert kinds_of(portfolio, {A_LAND: lies(0, 0, 5), A_PERMIT: lies(0, 0, 3, 6)}) == []
    assert kinds_of(portfolio, {A_LAND: lies(0, 0, 5), A_PERMIT: lies(0, 0, 3, 5)}) == ["wrong_finish"]


def test_a_deadline_of_the_law_is_held_to():
    project = a_project("A", [a_step("land", 3)], demands={"land": at(deadline=3)})
    portfolio = a_portfolio(project)

    assert kinds_of(portfolio, {A_LAND: lies(0, 0, 3)}) == []
    assert kinds_of(portfolio, {A_LAND: lies(0, 1, 4)}) == ["deadline_missed"]


# --- what has happened ------------------------------------------------------------------------------


def test_what_has_finished_stays():
    project = a_project("A", [a_step("land", 3, started=0, accepted=1, finished=9)])

    assert kinds_of(a_portfolio(project, today=10), {A_LAND: lies(0, 1, 9)}) == []
    assert kinds_of(a_portfolio(project, today=10), {A_LAND: lies(0, 1, 4)}) == ["actual_moved"]


def test_what_is_accepted_stays_and_finishes_no_earlier_than_today():
    project = a_project("A", [a_step("land", 3, started=0, accepted=1)])

    assert kinds_of(a_portfolio(project, today=2), {A_LAND: lies(0, 1, 4)}) == []
    assert kinds_of(a_portfolio(project, today=6), {A_LAND: lies(0, 1, 4, 6)}) == []
    assert kinds_of(a_portfolio(project, today=6), {A_LAND: lies(0, 1, 4)}) == ["wrong_finish"]
    assert kinds_of(a_portfolio(project, today=2), {A_LAND: lies(0, 2, 5)}) == ["actual_moved"]


def test_what_has_started_is_accepted_when_it_is_prepared_and_its_gates_and_today_let_it():
    project = a_project(
        "A", [a_step("land", 3), a_step("permit", 2, preparation=2, started=0)], [accept("land", "permit")]
    )

    def placed(day):
        return {A_LAND: lies(0, 0, 3), A_PERMIT: lies(0, day, day + 2)}

    assert kinds_of(a_portfolio(project), placed(3)) == []
    assert kinds_of(a_portfolio(project), placed(2)) == ["accepted_too_soon"]


# --- benches ----------------------------------------------------------------------------------------


def test_a_bench_takes_no_more_than_its_places():
    together = RIGHT | {A_PERMIT: lies(3, 5, 7), B_LAND: lies(0, 2, 6)}

    (first, second) = faults_of(two_projects(), together)

    assert {first.kind.value, second.kind.value} == {"bench_overfull"}
    assert first.facts == {"bench": "housing", "day": 6, "used": 2, "places": 1}
    assert kinds_of(two_projects(benches={"housing": 2}), together) == []


def test_places_are_counted_day_by_day_and_the_last_entry_holds_on():
    # entry p is the day that ends at point p: two places on day 6 only
    together = RIGHT | {B_LAND: lies(0, 2, 6)}

    assert kinds_of(two_projects(benches={"housing": (1, 1, 1, 1, 1, 1, 2, 1)}), together) == []
    assert kinds_of(two_projects(benches={"housing": (1, 1, 1, 1, 1, 1, 2, 0)}), together) == [
        "bench_overfull"
    ]


def test_a_special_procedure_takes_no_place():
    # the review's experts work on days 1 to 4; the authority's one place is A's on days 5 and 6
    experts = a_project("A", [a_step("land", 2, special=4)], demands={"land": at("housing")})
    other = a_project("B", [a_step("land", 4)], demands={"land": at("housing")})
    portfolio = a_portfolio(experts, other, benches={"housing": 1})

    assert kinds_of(portfolio, {A_LAND: lies(0, 0, 6), B_LAND: lies(0, 0, 4)}) == []


def begun_beyond_the_places(free_on):
    """Two accepted cases fill one place on days 1 to 3; a third lies freely."""
    begun = [a_project(key, [a_step("land", 3, accepted=0)], demands={"land": at("housing")}) for key in "AB"]
    free = a_project("C", [a_step("land", 2)], demands={"land": at("housing")})
    placed = {A_LAND: lies(0, 0, 3), B_LAND: lies(0, 0, 3), ("C", "land"): lies(0, free_on, free_on + 2)}
    return kinds_of(a_portfolio(*begun, free, benches={"housing": 1}), placed)


def test_what_has_begun_may_overfill_a_bench_and_then_nothing_free_may_use_it():
    assert begun_beyond_the_places(3) == []
    assert begun_beyond_the_places(2) == ["bench_overfull"]


def test_what_is_kept_may_overfill_a_bench_too():
    kept = [
        a_project(key, [a_step("land", 3)], demands={"land": at("housing", planned=0, is_announced=True)})
        for key in "AB"
    ]

    assert (
        kinds_of(a_portfolio(*kept, benches={"housing": 1}), {A_LAND: lies(0, 0, 3), B_LAND: lies(0, 0, 3)})
        == []
    )


# --- officers ---------------------------------------------------------------------------------------


def handed_in(day, officer, *, officers, pair=("amy", "bo"), **known):
    project = a_project(
        "A", [a_step("land", 3)], demands={"land": at(needs_officer=True, **known)}, officers=pair
    )
    portfolio = a_portfolio(project, officers=officers)
    return kinds_of(portfolio, {A_LAND: lies(0, day, day + 3, officer=officer)})


def test_a_hands_in_and_b_only_where_a_is_away():
    away_on_day_one = {"amy": (1, 0, 1), "bo": 1}

    assert handed_in(0, "amy", officers=away_on_day_one) == []
    assert handed_in(1, "bo", officers=away_on_day_one) == []
    assert handed_in(0, "bo", officers=away_on_day_one) == ["wrong_officer"]
    assert handed_in(1, "amy", officers=away_on_day_one) == ["wrong_officer", "officer_overfull"]
    assert handed_in(0, None, officers=away_on_day_one) == ["nobody_hands_in"]


def test_where_both_are_away_nobody_hands_in_but_what_is_kept_stays():
    away = {"amy": (0, 1), "bo": (0, 1)}

    assert handed_in(0, None, officers=away) == ["nobody_hands_in"]
    assert handed_in(1, "amy", officers=away) == []
    assert handed_in(0, None, officers=away, planned=0, is_announced=True) == []


def test_an_officer_hands_in_no_more_than_a_day_allows():
    projects = [
        a_project(key, [a_step("land", 3)], demands={"land": at(needs_officer=True)}, officers=("amy",))
        for key in "AB"
    ]
    placed = {A_LAND: lies(0, 0, 3, officer="amy"), B_LAND: lies(0, 0, 3, officer="amy")}

    assert kinds_of(a_portfolio(*projects, officers={"amy": 2}), placed) == []
    assert kinds_of(a_portfolio(*projects, officers={"amy": 1}), placed) == ["officer_overfull"] * 2


# --- joint reviews ----------------------------------------------------------------------------------


def sat(on, accept=3, own_end=6, *, body=None, **known):
    """One step of two days before a review that sits on the mornings of days 5 and 10: accepted on day 3."""
    project = a_project("A", [a_step("land", 2)], demands={"land": at(body="review", **known)})
    portfolio = a_portfolio(project, bodies=(body or a_body(),))
    return kinds_of(portfolio, {A_LAND: lies(0, accept, own_end, sitting=on)})


def test_a_step_sits_after_the_notice_and_ends_after_the_opinion():
    # accepted on day 3: work until 5, sitting on 5, opinion on 6
    assert sat(Sitting(5, 0)) == []
    assert sat(Sitting(5, 0), own_end=5) == ["wrong_own_end"]
    assert sat(None, own_end=5) == ["sitting_missing"]
    assert sat(Sitting(6, 0), accept=4, own_end=7) == ["sitting_not_allowed"]
    assert sat(Sitting(5, 1)) == ["sitting_not_allowed"]
    assert sat(Sitting(5, 0), accept=4) == ["sitting_too_soon"]


def test_a_step_is_accepted_so_late_that_waiting_does_not_lengthen_it():
    # sitting on day 10, accepted on 0: its own end, 11, is past 0 + 2 + 1; the longest own work would be 2
    assert sat(Sitting(10, 0), accept=0, own_end=11) == ["sitting_too_late"]
    assert sat(Sitting(10, 0), accept=8, own_end=11) == []


def test_a_long_work_may_wait_for_its_sitting_meanwhile():
    # 12 days of work from day 0 last beyond the sitting of day 10: no need to be accepted later
    project = a_project("A", [a_step("land", 12)], demands={"land": at(body="review")})
    portfolio = a_portfolio(project, bodies=(a_body(),))

    assert kinds_of(portfolio, {A_LAND: lies(0, 0, 12, sitting=Sitting(10, 0))}) == []


def test_a_sitting_nobody_needs_is_refused():
    plain = a_portfolio(a_project("A", [a_step("land", 2)]), bodies=(a_body(),))

    assert kinds_of(plain, {A_LAND: lies(0, 0, 2, sitting=Sitting(5, 0))}) == ["sitting_unwanted"]


def sitting_together(bodies, **known):
    """One project at each of these tables, all on the morning of day 5."""
    projects = [
        a_project(f"P{i}", [a_step("land", 2)], demands={"land": at(body=body.key, **known)})
        for i, body in enumerate(bodies)
    ]
    tables = {body.key: body for body in bodies}
    placed = {(p.key, "land"): lies(0, 3, 6, sitting=Sitting(5, 0)) for p in projects}
    return a_portfolio(*projects, bodies=tuple(tables.values())), placed


def test_a_sitting_has_so_many_seats():
    review = a_body()

    assert kinds_of(*sitting_together([review, review])) == []
    assert kinds_of(*sitting_together([review] * 3)) == ["sitting_overfull"] * 3


def test_a_half_day_has_so_many_rooms():
    tables = [a_body("review"), a_body("site", ["roads"]), a_body("paper", ["archive"], needs_room=False)]
    portfolio, placed = sitting_together(tables)

    assert kinds_of(portfolio, placed) == ["rooms_overfull"] * 2
    assert kinds_of(replace(portfolio, rooms=2), placed) == []


def test_nobody_sits_at_two_tables_in_one_half_day():
    tables = [a_body("review"), a_body("site", ["fire"], sittings=(Sitting(5, 0), Sitting(5, 1)))]
    portfolio, placed = sitting_together(tables)
    portfolio = replace(portfolio, rooms=2)

    (first, second) = faults_of(portfolio, placed)
    afternoon = placed | {("P1", "land"): lies(0, 3, 6, sitting=Sitting(5, 1))}

    assert (first.kind.value, first.facts["member"], first.facts["other"]) == ("member_twice", "fire", "site")
    assert second.facts["other"] == "review"
    assert kinds_of(portfolio, afternoon) == []


def test_kept_sittings_that_clash_cannot_all_stay():
    # three are announced for two seats: who moves to day 10 is named, and two stay
    kept = {"planned": 3, "sitting": Sitting(5, 0), "is_announced": True}
    portfolio, placed = sitting_together([a_body()] * 3, **kept)
    moved = placed | {("P2", "land"): lies(0, 8, 11, sitting=Sitting(10, 0))}

    assert kinds_of(portfolio, placed) == ["sitting_overfull"] * 3
    assert kinds_of(portfolio, moved, ("P2", "land")) == []
    assert kinds_of(portfolio, moved) == ["move_not_named"]


def test_a_kept_sitting_goes_before_a_free_one():
    portfolio, placed = sitting_together([a_body("review"), a_body("site", ["fire"])])
    first, second = portfolio.projects
    kept = at(body="review", planned=3, sitting=Sitting(5, 0), is_announced=True)
    portfolio = replace(portfolio, rooms=2, projects=(replace(first, demands={"land": kept}), second))

    (fault,) = faults_of(portfolio, placed)

    assert (fault.project, fault.kind.value) == ("P1", "member_twice")


# --- beside what others have booked -----------------------------------------------------------------


def beside(placed, **booked):
    project = a_project(
        "A",
        [a_step("land", 2)],
        demands={"land": at("housing", "review", needs_officer=True)},
        officers=("amy",),
    )
    portfolio = a_portfolio(
        project, bodies=(a_body(), a_body("site", ["fire"])), benches={"housing": 1}, officers={"amy": 1}
    )
    plan = a_plan({A_LAND: placed})
    return [fault.kind.value for fault in check(portfolio, plan, Occupancy(**booked))]


def test_what_others_have_booked_takes_its_room():
    placed = lies(0, 3, 6, sitting=Sitting(5, 0), officer="amy")

    assert beside(placed) == []
    assert beside(placed, places={"housing": [0, 0, 0, 1, 0, 0, 1]}) == []
    assert beside(placed, places={"housing": [0, 0, 0, 0, 0, 1]}) == ["bench_overfull"]
    assert beside(placed, hand_ins={"amy": [0, 0, 0, 1]}) == ["officer_overfull"]
    assert beside(placed, seats={("review", Sitting(5, 0)): 1}) == []
    assert beside(placed, seats={("review", Sitting(5, 0)): 2}) == ["sitting_overfull"]
    assert beside(placed, seats={("site", Sitting(5, 0)): 1}) == ["rooms_overfull", "member_twice"]


# --- what is kept -----------------------------------------------------------------------------------

OTHER_DAY = {A_LAND: lies(0, 0, 3), A_PERMIT: lies(3, 5, 7)}


def kept_permit(placed, *forced, land=3, **known):
    """A's permit, ready on day 5, that the standing plan accepts on day 6."""
    project = a_project(
        "A",
        [a_step("land", land), a_step("permit", 2, preparation=2)],
        [accept("land", "permit")],
        {"permit": at(planned=6, **known)},
    )
    portfolio = a_portfolio(project, frozen_until=0 if known else 6)
    start = placed[A_PERMIT].start
    return kinds_of(portfolio, placed | {A_LAND: lies(0, 0, start)}, *forced)


@pytest.mark.parametrize("known", [{}, {"is_announced": True}])
def test_what_is_announced_or_within_the_frozen_days_stays(known):
    assert kept_permit({A_PERMIT: lies(3, 6, 8)}, **known) == []
    assert kept_permit({A_PERMIT: lies(3, 5, 7)}, **known) == ["kept_moved"]
    assert kept_permit({A_PERMIT: lies(3, 5, 7)}, A_PERMIT, **known) == ["kept_moved"]


def test_what_is_planned_later_and_not_announced_may_move():
    assert kept_permit({A_PERMIT: lies(3, 5, 7)}, is_announced=False) == []


def test_what_became_impossible_is_placed_anew_and_named():
    # the land takes 5 days now: the permit is ready on day 7, not on day 6
    assert kept_permit({A_PERMIT: lies(5, 7, 9)}, A_PERMIT, land=5, is_announced=True) == []
    assert kept_permit({A_PERMIT: lies(5, 7, 9)}, land=5, is_announced=True) == ["move_not_named"]
    assert kept_permit({A_PERMIT: lies(5, 6, 8)}, land=5, is_announced=True) == ["accepted_too_soon"]


def test_only_what_was_kept_and_moved_is_named_as_forced():
    assert kept_permit({A_PERMIT: lies(3, 6, 8)}, A_PERMIT, is_announced=True) == ["named_without_move"]
    assert kinds_of(two_projects(), RIGHT, A_PERMIT) == ["named_without_move"]


def test_an_announced_sitting_stays_unless_its_half_day_is_gone():
    kept = {"planned": 3, "sitting": Sitting(5, 0), "is_announced": True}
    gone = a_body(sittings=(Sitting(10, 0),))

    assert sat(Sitting(5, 0), **kept) == []
    assert sat(Sitting(10, 0), accept=8, own_end=11, **kept) == ["kept_moved"]
    assert sat(Sitting(10, 0), accept=8, own_end=11, body=gone, **kept) == ["move_not_named"]
    assert sat(Sitting(5, 0), body=gone, **kept) == ["sitting_not_allowed"]


def test_a_sitting_that_was_held_needs_nobody_s_leave():
    project = a_project(
        "A", [a_step("land", 9, accepted=0)], demands={"land": at(body="review", sitting=Sitting(3, 0))}
    )
    portfolio = a_portfolio(project, bodies=(a_body(),), today=4)

    assert kinds_of(portfolio, {A_LAND: lies(0, 0, 9, sitting=Sitting(3, 0))}) == []


def test_an_empty_portfolio_is_proved():
    assert kinds_of(a_portfolio(), {}) == []
    assert a_plan({}).forced == frozenset()
    assert a_portfolio().horizon == HORIZON
