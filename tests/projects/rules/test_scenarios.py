"""What a choice does to a project: quick answers that agree to the day with whole plans."""

from datetime import date

import pytest

from approvals.rules.periods import DaysMode
from projects.rules.expand import expand
from projects.rules.fact_groups import GATES, relaxed_mode, speed_ups, themes
from projects.rules.planning import plan
from projects.rules.scenarios import Scenarios, deciding_facts, effect
from projects.rules.terms import Actual, GatesMode, PlanTerms, WhatIf

TERMS = PlanTerms(
    start_on=date(2026, 4, 16), days=DaysMode.ELAPSED, gates=GatesMode.TEMPLATE, today=date(2026, 4, 16)
)
TEMPLATES = (
    "industrial-start-on-land",
    "private-building",
    "small-low-risk",
    "government-building",
    "linear-municipal",
)


def _alternatives(catalogue):
    """Every fact once with each of its other values; numbers at nothing, a little and very much."""
    for attribute in catalogue.attributes:
        if attribute.kind == "bool":
            yield from (({attribute.name: value}) for value in (True, False))
        elif attribute.kind == "number":
            yield from (({attribute.name: value}) for value in (0, 60, 2_000_000))
        else:
            yield from (
                {attribute.name: value if attribute.kind == "enum" else [value]} for value in attribute.values
            )


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_quick_answer_is_the_whole_plans_to_the_day(template, catalogue, calendar):
    scenarios = Scenarios(catalogue, template, {}, TERMS, calendar)

    wholes = {}
    for facts in _alternatives(catalogue):
        expansion = expand(catalogue, template, facts)
        codes = tuple(step.code for step in expansion.steps)
        key = (codes, expansion.value("construction_working_days"))  # nothing else reaches the planner
        if key not in wholes:
            wholes[key] = plan(expansion, TERMS, calendar=calendar)

        quick, whole = scenarios.outlook(facts), wholes[key]

        assert quick.steps == codes, facts
        assert (quick.permit, quick.start) == (whole.workdays_to_permit, whole.workdays_to_start), facts
    assert len(wholes) > 5


@pytest.mark.parametrize("gates", GatesMode)
def test_the_gates_of_a_quick_answer_are_the_whole_plans(gates, catalogue, calendar):
    terms = PlanTerms(start_on=TERMS.start_on, days=DaysMode.CLOCK, gates=gates, today=TERMS.today)
    whole = plan(expand(catalogue, "private-building", {}), terms, calendar=calendar)

    quick = Scenarios(catalogue, "private-building", {}, TERMS, calendar).outlook(gates=gates)
    clocked = Scenarios(catalogue, "private-building", {}, terms, calendar).outlook()

    assert (clocked.permit, clocked.start) == (whole.workdays_to_permit, whole.workdays_to_start)
    assert quick.permit >= clocked.permit  # elapsed days hold the owner's preparation as well


def test_what_has_happened_counts_in_a_quick_answer_too(catalogue, calendar):
    facts, done = {}, [Actual(step="land-reserve-check", accepted_on=date(2026, 4, 16))]
    late = PlanTerms(start_on=date(2026, 4, 16), days=DaysMode.ELAPSED, today=date(2026, 6, 30))
    whole = plan(expand(catalogue, "private-building", facts), late, calendar=calendar, actuals=done)

    quick = Scenarios(catalogue, "private-building", facts, late, calendar, actuals=done).outlook()

    assert (quick.permit, quick.start) == (whole.workdays_to_permit, whole.workdays_to_start)


def test_a_question_about_a_late_step_stands_behind_every_effect(catalogue, calendar):
    asked = WhatIf(delays={"design-scheme-review": 10})
    whole = plan(expand(catalogue, "private-building", {}), TERMS, calendar=calendar, what_if=asked)

    scenarios = Scenarios(catalogue, "private-building", {}, TERMS, calendar, what_if=asked)

    assert scenarios.outlook().permit == whole.workdays_to_permit


def test_relaxing_one_gate_gains_what_the_whole_plan_gains(catalogue, calendar):
    expansion = expand(catalogue, "private-building", {})
    before = plan(expansion, TERMS, calendar=calendar)
    scenarios = Scenarios(catalogue, "private-building", {}, TERMS, calendar)
    edges = [
        (edge.predecessor, edge.successor)
        for edge in before.edges
        if edge.drives and edge.source.relaxable and edge.gate == "accept"
    ]

    assert edges
    for edge in edges:
        after = plan(expansion, TERMS, calendar=calendar, what_if=WhatIf(relaxed=(edge,)))
        gained = after.workdays_to_permit - before.workdays_to_permit
        assert scenarios.effect_of_relaxing(edge).permit_workdays == gained, edge


def test_an_effect_names_the_steps_that_come_and_go(catalogue, calendar):
    scenarios = Scenarios(catalogue, "private-building", {}, TERMS, calendar)

    tendered = scenarios.effect_of("must_tender", True, False)
    same = effect(scenarios.outlook(), scenarios.outlook())

    assert (tendered.added, tendered.removed, tendered.steps) == (("construction-tender",), (), 1)
    assert tendered.permit_workdays > 0
    assert same.is_none


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_fact_that_decides_nothing_changes_nothing(template, catalogue, calendar):
    deciding = deciding_facts(catalogue, template) | {"construction_working_days"}
    scenarios = Scenarios(catalogue, template, {}, TERMS, calendar)

    for facts in _alternatives(catalogue):
        if not deciding & set(facts):
            assert effect(scenarios.outlook(), scenarios.outlook(facts)).is_none, facts


def test_every_fact_of_the_catalogue_stands_in_one_theme(catalogue):
    named = [name for theme in themes(catalogue) for name in theme.facts]

    assert sorted(named) == sorted(catalogue.attribute_of)
    assert len(named) == 58


def test_every_way_to_be_quicker_belongs_to_its_template(catalogue):
    ways = {template: [way.key for way in speed_ups(catalogue, template)] for template in TEMPLATES}

    assert all(keys[0] == GATES for keys in ways.values())
    assert "needs_staged_permit" in ways["private-building"]
    assert "needs_staged_permit" not in ways["government-building"]


def test_a_template_that_is_quick_by_itself_is_slowed_by_normal_gates(catalogue):
    quick, slow = (catalogue.template(code) for code in ("small-low-risk", "private-building"))

    assert relaxed_mode(quick, is_relaxed=True) is relaxed_mode(slow, is_relaxed=False) is GatesMode.TEMPLATE
    assert relaxed_mode(quick, is_relaxed=False) is GatesMode.NORMAL
    assert relaxed_mode(slow, is_relaxed=True) is GatesMode.RELAXED
