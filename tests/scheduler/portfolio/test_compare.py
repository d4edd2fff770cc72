"""What moved between two plans: by how much, why, and whom it touched."""

from scheduler.portfolio.compare import changes
from scheduler.portfolio.demands import Sitting
from scheduler.portfolio.explain import LinkKind
from tests.scheduler.county import a_step, accept
from tests.scheduler.portfolio.made import a_body, a_plan, a_portfolio, a_project, at, lies

ANNOUNCED = at("housing", planned=4, is_announced=True)


def housing(**known):
    """A's land of 3 days, then its announced permit of 2; B's land of 4: housing has one place."""
    first = a_project(
        "A",
        [a_step("land", known.get("land", 3)), a_step("permit", 2)],
        [accept("land", "permit")],
        {"permit": ANNOUNCED},
        due=7,
    )
    second = a_project("B", [a_step("land", 4)], demands={"land": at("housing")}, due=4)
    return a_portfolio(first, second, benches={"housing": 1})


OLD = {("A", "land"): lies(0, 0, 3), ("A", "permit"): lies(3, 4, 6), ("B", "land"): lies(0, 0, 4)}
# the land takes 5 days: the permit of day 4 is impossible, so it moves to day 5
NEW = OLD | {("A", "land"): lies(0, 0, 5), ("A", "permit"): lies(5, 5, 7)}


def test_a_plan_beside_itself_has_no_changes():
    assert changes(housing(), a_plan(OLD), a_plan(OLD)).projects == ()


def test_a_move_says_by_how_much_why_and_whether_it_was_announced():
    found = changes(housing(land=5), a_plan(OLD), a_plan(NEW, [("A", "permit")]))

    (project,) = found.projects
    land, permit = project.moves
    assert (land.accept_moved, land.finish_moved, land.was_announced) == (0, 2, False)
    assert (permit.accept_moved, permit.finish_moved) == (1, 1)
    assert (permit.was_announced, permit.is_forced, permit.hold.predecessor) == (True, True, "land")
    assert found.announced_moved == (permit,)
    assert (project.moved, project.late_before, project.late_after) == (1, 0, 0)
    assert found.later == (project,)
    assert found.earlier == ()


def test_the_project_something_happened_to_is_told_from_those_touched_by_it():
    later = NEW | {("B", "land"): lies(0, 1, 5)}

    found = changes(housing(land=5), a_plan(OLD), a_plan(later, [("A", "permit")]))

    (other,) = found.others("A")
    assert (other.project, other.moved, other.late_after) == ("B", 1, 1)


def test_a_wait_names_the_bench_and_who_has_its_places():
    waits = OLD | {("B", "land"): lies(0, 6, 10)}

    (project,) = changes(housing(), a_plan(OLD), a_plan(waits)).projects

    (land,) = project.moves
    assert (land.hold.kind, land.hold.who, land.hold.held_by) == (LinkKind.BENCH_FULL, "housing", ("A",))


def test_another_half_day_of_the_same_day_is_a_move_of_its_sitting():
    body = a_body(sittings=(Sitting(5, 0), Sitting(5, 1)))
    demand = at(body="review", planned=3, sitting=Sitting(5, 0), is_announced=True)
    portfolio = a_portfolio(a_project("A", [a_step("land", 2)], demands={"land": demand}), bodies=(body,))
    old, new = (a_plan({("A", "land"): lies(0, 3, 6, sitting=Sitting(5, half))}) for half in (0, 1))

    found = changes(portfolio, old, new)

    (move,) = found.announced_moved
    assert (move.accept_moved, move.has_other_sitting) == (0, True)


def test_steps_and_projects_that_came_or_went_are_named():
    gone = {("C", "road"): lies(0, 0, 1)}
    without = {key: placed for key, placed in OLD.items() if key[0] == "A"}

    found = changes(housing(), a_plan(without | gone), a_plan(OLD))

    assert [(p.project, p.old_finish, p.new_finish, p.moved) for p in found.projects] == [
        ("B", None, 4, None),
        ("C", None, None, None),
    ]
    assert found.projects[1].moves[0].new is None


def test_plans_with_different_days_0_compare_when_shifted():
    # the old plan counted from a day 10 working days earlier: its day 14 is day 4 now
    earlier = {
        key: lies(*(p + 10 for p in (placed.start, placed.accept, placed.own_end, placed.finish)))
        for key, placed in OLD.items()
    }

    assert changes(housing(), a_plan(earlier), a_plan(OLD), shift=-10).projects == ()
