"""请假与顶岗 in the browser: leave is written down, refused where nobody would be left, and taken back."""

from datetime import date

import pytest
from sqlalchemy import select

from concierge.kernel.actor import SYSTEM
from concierge.kernel.work import work
from concierge.staff.models import Absence, Pairing
from concierge.staff.services.assign_pair import assign_pair
from tests.builders import a_project

MAY = "2026-05-"


@pytest.fixture
def amy(county):
    return county.employs("amy", "Concierge")


@pytest.fixture
def bo(county):
    return county.employs("bo", "Concierge")


@pytest.fixture
def chief(county):
    return county.employs("chief", "Chief")


@pytest.fixture
def shared(county, amy, bo):
    liaison = county.employs("lin", "Liaison")
    project_id = a_project(by=liaison.actor)
    with work(SYSTEM) as w:
        assign_pair(w, project_id, amy.id, bo.id)
    return project_id


def asks(person, who, first, last, **more):
    form = {"person": who.id, "first_on": MAY + first, "last_on": MAY + last, "reason": "wedding", **more}
    return person.sends("/absences/", form)


def test_an_officer_writes_down_her_own_leave_and_everybody_sees_it(amy, chief):
    answer = asks(amy, amy, "06", "08")

    assert answer.status_code == 302
    assert "wedding" in chief.opens("/absences/list/").text


def test_leave_that_would_leave_nobody_is_refused_with_who_could_stand_in(county, amy, bo, shared):
    county.employs("cai", "Concierge")
    asks(bo, bo, "08", "12")

    page = asks(amy, amy, "06", "08")

    assert page.status_code == 409
    assert "Bo is away from 2026-05-08 to 2026-05-12" in page.text
    assert "there all the time: Cai" in page.text
    assert 'value="wedding"' in page.text  # what was typed is kept
    assert len(county.asked(select(Absence))) == 1


def test_illness_is_recorded_in_any_case_and_the_project_without_anybody_is_named(county, amy, bo, shared):
    asks(bo, bo, "08", "12")

    answer = asks(amy, amy, "08", "08", kind="unplanned")

    assert answer.status_code == 302
    assert "1 project has nobody on these days" in amy.opens("/absences/list/").text


def test_nobody_writes_down_a_colleagues_leave_but_the_chief(county, amy, bo, chief):
    assert asks(amy, bo, "06", "08").status_code == 422
    assert asks(chief, bo, "06", "08").status_code == 302


@pytest.mark.parametrize(
    ("first", "last", "says"), [("x", "08", "Give a day"), ("08", "06", "ends after it begins")]
)
def test_days_that_are_none_are_told_beside_the_form(amy, first, last, says):
    page = asks(amy, amy, first, last)

    assert page.status_code == 422
    assert says in page.text


def test_an_absence_taken_back_stays_in_the_record(county, amy):
    asks(amy, amy, "06", "08")
    (row,) = county.asked(select(Absence))

    amy.sends(f"/absences/{row.id}/withdraw")

    (row,) = county.asked(select(Absence))
    assert row.withdrawn_at is not None
    assert amy.sends(f"/absences/{row.id}/withdraw").status_code == 409
    assert "Nobody is away" in amy.opens("/absences/list/").text


def test_the_days_are_days(county, amy):
    asks(amy, amy, "06", "08")

    (row,) = county.asked(select(Absence))
    assert (row.first_on, row.last_on) == (date(2026, 5, 6), date(2026, 5, 8))
    assert county.asked(select(Pairing)) == []
