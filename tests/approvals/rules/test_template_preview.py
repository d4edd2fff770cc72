"""What a template comes to in the shipped catalogue, to the day of the domain reference."""

from dataclasses import replace

import pytest

from approvals.rules.catalogue import Precedence, UnknownTemplate
from approvals.rules.loops import loop_with
from approvals.rules.periods import DaysMode
from approvals.rules.template_preview import preview
from approvals.rules.work_calendar import work_calendar
from approvals.rules.year_table import year_table
from approvals.services.ship_catalogue import shipped_catalogue


@pytest.mark.parametrize(
    ("template", "promised", "clock", "elapsed", "statutory"),
    [  # shared domain reference, "Reference lengths"
        ("industrial-start-on-land", 25, 47, 69, 133),
        ("private-building", 39, 66, 123, 145),
        ("small-low-risk", 5, 5, 27, 29),
        ("government-building", 62, 155, 329, 245),
        ("linear-municipal", 83, 153, 327, 243),
    ],
)
def test_every_template_takes_its_reference_length_to_the_permit(
    template, promised, clock, elapsed, statutory
):
    lengths = [preview(shipped_catalogue(), template, mode).permit_workdays for mode in DaysMode]

    assert lengths == [promised, clock, elapsed, statutory]


def test_a_matter_left_out_says_which_fact_leaves_it_out_and_has_no_days():
    steps = {step.matter.code: step for step in preview(shipped_catalogue(), "small-low-risk").steps}

    left_out = steps["eia-form"]  # the template assumes a registration form only

    assert not left_out.is_on_list
    assert left_out.start is None
    assert [(finding.attr, finding.actual) for finding in left_out.because] == [("eia_category", "register")]


def test_a_ring_is_named_and_then_nothing_has_days():
    catalogue = shipped_catalogue()
    ring = Precedence(predecessor="construction-permit", successor="project-filing", kind="hard")
    # filing must lead to the permit in this template for the two to wait for each other
    looped = replace(catalogue, precedences=(*catalogue.precedences, ring))

    shown = preview(looped, "industrial-start-on-land")

    assert {"construction-permit", "project-filing"} <= set(shown.loop)
    assert shown.permit_workdays is None
    assert all(step.start is None for step in shown.steps)


def test_a_template_that_is_not_there_is_unknown():
    with pytest.raises(UnknownTemplate):
        preview(shipped_catalogue(), "nobody")


def test_only_the_ring_a_new_precedence_closes_is_named():
    catalogue = shipped_catalogue()
    older = (
        Precedence(predecessor="gas-supply", successor="heat-supply"),
        Precedence(predecessor="heat-supply", successor="gas-supply"),
    )
    looped = replace(catalogue, precedences=(*catalogue.precedences, *older))

    innocent = loop_with(looped, Precedence(predecessor="project-filing", successor="gas-supply"))
    guilty = loop_with(looped, Precedence(predecessor="project-filing", successor="project-code-assignment"))

    assert innocent == ()
    assert set(guilty) == {"project-code-assignment", "project-filing"}


def test_a_row_does_not_close_a_ring_with_what_it_replaces():
    catalogue = shipped_catalogue()
    turned = Precedence(predecessor="project-filing", successor="project-code-assignment")

    loop = loop_with(catalogue, turned, instead_of=("project-code-assignment", "project-filing"))

    assert loop == ()


def test_the_year_2026_hangs_on_the_wall_with_its_rests_and_make_up_days():
    holidays = shipped_catalogue().holidays

    table = year_table(work_calendar(holidays), holidays, 2026)

    # rules.md, year tables: 248 working days, 33 days off, 6 make-up workdays
    assert (table.workdays, table.rests, table.makeups) == (248, 33, 6)
    assert not table.is_provisional
    assert [month.number for month in table.months] == [*range(1, 13)]
    assert table.months[0].weeks[0][:3] == (None, None, None)  # 1 January 2026 is a Thursday
    marks = {day.on.day: day.mark for week in table.months[1].weeks for day in week if day}
    assert (marks[14], marks[16], marks[21], marks[8]) == ("makeup", "rest", "rest", "weekend")
