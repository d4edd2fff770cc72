"""What stops a clock, for how long, and what extends a limit: each rule by its figures."""

from datetime import date

import pytest

from approvals.rules.case import Case, CaseTerms, moved
from approvals.rules.catalogue import Matter
from approvals.rules.deadlines import deadlines, delivered_by, examined_by
from approvals.rules.extensions import (
    ExtendedAlready,
    ExtensionTooLong,
    GovernmentMustApprove,
    LimitIsOver,
    longest_extension,
)
from approvals.rules.lifecycle import StopKind
from approvals.rules.periods import periods
from approvals.rules.progress import Act, Move, NoSuchMove
from approvals.rules.saying import (
    ApproverMissing,
    BasisMissing,
    ExtensionMissing,
    NoticeMissing,
    PlannedEndMissing,
    ReasonMissing,
    StopKindMissing,
    TwoOfficersMissing,
)
from approvals.rules.stops import (
    ClockStop,
    NoSuchStop,
    NotAStopHere,
    PlannedEndTooEarly,
    PlannedEndTooFar,
    StopRunsAlready,
    StopTooLong,
    WhichStop,
    pauses,
)
from approvals.rules.work_calendar import days_off_by_law
from scheduler import DayRule, WorkCalendar

TODAY = date(2026, 12, 31)
ACCEPTED = date(2026, 11, 23)


def a_matter(code="energy-review", kind="permit", statutory=20, promised=20, **more):
    return Matter(
        code=code,
        name_zh="某事项",
        name_en="A matter",
        kind=kind,
        statutory_days=statutory,
        statutory_basis="working",
        promised_workdays=promised,
        **more,
    )


@pytest.fixture
def calendar():
    return WorkCalendar([DayRule(date(2026, 10, 1), False, "holiday")], [2026])


@pytest.fixture
def begin(calendar):
    """A case of a matter, accepted on 23 November 2026, and a way to act on it."""

    class Begun:
        def __init__(self, matter):
            self.of = CaseTerms(name="某事项", matter=matter, periods=periods(matter), calendar=calendar)
            self.case = Case()
            self.act(Move.ACCEPT, ACCEPTED)

        def act(self, move, on, **said):
            self.case = moved(self.case, Act(move, on, **said), self.of, today=TODAY)
            return self.case

        def stop(self, first, last=None, kind=StopKind.EXPERT_REVIEW, **changed):
            said = {"basis": "第四十五条", "reason": "评审", "number": "告1", "decided_by": "王主任"}
            said |= {"stop": kind, "planned_last_on": last, **changed}
            return self.act(Move.STOP, first, **said)

        def extend(self, workdays, on=date(2026, 11, 30), by="县发改局局长"):
            said = {"basis": "第四十二条", "reason": "案情复杂", "decided_by": by}
            return self.act(Move.EXTEND, on, workdays=workdays, **said)

    return lambda matter=None: Begun(matter or a_matter())


# CL-1, CL-6, CL-7


def test_a_special_procedure_of_the_golden_vector_moves_twenty_days_to_the_fourth_of_january():
    # rules.md: 2026-11-23, special procedure 2026-12-01 to 2026-12-11 inclusive, 20 working days: 2027-01-04
    calendar = WorkCalendar([DayRule(date(2026, 10, 1), False, "holiday")], [2026], days_off_by_law)
    of = periods(a_matter())

    found = deadlines(of, ACCEPTED, calendar, [(date(2026, 12, 1), date(2026, 12, 11))])

    assert (found.statutory_on, found.is_provisional) == (date(2027, 1, 4), True)


@pytest.mark.parametrize(
    ("left_out", "refusal"),
    [
        ({"stop": None}, StopKindMissing),
        ({"stop": StopKind.CORRECTION}, StopKindMissing),
        ({"reason": ""}, ReasonMissing),
        ({"basis": " "}, BasisMissing),
        ({"decided_by": ""}, ApproverMissing),
        ({"number": ""}, NoticeMissing),
        ({"last": None}, PlannedEndMissing),
        ({"last": date(2026, 11, 24)}, PlannedEndTooEarly),
    ],
)
def test_a_stop_says_its_kind_basis_reason_end_notice_and_who_decided(begin, left_out, refusal):
    said = {"last": date(2026, 11, 27), **left_out}

    with pytest.raises(refusal):
        begin().stop(date(2026, 11, 25), **said)


