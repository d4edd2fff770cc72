"""May a paper come later: main documents, the protected interests, the caps, the days, and who may say so."""

from datetime import date

import pytest

from approvals.rules.catalogue import Material
from approvals.rules.deferral import (
    AlreadyDeferred,
    Asked,
    Cap,
    CaseIsOver,
    CreditNotRepaired,
    Deferrable,
    DepartmentHeadMissing,
    DueDayTooEarly,
    DueDayTooLate,
    GateStands,
    GrantLevel,
    MainPapersMissing,
    MaterialNotDeferrable,
    NotTheirsToGrant,
    PaperIsHere,
    ProtectedMatter,
    TooManyInProject,
    TooManyOnCase,
    WhyMain,
    cap_of,
    check_level,
    due_day,
    latest_due,
    level_for,
    may_defer,
    may_issue_first,
)
from approvals.rules.protected import PROTECTED
from scheduler import DayRule, WorkCalendar


def april(day):
    return date(2026, 4, day)


def may(day):
    return date(2026, 5, day)


# Labour Day 2026: 1 to 5 May off, Saturday 9 May worked instead.
CALENDAR = WorkCalendar(
    [
        *(DayRule(may(day), False, "holiday") for day in range(1, 6)),
        DayRule(may(9), True, "makeup_workday"),
    ],
    {2026},
)


def a_material(**told):
    facts = {
        "matter": "energy-review",
        "code": "equipment-list",
        "name_zh": "主要用能设备清单",
        "name_en": "List of equipment",
        "is_main": False,
        "deferrable": True,
        "make_good_workdays": 10,
        **told,
    }
    return Material(**facts)


def a_question(**told):
    material = told.pop("material", a_material())
    facts = {"matter": material.matter, "step": "节能审查", "material": material, "name": material.name_zh}
    return Asked(**{**facts, "promised_workdays": 7, **told})


# --- what may come later ---------------------------------------------------------------------------


def test_a_secondary_paper_of_the_list_may_come_later():
    assert may_defer(a_question()) == Deferrable(why_main=None, on_list=True, bridges="")


def test_a_main_document_may_not():
    with pytest.raises(MaterialNotDeferrable):
        may_defer(a_question(material=a_material(is_main=True)))


def test_a_main_document_that_lacks_only_its_stamp_counts_as_secondary():
    found = may_defer(a_question(material=a_material(is_main=True), lacks_only_stamp=True))

    assert found.why_main is WhyMain.LACKS_ONLY_STAMP


def test_a_main_document_whose_office_has_accepted_the_application_counts_as_secondary():
    main = a_material(is_main=True, origin="produced", origin_ref="land-registration")

    with pytest.raises(MaterialNotDeferrable):
        may_defer(a_question(material=main, producer="land-registration"))
    found = may_defer(a_question(material=main, producer="land-registration", has_slip=True))

    assert (found.why_main, found.bridges) == (WhyMain.SLIP_EXISTS, "land-registration")


def test_nothing_comes_later_while_another_main_document_is_missing():
    with pytest.raises(MainPapersMissing) as refused:
        may_defer(a_question(missing_main=("节能报告",)))

    assert "节能报告" in str(refused.value)


def test_matters_of_safety_and_ecology_defer_nothing_the_enterprise_brings():
    paper = a_material(matter="fire-acceptance", code="fire-test-report")

    with pytest.raises(ProtectedMatter):
        may_defer(a_question(material=paper))


def test_the_result_of_an_earlier_step_is_awaited_even_there_for_no_condition_is_waived():
    paper = a_material(matter="fire-design-review", code="drawing-cert", origin="produced")

    found = may_defer(a_question(material=paper, producer="construction-drawing-review"))

    assert found.bridges == "construction-drawing-review"


def test_a_gate_the_law_closes_cannot_be_bridged():
    with pytest.raises(GateStands):
        may_defer(a_question(producer="energy-report", producer_name="节能报告编制", gate_stands=True))


def test_a_paper_outside_the_list_may_come_later_but_is_marked():
    assert may_defer(a_question(material=a_material(deferrable=False))).on_list is False


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        ({"is_over": True}, CaseIsOver),
        ({"is_here": True}, PaperIsHere),
        ({"deferred_as": "RQ-2026-031"}, AlreadyDeferred),
        ({"unrepaired": ("RQ-2025-007",)}, CreditNotRepaired),
    ],
)
def test_what_is_over_here_deferred_or_barred_is_refused(told, refusal):
    with pytest.raises(refusal):
        may_defer(a_question(**told))


def test_an_unrepaired_default_does_not_bar_what_the_system_itself_makes_good():
    question = a_question(unrepaired=("RQ-2025-007",), producer="project-filing")

    assert may_defer(question).bridges == "project-filing"


def test_a_case_has_three_deferrals_at_most_and_a_project_five():
    may_defer(a_question(open_on_case=2, open_in_project=4))

    with pytest.raises(TooManyOnCase):
        may_defer(a_question(open_on_case=3, open_in_project=3))
    with pytest.raises(TooManyInProject):
        may_defer(a_question(open_on_case=1, open_in_project=5))


