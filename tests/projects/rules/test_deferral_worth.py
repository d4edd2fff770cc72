"""What a deferral gains, and the last day its paper may come: worked out by hand on a list of three steps."""

from datetime import date

import pytest

from approvals.rules.catalogue import Catalogue, Department, Matter, Precedence, Template
from approvals.rules.periods import DaysMode
from projects.rules.deferral_worth import Deferred, Standing, worth
from projects.rules.expand import expand
from projects.rules.planning import plan
from projects.rules.terms import Actual, GatesMode, PlanTerms, WhatIf
from scheduler import WorkCalendar

# Working days of March 2026 from Monday 2 (day 0): 3 4 5 6 | 9 10 11 12 13 | 16 17 18 19 20 | 23 …
CALENDAR = WorkCalendar([], {2026})
FILING, REVIEW, LAND, PERMIT, TAXES = "filing", "review", "land", "construction-permit", "tax-benefit"


def march(day):
    return date(2026, 3, day)


DAY_0 = march(2)


def a_matter(code, promised, **told):
    facts = {"name_zh": code, "name_en": code, "lead_department": "DRC", "stage": "construction_permit"}
    return Matter(code=code, promised_workdays=promised, **{**facts, **told})


def a_standing(*, steps, edges, today=DAY_0, actuals=(), bridged=(), matters=()):
    usual = {
        FILING: a_matter(FILING, 5),
        REVIEW: a_matter(REVIEW, 7),
        LAND: a_matter(LAND, 12),
        PERMIT: a_matter(PERMIT, 3),
        TAXES: a_matter(TAXES, 1),
        **{matter.code: matter for matter in matters},
    }
    catalogue = Catalogue(
        departments=(Department(code="DRC", name_zh="发改局", name_en="DRC"),),
        matters=tuple(usual[code] for code in steps),
        precedences=tuple(
            Precedence(predecessor=before, successor=after, relaxable=True) for before, after in edges
        ),
        templates=(Template(code="small", name_zh="小", name_en="small", steps=tuple(steps)),),
    )
    terms = PlanTerms(start_on=march(2), days=DaysMode.CLOCK, gates=GatesMode.NORMAL, today=today)
    return Standing(
        expansion=expand(catalogue, "small", {}),
        terms=terms,
        calendar=CALENDAR,
        actuals=actuals,
        bridged=bridged,
    )


def test_a_paper_that_comes_later_gains_the_days_the_case_runs_meanwhile():
    # review 7 from day 0: Wednesday 11; permit 3: 12, 13, Monday 16.
    # without: accepted on Monday 9, day 5, when the paper is due; 7 more: Wednesday 18; permit Monday 23
    standing = a_standing(steps=(REVIEW, PERMIT), edges=((REVIEW, PERMIT),))

    found = worth(standing, Deferred(step=REVIEW, hand_in_on=march(9)))

    assert (found.permit_on, found.permit_without_on) == (march(16), march(23))
    assert found.gained_workdays == 5
    # the certificate is due on the 11th by itself: until then the paper moves nothing
    assert (found.latest_on, found.is_critical) == (march(11), False)
    assert found.withheld == PERMIT


def test_float_of_the_step_goes_to_the_paper_and_then_nothing_was_gained():
    # land 12: Wednesday 18; permit 19, 20, Monday 23. The review may end as late as the 18th
    standing = a_standing(steps=(REVIEW, LAND, PERMIT), edges=((REVIEW, PERMIT), (LAND, PERMIT)))

    found = worth(standing, Deferred(step=REVIEW, hand_in_on=march(9)))

    assert (found.permit_on, found.permit_without_on, found.gained_workdays) == (march(23), march(23), 0)
    assert found.latest_on == march(18)


def test_a_due_day_that_is_the_last_safe_one_leaves_no_day_to_spare():
    standing = a_standing(steps=(REVIEW, PERMIT), edges=((REVIEW, PERMIT),))

    assert worth(standing, Deferred(step=REVIEW, hand_in_on=march(11))).is_critical
    late = worth(standing, Deferred(step=REVIEW, hand_in_on=march(12)))

    # due a day later than is safe: the plan with it waits, and the permit is the 17th
    assert (late.permit_on, late.is_critical) == (march(17), True)


