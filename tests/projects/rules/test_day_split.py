"""Where the days went: each civil day has one holder, and all of them add up to the span."""

import random
from datetime import date, timedelta

import pytest

from approvals.rules.journal import Line
from approvals.rules.lifecycle import StepState, StopKind
from approvals.rules.progress import Move
from approvals.rules.stops import ClockStop
from projects.rules.day_split import (
    Awaited,
    CaseRecord,
    Holder,
    project_days,
    stretches,
)


def april(day):
    return date(2026, 4, day)


def _line(on, state):
    """A move into a state; which move it was matters to nobody here."""
    return Line(number=1, move=Move.WORK, before=StepState.NOT_STARTED, state=state, on=on)


def _stop(first_on, last_on, kind):
    return ClockStop(kind=kind, first_on=first_on, planned_last_on=last_on or first_on, last_on=last_on)


def _case(code, *moves, **more):
    return CaseRecord(code=code, lines=tuple(_line(april(day), state) for day, state in moves), **more)


def _told(found):
    return [(stretch.holder.value, stretch.days) for stretch in found]


def test_each_part_of_a_step_has_its_holder(calendar):
    case = _case(
        "eia",
        (8, StepState.PREPARING),
        (10, StepState.RECEIVED),
        (13, StepState.ACCEPTED),
        (16, StepState.PASSED),
        finished_on=april(16),
    )

    # ready on Tuesday 7: Wednesday 8 nobody had begun; 9 and 10 the enterprise prepared; 11 and 12 are a
    # weekend; from Monday 13 on the department had it
    assert _told(stretches(case, april(7), april(16), calendar)) == [
        ("idle", 1),
        ("enterprise", 2),
        ("holiday", 2),
        ("department", 4),
    ]


def test_a_stopped_clock_is_nobodys_and_a_correction_the_enterprises(calendar):
    case = _case(
        "eia",
        (7, StepState.ACCEPTED),
        (24, StepState.PASSED),
        stops=(
            _stop(april(9), april(10), StopKind.EXPERT_REVIEW),
            _stop(april(14), april(15), StopKind.CORRECTION),
        ),
        finished_on=april(24),
    )

    # 8 | 9, 10 stopped | 11, 12 weekend | 13 | 14, 15 correction | 16, 17 | 18, 19 weekend | 20 to 24
    assert _told(stretches(case, april(7), april(24), calendar)) == [
        ("department", 1),
        ("stopped", 2),
        ("holiday", 2),
        ("department", 1),
        ("enterprise", 2),
        ("department", 2),
        ("holiday", 2),
        ("department", 5),
    ]


def test_where_two_pauses_overlap_the_procedure_counts(calendar):
    case = _case(
        "eia",
        (7, StepState.ACCEPTED),
        stops=(_stop(april(8), None, StopKind.CORRECTION), _stop(april(9), april(9), StopKind.HEARING)),
    )

    assert _told(stretches(case, april(7), april(10), calendar)) == [
        ("enterprise", 1),
        ("stopped", 1),
        ("enterprise", 1),
    ]


def test_what_the_enterprise_does_itself_is_its_own_once_it_has_begun(calendar):
    case = _case("drawings", (8, StepState.ACCEPTED), (10, StepState.PASSED), is_owners=True)

    assert _told(stretches(case, april(7), april(10), calendar)) == [("idle", 1), ("enterprise", 2)]


def test_after_a_refusal_the_enterprise_has_it_until_it_applies_again(calendar):
    case = _case("permit", (7, StepState.ACCEPTED), (8, StepState.REFUSED), (10, StepState.RECEIVED))

    assert _told(stretches(case, april(7), april(13), calendar)) == [
        ("department", 1),
        ("enterprise", 2),
        ("holiday", 2),
        ("department", 1),
    ]


def test_a_make_up_day_is_a_working_day_and_a_moved_rest_day_is_none(calendar):
    case = CaseRecord(code="eia", lines=(_line(date(2026, 5, 7), StepState.ACCEPTED),))

    # Saturday 9 May 2026 is worked for the Labour Day break, Sunday 10 is not
    assert _told(stretches(case, date(2026, 5, 8), date(2026, 5, 10), calendar)) == [
        ("department", 1),
        ("holiday", 1),
    ]


