"""The list of projects where reviewers are counted: how full departments are, and who waits for whom."""

from datetime import date

import pytest
from sqlalchemy import select, update

from approvals.services.set_bench import set_bench
from concierge.kernel.actor import SYSTEM
from concierge.kernel.work import work
from projects.models.portfolio import Booked, BookedYear, BookingRow
from projects.models.project import Plan, Project
from projects.rules.booked_days import DAYS, place_of, read_days, stored
from projects.rules.bookings import HeldBy
from tests.builders import a_project

TODAY = date(2026, 4, 15)
MOST_QUERIES = 16


@pytest.fixture
def boss(county):
    return county.employs("boss", "Chief", sees=(None,))


@pytest.fixture
def project(county):
    """A project at a department with two reviewers."""
    set_bench("DRC", 2, by=SYSTEM)
    return county.has(Project, a_project(target_on=date(2026, 12, 31)))


def booked(day, used):
    """So many cases at the department on a day, whatever else is booked."""
    with work(SYSTEM) as w:
        row = w.session.scalar(select(BookedYear).where(BookedYear.key == "DRC", BookedYear.year == day.year))
        if row is None:
            row = BookedYear(kind=Booked.BENCH, key="DRC", half=0, year=day.year, taken=bytes(4 * DAYS))
            w.session.add(row)
        days = read_days(row.taken).copy()
        days[place_of(day)] = used
        row.taken = stored(days)


def cell(said, text):
    """The table's cell with this text."""
    return next(part for part in said.split("<td")[1:] if f">{text}" in part.split("</td>")[0])


def test_a_full_day_and_an_overfull_one_are_marked_by_word_and_shape_not_by_colour_alone(boss, project):
    booked(date(2026, 4, 16), 2)
    booked(date(2026, 4, 17), 3)

    said = boss.opens("/projects/").text

    assert "How full departments are" in said
    assert "bd-full" in cell(said, "2/2")
    assert "<b>full</b>" in cell(said, "2/2")
    assert "bd-over" in cell(said, "3/2")
    assert "<b>over</b>" in cell(said, "3/2")


def test_without_counted_departments_the_steps_due_are_shown_instead(boss):
    a_project(target_on=date(2026, 12, 31))

    said = boss.opens("/projects/").text

    assert "Steps due by department in the next 8 working days" in said
    assert "How full departments are" not in said


@pytest.mark.parametrize(
    ("booking", "told"),
    [
        (
            {"held_by": HeldBy.BENCH, "department": "DRC"},
            "capacity: Development and reform can take it on 22 Apr",
        ),
        ({"held_by": HeldBy.OFFICER}, "officer: can hand it in on 22 Apr"),
        ({"held_by": HeldBy.NOTHING}, "agreed for 22 Apr"),
        (
            {
                "held_by": HeldBy.SITTING,
                "review_group": "JR_SCHEME",
                "sitting_on": date(2026, 4, 23),
                "sitting_half": 1,
            },
            "the afternoon of 23 Apr",
        ),
    ],
)
def test_a_project_that_waits_for_room_says_whose_and_until_when(county, boss, project, booking, told):
    holding = county.has(Plan, project.plan_id).holding
    facts = {"accept_on": date(2026, 4, 22), "end_on": date(2026, 4, 30), "held_workdays": 4, **booking}
    with work(SYSTEM) as w:
        row = w.session.scalar(
            select(BookingRow).where(BookingRow.project_id == project.id, BookingRow.code == holding)
        )
        if row is None:
            w.session.add(BookingRow(project_id=project.id, code=holding, **facts))
        else:
            w.session.execute(update(BookingRow).where(BookingRow.id == row.id).values(**facts))

    assert told in boss.opens("/projects/").text


def test_the_list_with_counted_departments_asks_no_more_questions(boss, project, statements):
    boss.opens("/projects/")

    with statements() as sent:
        boss.opens("/projects/")

    assert len(sent) <= MOST_QUERIES, "\n".join(sent)
