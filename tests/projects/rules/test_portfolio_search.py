"""How long a plan of all projects is searched for."""

import pytest

from projects.rules.portfolio_search import usual_effort


@pytest.mark.parametrize(
    ("projects", "plans"), [(1, 10_000), (20, 10_000), (50, 4_000), (100, 2_000), (10_000, 2_000)]
)
def test_a_small_office_has_more_plans_tried_in_the_same_time(projects, plans):
    assert usual_effort(projects) == plans
