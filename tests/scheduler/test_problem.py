"""What a problem refuses when it is built, each refusal naming what to mend."""

import pytest

import scheduler
from scheduler import Period, Precedence, Problem, Segment, Step
from tests.scheduler.county import ACCEPT, a_step, accept, issue


def test_a_step_given_twice_is_refused_by_name():
    with pytest.raises(scheduler.StepTwice, match="“land” stands twice"):
        Problem([a_step("land"), a_step("permit"), a_step("land")], [])


@pytest.mark.parametrize("gate", [accept("land", "no such step"), issue("no such step", "land")])
def test_a_precedence_of_an_unknown_step_is_refused_by_name(gate):
    with pytest.raises(scheduler.UnknownStep, match="“no such step” is not a step"):
        Problem([a_step("land")], [gate])


def test_a_ring_is_refused_and_its_steps_are_named_in_order():
    steps = [a_step(key) for key in ("before", "land", "review", "permit", "after")]
    gates = [
        accept("before", "land"),
        accept("land", "review"),
        issue("review", "permit"),
        accept("permit", "land"),
    ]

    with pytest.raises(scheduler.CycleFound) as refused:
        Problem(steps, [*gates, accept("permit", "after")])

    loop = refused.value.steps
    assert set(loop) == {"land", "review", "permit"}
    assert all(
        (a, b) in {("land", "review"), ("review", "permit"), ("permit", "land")}
        for a, b in zip(loop, loop[1:] + loop[:1], strict=True)
    )
    assert " → ".join((*loop, loop[0])) in str(refused.value)


def test_a_step_that_waits_for_itself_is_a_ring_of_one():
    with pytest.raises(scheduler.CycleFound) as refused:
        Problem([a_step("land")], [issue("land", "land")])

    assert refused.value.steps == ("land",)


def test_a_length_below_zero_is_refused():
    with pytest.raises(scheduler.NegativeDays, match="“work” has -1 days"):
        Segment("work", -1)
    with pytest.raises(scheduler.NegativeDays):
        Period(-1)
    with pytest.raises(scheduler.NegativeDays, match="land → permit"):
        issue("land", "permit", tail=-1)


def test_a_tail_before_an_acceptance_is_refused():
    with pytest.raises(scheduler.TailOnAcceptance, match="“permit” waits for “land”"):
        Precedence("land", "permit", ACCEPT, 1)


def test_preparation_after_the_work_is_refused():
    with pytest.raises(scheduler.SegmentsOutOfOrder, match="“permit”"):
        Step("permit", (Segment("work", 3), Segment("preparation", 2)))


@pytest.mark.parametrize("actuals", [{"started": 3, "accepted": 2}, {"accepted": 3, "finished": 2}])
def test_days_recorded_out_of_order_are_refused(actuals):
    with pytest.raises(scheduler.ActualsOutOfOrder, match="“permit”"):
        a_step("permit", 1, **actuals)


def test_two_gates_between_the_same_steps_are_no_mistake():
    problem = Problem(
        [a_step("land", 2), a_step("permit", 1)], [accept("land", "permit"), issue("land", "permit", 3)]
    )

    assert scheduler.dates(problem, scheduler.NominalAxis()).target("permit") == 5


def test_a_refusal_carries_its_facts_for_the_edge_to_translate():
    refusal = scheduler.UnknownStep(step="land")

    assert refusal.message % refusal.facts == str(refusal)
    assert refusal.facts == {"step": "land"}


def test_ancestors_and_descendants_reach_through_others():
    edges = Problem(
        [a_step(key) for key in "abcd"], [accept("a", "b"), issue("b", "c"), accept("d", "c")]
    ).edges()

    assert scheduler.ancestors(edges, "c") == {"a", "b", "d"}
    assert scheduler.descendants(edges, "a") == {"b", "c"}
    assert scheduler.ancestors(edges, "alone") == frozenset()
    assert scheduler.ring(edges) == ()
