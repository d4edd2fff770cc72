"""What the demonstration tells of a project: its plan lived through, and stories in place of it."""

from datetime import date

import pytest

from approvals.rules.lifecycle import StopKind
from approvals.rules.periods import DaysMode
from approvals.rules.progress import Move
from projects.rules.demonstration import COUNTY_RULE, Procedure, Told, happenings
from projects.rules.expand import expand
from projects.rules.planning import plan
from projects.rules.terms import GatesMode, PlanTerms

TODAY = date(2026, 12, 31)
START = date(2026, 3, 2)
NOTHING = Told(instead={}, besides={})
PROCEDURES = {
    "energy-review": Procedure(kind=StopKind.EXPERT_REVIEW),
    "eia-report": Procedure(kind=StopKind.PUBLICITY),
}


@pytest.fixture(scope="module")
def lived(catalogue, calendar):
    facts = {"annual_energy_tce": 1860, "eia_category": "report"}
    terms = PlanTerms(start_on=START, days=DaysMode.ELAPSED, gates=GatesMode.TEMPLATE, today=START)
    return plan(expand(catalogue, "industrial-start-on-land", facts), terms, calendar=calendar)


def _of(found, code):
    return [(one.on, one.act.move) for one in found if one.code == code]


def test_a_planned_procedure_is_recorded_as_a_stop_of_its_kind(lived, catalogue, calendar):
    found = happenings(lived, NOTHING, PROCEDURES, catalogue, TODAY)

    moves = _of(found, "energy-review")
    assert [move for _, move in moves] == [Move.PREPARE, Move.ACCEPT, Move.STOP, Move.RESUME, Move.PASS]
    (_, accepted), (stopped, last, passed) = (on for on, _ in moves[:2]), (on for on, _ in moves[2:])
    assert stopped == calendar.next_workday(accepted)
    assert calendar.workdays_between(accepted, last) == 15  # the days the catalogue plans for
    assert calendar.workdays_between(last, passed) >= 7  # the promise; its decision may wait for others
    stop = next(one.act for one in found if one.code == "energy-review" and one.act.move is Move.STOP)
    assert (stop.stop, stop.basis) == (StopKind.EXPERT_REVIEW, "行政许可法第四十五条")
    assert stop.planned_last_on == last


def test_what_only_a_local_rule_leaves_uncounted_rests_on_the_countys_own(lived, catalogue):
    found = happenings(lived, NOTHING, PROCEDURES, catalogue, TODAY)

    stop = next(one.act for one in found if one.code == "eia-report" and one.act.move is Move.STOP)
    assert stop.basis == COUNTY_RULE


def test_a_story_stands_instead_of_the_plan_and_another_besides_it(lived, catalogue):
    day = date(2026, 5, 6)
    told = Told(
        instead={"energy-review": [{"day": day, "move": "receive"}]},
        besides={"eia-report": [{"day": day, "move": "extend", "days": 5, "by": "局长"}]},
    )

    found = happenings(lived, told, {}, catalogue, TODAY)

    assert _of(found, "energy-review") == [(day, Move.RECEIVE)]
    assert (day, Move.EXTEND) in _of(found, "eia-report")
    assert (Move.ACCEPT in {move for _, move in _of(found, "eia-report")}) is True


def test_nothing_after_today_has_happened_and_what_is_waited_for_comes_first(lived, catalogue):
    today = date(2026, 4, 1)

    found = happenings(lived, NOTHING, {}, catalogue, today)

    assert found
    assert max(one.on for one in found) <= today
    assert found == sorted(found, key=lambda one: (one.on, one.place))
    place = {one.code: one.place for one in found}
    edges = [e for e in lived.edges if e.gate != "info" and {e.predecessor, e.successor} <= place.keys()]
    assert edges
    assert all(place[edge.predecessor] < place[edge.successor] for edge in edges)


def test_silence_is_told_as_an_acceptance_nobody_declared(lived, catalogue):
    told = Told(instead={"energy-review": [{"day": date(2026, 5, 6), "move": "silence"}]}, besides={})

    found = happenings(lived, told, {}, catalogue, TODAY)

    assert [one.is_silence for one in found if one.code == "energy-review"] == [True]
