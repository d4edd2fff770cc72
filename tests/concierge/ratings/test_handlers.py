"""What may be rated besides a decision: a whole project, a service case; each handler runs twice as once."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from concierge.kernel.actor import SYSTEM
from concierge.kernel.work import work
from concierge.ratings.handlers import rate_after_case, rate_after_end
from concierge.ratings.models.rating import OccasionRow, RatedPersonRow
from concierge.ratings.rules.rating import Rated
from concierge.service.events import ServiceCaseClosed
from concierge.service.rules.case import Outcome
from projects.events import ProjectEnded
from projects.models.project import Project
from tests.concierge.ratings.conftest import TODAY
from tests.concierge.service.cases import a_case


def test_a_project_that_ended_may_be_rated_as_a_whole(county, step_id, amy, bo):
    (project,) = county.asked(select(Project))
    for _ in range(2):
        with work(SYSTEM) as w:
            rate_after_end(w, ProjectEnded(project_id=project.id, how="completed", on=TODAY))

    (row,) = county.asked(select(OccasionRow).where(OccasionRow.kind == Rated.PROJECT))
    people = county.asked(select(RatedPersonRow.person_id).where(RatedPersonRow.occasion_id == row.id))
    assert (row.title, row.department, row.closed_on) == (project.name, "", TODAY)
    assert set(people) == {amy.id, bo.id}


@pytest.mark.parametrize(
    ("outcome", "count"), [(Outcome.DONE, 1), (Outcome.REFUSED, 1), (Outcome.WITHDRAWN, 0)]
)
def test_a_closed_service_case_is_rated_as_one_unless_it_was_taken_back(county, amy, outcome, count):
    case_id = a_case(amy.actor)
    closed = ServiceCaseClosed(
        case_id=case_id,
        project_id=None,
        number="",
        outcome=outcome.value,
        customer="",
        office="",
        holder_id=amy.id,
        closed_on=TODAY,
    )
    for _ in range(2):
        with work(SYSTEM) as w:
            rate_after_case(w, closed)

    rows = county.asked(select(OccasionRow).where(OccasionRow.kind == Rated.SERVICE))
    assert len(rows) == count
    assert all(row.title for row in rows)
    assert county.asked(select(RatedPersonRow.person_id)) == [amy.id] * count
