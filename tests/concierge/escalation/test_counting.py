"""What is counted of reports, added up by hand."""

from __future__ import annotations

from datetime import date

from concierge.escalation.rules.counting import Counted, Visit, tally
from concierge.escalation.rules.report import Contentment, ReportKind, ReportLevel, ReportWay
from tests.concierge.escalation.moments import april

TODAY, NOW = date(2026, 4, 15), april(15, "10:00")


def counted(**facts: object) -> Counted:
    """A report closed in time at the window, unless the test says otherwise."""
    usual = {
        "way": ReportWay.COUNTER,
        "kind": ReportKind.BLOCKED,
        "department": "NRP",
        "level": ReportLevel.WINDOW,
        "due_on": date(2026, 4, 14),
        "closed_on": date(2026, 4, 14),
        "cause_code": "late",
        "contentment": None,
        "reopenings": 0,
    }
    return Counted(**{**usual, **facts})  # type: ignore[arg-type]  # a test's shorthand


def test_in_time_is_the_part_of_the_closed_ones_and_the_open_late_ones_stand_apart():
    found = tally(
        [
            counted(),
            counted(closed_on=date(2026, 4, 15), level=ReportLevel.TIMED),
            counted(closed_on=None, cause_code=""),
            counted(closed_on=None, cause_code="", due_on=TODAY),
        ],
        today=TODAY,
        now=NOW,
    )

    # four reports, two closed, one of them on its day; of the open ones one is past its day
    assert (found.reports, found.closed, found.in_time, found.late_open) == (4, 2, 1, 1)
    assert found.in_time_share == 0.5
    assert found.on_the_spot == 1
    assert dict(found.causes) == {"late": 2}


def test_who_still_has_time_is_not_counted_as_missing():
    level, due = ReportLevel.WINDOW, april(15, "09:22")
    found = tally(
        [
            counted(visits=(Visit(level=level, due_at=due, arrived_at=april(15, "09:22")),)),
            counted(visits=(Visit(level=level, due_at=due, arrived_at=april(15, "09:23")),)),
            counted(visits=(Visit(level=level, due_at=due, arrived_at=None),)),
            counted(visits=(Visit(level=level, due_at=april(15, "10:05"), arrived_at=None),)),
        ],
        today=TODAY,
        now=NOW,
    )

    # in time, a minute late, missing; the fourth has five minutes left
    assert found.called[level] == 3
    assert found.came_share(level) == 1 / 3
    assert found.came_share(ReportLevel.DEPARTMENT) is None


def test_a_person_nobody_reached_said_nothing():
    said = (Contentment.SATISFIED, Contentment.PARTLY, Contentment.NOT_REACHED, None)

    found = tally([counted(contentment=one) for one in said], today=TODAY, now=NOW)

    assert (found.asked, found.satisfied_share) == (2, 0.5)


def test_nothing_to_share_is_no_share():
    found = tally([], today=TODAY, now=NOW)

    assert (found.in_time_share, found.satisfied_share) == (None, None)
