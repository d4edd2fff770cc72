"""The ledger of deferred papers in a browser: nothing stands in anybody's way, on a desk or on a phone."""

from datetime import date

import pytest

from tests.builders import a_project
from tests.deferrals import CONTRACT, a_deferral, hand_in_main_papers, step_of
from tests.services import browsing

pytestmark = pytest.mark.browser


@pytest.fixture
def chief(county, page, address):
    """A chief's browser, and a building with a deferral."""
    boss = county.employs("boss", "Chief", sees=(None,))
    browsing.signed_in(page, boss, address)
    return page


@pytest.fixture
def building(county):
    project_id = a_project(template="private-building")
    hand_in_main_papers(project_id)
    a_deferral(project_id, due_on=date(2026, 4, 20))
    return project_id


def pages(project_id):
    number = step_of(project_id).number
    form = f"/commitments/new/?project={project_id}&step={number}&material={CONTRACT}"
    return [
        "/commitments/",
        "/commitments/1",
        form,
        "/commitments/promises/",
        f"/commitments/promises/new?project={project_id}&step={number}",
        "/commitments/credit/",
        f"/projects/{project_id}/steps/{number}",
    ]


@pytest.mark.parametrize("width", [1440, 390])
def test_the_pages_are_open_to_everybody_and_fit_their_screen(chief, address, building, width):
    chief.set_viewport_size({"width": width, "height": 900})
    for path in pages(building):
        chief.goto(f"{address}{path}{'&' if '?' in path else '?'}lang=zh")

        browsing.inspect_page(chief, path)