def test_first_and_last_day_are_paused_and_stops_that_overlap_or_touch_are_one():
    def a_stop(first, planned, last=None, month=12):
        return ClockStop(
            kind=StopKind.PUBLICITY,
            first_on=date(2026, month, first),
            planned_last_on=date(2026, month, planned),
            last_on=last and date(2026, month, last),
        )

    found = pauses([a_stop(7, 9), a_stop(1, 3, last=2), a_stop(3, 4, last=4)], today=date(2026, 12, 8))
    assert found == ((date(2026, 12, 1), date(2026, 12, 4)), (date(2026, 12, 7), date(2026, 12, 9)))

    # an open stop past its planned end still runs, and says so
    running = a_stop(7, 9)
    assert pauses([running], today=date(2026, 12, 11)) == ((date(2026, 12, 7), date(2026, 12, 11)),)
    assert not running.is_overdue(date(2026, 12, 9))
    assert running.is_overdue(date(2026, 12, 10))


def test_a_stop_of_so_many_working_days_ends_on_the_last_of_them(begin):
    # from Thursday 26 November: 26, 27, 30 November, 1, 2 December
    case = begin().stop(date(2026, 11, 26), None, workdays=5)

    assert case.stops[0].planned_last_on == date(2026, 12, 2)


@pytest.mark.parametrize("far", [{"last": date(9999, 12, 31)}, {"last": None, "workdays": 10**9}])
def test_a_stop_planned_for_years_is_a_slip_of_the_pen(begin, far):
    with pytest.raises(PlannedEndTooFar, match="at most 366 days"):
        begin().stop(date(2026, 11, 24), kind=StopKind.TENDER, **far)
    assert begin().stop(date(2026, 11, 24), date(2027, 11, 24), StopKind.TENDER)


def test_the_same_procedure_does_not_run_twice_at_once(begin):
    case = begin()
    case.stop(date(2026, 11, 24), date(2026, 11, 30))

    with pytest.raises(StopRunsAlready, match="2026-11-24"):
        case.stop(date(2026, 11, 25), date(2026, 11, 30))


def test_the_end_of_a_stop_names_one_that_runs(begin):
    case = begin()
    with pytest.raises(NoSuchMove):
        case.act(Move.RESUME, date(2026, 11, 24))

    case.stop(date(2026, 11, 24), date(2026, 11, 30))
    with pytest.raises(NoSuchStop):
        case.act(Move.RESUME, date(2026, 11, 25), stop=StopKind.TENDER)

    case.stop(date(2026, 11, 25), date(2026, 11, 30), StopKind.PUBLICITY)
    with pytest.raises(WhichStop):
        case.act(Move.RESUME, date(2026, 11, 26))


# CL-2, CL-8


def test_publicity_review_and_survey_stop_a_clock_and_a_deferred_paper_does_not():
    kinds = {kind.value for kind in StopKind}

    assert {"publicity", "technical_review", "site_survey"} <= kinds
    assert not any("defer" in kind or "material" in kind for kind in kinds)


# CL-3, CL-4, AC-12


@pytest.mark.parametrize(
    ("code", "kind", "most"),
    [
        ("project-verification", StopKind.APPRAISAL, 30),
        ("water-soil-report", StopKind.TECHNICAL_REVIEW, 30),
        ("fire-design-review", StopKind.EXPERT_REVIEW, 20),
        ("construction-planning-permit", StopKind.CONSULTATION, 10),
        ("land-planning-permit", StopKind.HEARING, 20),
    ],
)
def test_a_stop_longer_than_the_law_leaves_uncounted_is_refused_with_the_figure(begin, code, kind, most):
    begin(a_matter(code)).stop(date(2026, 11, 24), None, kind, workdays=most)

    with pytest.raises(StopTooLong, match=rf"At most {most} .* would be {most + 1}"):
        begin(a_matter(code)).stop(date(2026, 11, 24), None, kind, workdays=most + 1)


def test_two_stops_share_one_limit(begin):
    # the first took the 24th to the 30th, five days; 16 more would be 21
    case = begin(a_matter("fire-design-review"))
    case.stop(date(2026, 11, 24), date(2026, 11, 30))
    case.act(Move.RESUME, date(2026, 11, 30))

    with pytest.raises(StopTooLong, match=r"At most 20 .* would be 21"):
        case.stop(date(2026, 12, 1), None, StopKind.TECHNICAL_REVIEW, workdays=16)
    assert case.stop(date(2026, 12, 1), None, StopKind.TECHNICAL_REVIEW, workdays=15)