def test_a_project_is_walked_back_along_what_decided_it(calendar):
    records = {
        "filing": _case("filing", (7, StepState.ACCEPTED), (8, StepState.PASSED), finished_on=april(8)),
        "land": _case("land", (7, StepState.ACCEPTED), (14, StepState.PASSED), finished_on=april(14)),
        "permit": _case("permit", (15, StepState.ACCEPTED), (17, StepState.PASSED), finished_on=april(17)),
    }
    awaited = {"permit": (Awaited("filing", True), Awaited("land", True))}

    found = project_days(records, awaited, "permit", start_on=april(6), until=april(17), calendar=calendar)

    # the land's result came on 14, after the filing's: the permit's days are 15 to 17, the land's 7 to 14
    assert [(link.code, link.after.day, link.until.day) for link in found.links] == [
        ("land", 6, 14),
        ("permit", 14, 17),
    ]
    # 7 nobody had begun; 8, 9, 10, 13, 14 department; 11, 12 weekend; 15 nobody; 16, 17 department
    assert found.totals == {
        Holder.ENTERPRISE: 0,
        Holder.DEPARTMENT: 7,
        Holder.STOPPED: 0,
        Holder.HOLIDAY: 2,
        Holder.IDLE: 2,
    }
    assert found.days == 11


def test_days_a_finished_review_waits_for_another_result_are_the_others(calendar):
    records = {
        "title": _case("title", (7, StepState.ACCEPTED), (16, StepState.PASSED), finished_on=april(16)),
        "permit": _case(
            "permit",
            (7, StepState.ACCEPTED),
            (17, StepState.PASSED),
            finished_on=april(17),
            own_end_on=april(10),
        ),
    }

    found = project_days(
        records,
        {"permit": (Awaited("title", before_acceptance=False),)},
        "permit",
        start_on=april(7),
        until=april(17),
        calendar=calendar,
    )

    assert [(link.code, link.after.day, link.until.day) for link in found.links] == [
        ("title", 7, 16),
        ("permit", 16, 17),
    ]


def test_a_result_recorded_after_its_follower_began_loses_no_day(calendar):
    records = {
        "a": _case("a", (7, StepState.ACCEPTED), (15, StepState.PASSED), finished_on=april(15)),
        "b": _case("b", (9, StepState.ACCEPTED), (17, StepState.PASSED), finished_on=april(17)),
    }

    found = project_days(
        records, {"b": (Awaited("a", True),)}, "b", start_on=april(7), until=april(17), calendar=calendar
    )

    assert [(link.code, link.after.day, link.until.day) for link in found.links] == [
        ("a", 7, 9),
        ("b", 9, 17),
    ]
    assert found.days == 10


@pytest.mark.parametrize("seed", range(40))
def test_whatever_was_recorded_the_days_add_up(calendar, seed):
    rolled = random.Random(seed)  # noqa: S311  (a seeded case, not a secret)
    states = [state for state in StepState if state is not StepState.NOT_REQUIRED]
    start, codes = date(2026, 1, 5), [f"s{n}" for n in range(8)]
    records = {}
    for code in codes:
        days = sorted(start + timedelta(rolled.randrange(150)) for _ in range(rolled.randrange(6)))
        stops = tuple(
            _stop(
                on, rolled.choice([None, on + timedelta(rolled.randrange(9))]), rolled.choice(list(StopKind))
            )
            for on in days[:2]
        )
        records[code] = CaseRecord(
            code=code,
            is_owners=rolled.random() < 0.2,
            lines=tuple(_line(on, rolled.choice(states)) for on in days),
            stops=stops,
            finished_on=days[-1] if days and rolled.random() < 0.8 else None,
            own_end_on=days[0] if days else None,
        )
    awaited = {
        code: tuple(
            Awaited(before, rolled.random() < 0.5) for before in codes[:place] if rolled.random() < 0.4
        )
        for place, code in enumerate(codes)
    }
    until = start + timedelta(rolled.randrange(1, 160))

    found = project_days(records, awaited, codes[-1], start_on=start, until=until, calendar=calendar)

    assert found.days == (until - start).days
    assert found.links[0].after == start
    assert found.links[-1].until == until
    assert all(one.until == two.after for one, two in zip(found.links, found.links[1:], strict=False))
    assert all(sum(s.days for s in link.stretches) == link.days for link in found.links)