# --- by when ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("own", "promised", "cap"),
    [
        (10, 7, Cap(5, before_issue=False)),  # 7 - 2 = 5 is less than 10
        (3, 7, Cap(3, before_issue=False)),  # the paper's own cap
        (30, 40, Cap(20, before_issue=False)),  # never above 20
        (0, 40, Cap(20, before_issue=False)),  # outside the list there is no cap of its own
        (10, 3, Cap(1, before_issue=False)),  # 3 - 2 = 1: just long enough
        (
            10,
            2,
            Cap(2, before_issue=True),
        ),  # 2 - 2 = 0 is below 1: before the certificate, within the promise
        (10, 0, Cap(0, before_issue=True)),  # decided on the spot: with it
    ],
)
def test_a_paper_has_the_least_of_its_own_cap_the_promise_less_two_and_twenty(own, promised, cap):
    assert cap_of(a_material(make_good_workdays=own), promised, bridges=False) == cap


def test_a_bridged_result_must_only_come_before_the_certificate():
    assert cap_of(a_material(make_good_workdays=15), 10, bridges=True) == Cap(10, before_issue=True)


def test_the_last_day_is_counted_in_working_days_across_the_holiday():
    # granted Tuesday 28 April; 5 working days: 29, 30 April, 6, 7, 8 May (1 to 5 May off)
    assert latest_due(april(28), Cap(5, before_issue=False), CALENDAR, None) == may(8)
    # 6 of them: Saturday 9 May is worked
    assert latest_due(april(28), Cap(6, before_issue=False), CALENDAR, None) == may(9)


def test_nothing_is_due_after_the_promised_end_of_the_case():
    assert latest_due(april(28), Cap(5, before_issue=False), CALENDAR, may(6)) == may(6)


def test_the_due_day_is_the_promised_one_and_a_rest_day_moves_on():
    told = {"material": "清单", "calendar": CALENDAR}

    assert due_day(april(30), april(28), may(8), **told) == april(30)
    # Sunday 3 May is in the holiday: Wednesday 6 May
    assert due_day(may(3), april(28), may(8), **told) == may(6)


def test_a_day_beyond_the_cap_or_already_gone_is_refused():
    told = {"material": "清单", "calendar": CALENDAR}

    with pytest.raises(DueDayTooLate):
        due_day(may(9), april(28), may(8), **told)
    # Saturday 2 May would move to the 6th, which is beyond 30 April
    with pytest.raises(DueDayTooLate):
        due_day(may(2), april(28), april(30), **told)
    with pytest.raises(DueDayTooEarly):
        due_day(april(28), april(28), may(8), **told)
    with pytest.raises(DueDayTooEarly):
        due_day(april(27), april(28), may(8), **told)


# --- who may say so --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on_list", "others_result", "workdays", "level"),
    [
        (True, False, 5, GrantLevel.WINDOW),
        (True, False, 6, GrantLevel.CHIEF_REPRESENTATIVE),
        (True, True, 2, GrantLevel.STAGE_LEAD),
        (False, False, 1, GrantLevel.COORDINATOR),
        (False, True, 1, GrantLevel.COORDINATOR),
    ],
)
def test_who_must_grant_follows_from_the_list_the_length_and_whose_paper_it_is(
    on_list, others_result, workdays, level
):
    assert level_for(on_list=on_list, others_result=others_result, workdays=workdays) is level


def test_whoever_stands_above_may_grant_and_a_neighbour_may_not():
    check_level(GrantLevel.CHIEF_REPRESENTATIVE, GrantLevel.WINDOW, department_head="")
    check_level(GrantLevel.COORDINATOR, GrantLevel.STAGE_LEAD, department_head="")

    for level, required in (
        (GrantLevel.WINDOW, GrantLevel.CHIEF_REPRESENTATIVE),
        (GrantLevel.CHIEF_REPRESENTATIVE, GrantLevel.STAGE_LEAD),
        (GrantLevel.STAGE_LEAD, GrantLevel.WINDOW),
        (GrantLevel.STAGE_LEAD, GrantLevel.COORDINATOR),
    ):
        with pytest.raises(NotTheirsToGrant):
            check_level(level, required, department_head="局长")


def test_outside_the_list_the_coordinator_needs_the_head_of_the_department():
    check_level(GrantLevel.COORDINATOR, GrantLevel.COORDINATOR, department_head="曾局长")

    with pytest.raises(DepartmentHeadMissing):
        check_level(GrantLevel.COORDINATOR, GrantLevel.COORDINATOR, department_head=" ")


def test_only_a_listed_secondary_paper_of_the_enterprise_may_follow_the_certificate():
    own, bridge = Deferrable(None, True, ""), Deferrable(None, True, "project-filing")

    assert may_issue_first(a_material(), own, is_listed=True)
    assert not may_issue_first(a_material(), own, is_listed=False)
    assert not may_issue_first(a_material(is_main=True), own, is_listed=True)
    assert not may_issue_first(a_material(), bridge, is_listed=True)


def test_every_protected_matter_is_a_matter_of_the_shipped_catalogue(catalogue):
    assert set(PROTECTED) <= set(catalogue.matter_of)