def test_what_goes_on_longer_than_the_limit_counts(begin):
    # ten days from Tuesday 24 November end on Monday 7 December, though the answer came on the 11th
    case = begin(a_matter("construction-planning-permit"))
    case.stop(date(2026, 11, 24), None, StopKind.CONSULTATION, workdays=10)

    stop = case.act(Move.RESUME, date(2026, 12, 11)).stops[0]

    assert stop.last_on == date(2026, 12, 7)


def test_consulting_stops_no_other_clock(begin):
    with pytest.raises(NotAStopHere):
        begin().stop(date(2026, 11, 24), date(2026, 11, 27), StopKind.CONSULTATION)


# AC-13


def test_a_survey_on_site_names_two_officers(begin):
    with pytest.raises(TwoOfficersMissing):
        begin().stop(date(2026, 11, 24), date(2026, 11, 24), StopKind.SITE_SURVEY, decided_by="李工")

    case = begin().stop(date(2026, 11, 24), date(2026, 11, 24), StopKind.SITE_SURVEY, decided_by="李工、赵工")
    assert case.stops[0].decided_by == "李工、赵工"


# AC-7 to AC-9, AC-15


def test_twenty_days_and_ten_end_ten_working_days_later(begin):
    # after 2026-12-21: 22, 23, 24, 25, 28, 29, 30, 31 December, 1 and 4 January (no holiday in this table)
    case = begin().extend(10)

    assert case.statutory_end_on == date(2027, 1, 4)


def test_a_limit_is_extended_once(begin):
    case = begin()
    case.extend(3)

    with pytest.raises(ExtendedAlready, match="by 3 working days"):
        case.extend(3)


@pytest.mark.parametrize(
    ("matter", "most"),
    [
        (a_matter(), 10),
        (a_matter("project-verification"), 40),
        (a_matter("water-soil-report"), 10),
        (a_matter("land-planning-permit", review_group="JR_LAND"), 15),
        (a_matter("project-filing", kind="filing"), 0),
    ],
)
def test_each_kind_of_matter_has_its_longest_extension(begin, matter, most):
    assert longest_extension(matter) == most

    with pytest.raises(ExtensionTooLong, match=f"at most {most} "):
        begin(matter).extend(most + 1, by="县人民政府")


def test_beyond_ten_days_on_a_joint_matter_the_government_approves(begin):
    joint = a_matter("land-planning-permit", review_group="JR_LAND")

    with pytest.raises(GovernmentMustApprove):
        begin(joint).extend(15)
    assert begin(joint).extend(10).extensions[0].workdays == 10
    assert begin(joint).extend(15, by="青禾县人民政府").extensions[0].workdays == 15


def test_a_limit_that_is_over_cannot_be_extended(begin):
    with pytest.raises(LimitIsOver, match="2026-12-21"):
        begin().extend(5, on=date(2026, 12, 22))
    assert begin().extend(5, on=date(2026, 12, 21))


def test_an_extension_says_by_how_much_why_and_who_approved(begin):
    said = {"basis": "第四十二条", "reason": "案情复杂", "decided_by": "局长", "workdays": 5}
    for left_out, refusal in (
        ({"workdays": 0}, ExtensionMissing),
        ({"reason": ""}, ReasonMissing),
        ({"basis": ""}, BasisMissing),
        ({"decided_by": ""}, ApproverMissing),
    ):
        with pytest.raises(refusal):
            begin().act(Move.EXTEND, date(2026, 11, 30), **{**said, **left_out})


def test_an_extension_of_a_limit_in_calendar_days_is_in_working_days(calendar):
    # 30 calendar days from 23 November end on Wednesday 23 December; five working days more: on the 30th
    by_calendar = periods(
        Matter(
            code="x",
            name_zh="x",
            name_en="x",
            statutory_days=30,
            statutory_basis="calendar",
            promised_workdays=5,
        )
    )

    found = deadlines(by_calendar, ACCEPTED, calendar, extension_workdays=5)

    assert found.statutory_on == date(2026, 12, 30)
    assert found.promised_on == date(2026, 12, 7)  # ten working days from 23 November


# AC-10, AC-11


def test_the_lower_level_hands_up_within_twenty_working_days(calendar):
    assert examined_by(ACCEPTED, calendar) == date(2026, 12, 21)


def test_the_result_is_handed_over_within_ten_working_days(calendar):
    assert delivered_by(ACCEPTED, calendar) == date(2026, 12, 7)