def test_a_bridge_gains_what_its_gate_would_have_cost():
    # filing 5: Monday 9. Bridged, the review runs from day 0: Wednesday 11; permit Monday 16.
    # without, accepted on the 9th: Wednesday 18; permit Monday 23
    standing = a_standing(
        steps=(FILING, REVIEW, PERMIT),
        edges=((FILING, REVIEW), (REVIEW, PERMIT)),
        bridged=((FILING, REVIEW),),
    )

    found = worth(standing, Deferred(step=REVIEW, hand_in_on=march(11), producer=FILING))

    assert (found.permit_on, found.permit_without_on, found.gained_workdays) == (march(16), march(23), 5)
    # decided one working day after the result it waited for: the filing may come on Tuesday 10
    assert found.latest_on == march(10)


def test_a_case_accepted_over_the_bridge_would_not_have_been_without_it():
    standing = a_standing(
        steps=(FILING, REVIEW, PERMIT),
        edges=((FILING, REVIEW), (REVIEW, PERMIT)),
        today=march(4),
        actuals=(
            Actual(step=FILING, started_on=march(2), accepted_on=march(2)),
            Actual(step=REVIEW, started_on=march(2), accepted_on=march(2)),
        ),
        bridged=((FILING, REVIEW),),
    )

    found = worth(standing, Deferred(step=REVIEW, hand_in_on=march(11), producer=FILING))

    assert (found.permit_on, found.permit_without_on) == (march(16), march(23))


def test_what_leads_to_no_headline_holds_back_only_its_own_result():
    # tax benefit: 1 day, Tuesday 3; accepted on Monday 9 without the deferral it would be Tuesday 10.
    # with it the certificate waits for Monday 9: one day gained
    standing = a_standing(steps=(REVIEW, PERMIT, TAXES), edges=((REVIEW, PERMIT),))

    found = worth(standing, Deferred(step=TAXES, hand_in_on=march(9)))

    assert (found.withheld, found.gained_workdays) == ("", 1)
    assert found.permit_on == found.permit_without_on == march(16)


def test_the_last_day_is_exact_where_calendar_days_end_on_a_rest_day():
    # review 6: Tuesday 10. The permit is publicised for 4 calendar days first: from the 10th that is
    # Saturday 14, from the 11th Sunday 15, from the 12th Monday 16: Monday 16 every time, then 1 day.
    # From Friday 13 it is Tuesday 17. So Thursday 12 is the last safe day, whatever the float says
    standing = a_standing(
        steps=(REVIEW, PERMIT),
        edges=((REVIEW, PERMIT),),
        matters=(
            a_matter(REVIEW, 6),
            a_matter(PERMIT, 1, special_days=4, special_basis="calendar"),
        ),
    )

    found = worth(standing, Deferred(step=REVIEW, hand_in_on=march(6)))

    assert found.permit_on == march(17)
    assert found.latest_on == march(12)


def test_the_permit_s_own_paper_is_safe_until_the_permit_itself():
    standing = a_standing(steps=(REVIEW, PERMIT), edges=((REVIEW, PERMIT),))

    found = worth(standing, Deferred(step=PERMIT, hand_in_on=march(13)))

    assert (found.latest_on, found.withheld) == (march(16), PERMIT)


@pytest.mark.parametrize("step", ["land-registration", "design-scheme-review", "construction-drawing-review"])
def test_on_a_shipped_template_the_last_safe_day_is_safe_and_the_next_is_not(catalogue, calendar, step):
    expansion = expand(catalogue, "private-building", {})
    terms = PlanTerms(start_on=march(2), days=DaysMode.ELAPSED, today=march(2))
    standing = Standing(expansion=expansion, terms=terms, calendar=calendar)
    asked = plan(expansion, terms, calendar=calendar)

    found = worth(standing, Deferred(step=step, hand_in_on=march(6)))

    planned = asked.step(step)
    slip = calendar.workdays_between(planned.finish_on, found.latest_on)
    assert found.permit_on == asked.permit_on

    def moved_by(days):
        longer = plan(expansion, terms, calendar=calendar, what_if=WhatIf(delays={step: days}))
        return longer.permit_on

    assert moved_by(slip) == asked.permit_on
    assert moved_by(slip + 1) > asked.permit_on
