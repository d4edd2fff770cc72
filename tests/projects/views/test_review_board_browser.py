"""The review board in a browser: arrow keys walk the half-days, the answer follows, nothing is in the way."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from approvals.models.review import RoomRow
from approvals.models.step import Step, StepState
from approvals.queries import reviews
from approvals.rules.sittings import Answer, Half, departments_of
from approvals.services.record_availability import record_availability
from concierge.kernel.actor import SYSTEM
from concierge.kernel.work import reading, work
from projects.models.project import Project
from projects.services.make_plan import make_plan
from tests.builders import a_project
from tests.services import browsing

pytestmark = pytest.mark.browser
SCHEME = "design-scheme-review"


@pytest.fixture
def two_projects(county):
    """Two projects whose scheme waits for its review, everybody free, and one room."""
    county.keeps(RoomRow(name="政务3楼302", places=30))
    projects = [a_project(template="private-building") for _ in range(2)]
    with work(SYSTEM) as w:
        for step in w.session.scalars(select(Step).where(Step.code == SCHEME)):
            step.state, step.accepted_on = StepState.ACCEPTED, date(2026, 4, 13)
        for project_id in projects:
            w.get(Project, project_id).revision += 1
            make_plan(w, project_id, "StepMoved")
    with reading() as session:
        table = departments_of(reviews.review_groups(session)["JR_SCHEME"])
    days = [date(2026, 4, 16) + timedelta(days=n) for n in range(10)]
    for code in table:
        record_availability(code, {(day, half): Answer.CAN for day in days for half in Half}, by=SYSTEM)
    return projects


@pytest.fixture
def board(county, page, address, two_projects):
    """A chief's browser on the board."""
    boss = county.employs("boss", "Chief", sees=(None,))
    browsing.signed_in(page, boss, address)
    page.goto(f"{address}/reviews/?case={two_projects[0]}-{SCHEME}&lang=zh")
    return page


def test_arrow_keys_walk_the_half_days_and_the_answer_follows(board):
    expect(board.locator("#sentence")).to_contain_text("4月17日")
    board.focus("#slot-2026-04-17-morning")

    board.keyboard.press("ArrowRight")
    expect(board.locator("#slot-2026-04-17-afternoon")).to_be_focused()
    expect(board.locator("#sentence")).to_contain_text("下午")
    board.keyboard.press("ArrowRight")

    expect(board.locator("#sentence")).to_contain_text("4月20日")
    expect(board.locator("#slot-2026-04-20-morning")).to_be_checked()
    expect(board.locator("#slot-2026-04-20-morning")).to_be_focused()
    assert board.locator("#sentence").get_attribute("aria-live") == "polite"


def test_leaving_a_project_out_is_said_at_once_and_kept_when_announced(board, two_projects):
    other = board.locator(f"#with-{two_projects[1]}-{SCHEME}")
    expect(other).to_be_checked()

    other.uncheck()
    expect(board.locator("#share")).to_contain_text("并入另一项评审")
    board.click("button.bd-btn-p")

    expect(board.locator("h1")).to_contain_text("设计方案联合审查")
    expect(board.locator(".bd-agd time")).to_have_count(1)


@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_of_the_board_is_in_anybodys_way(board, address, width):
    board.set_viewport_size({"width": width, "height": 900})
    for path in ("/reviews/", "/reviews/announced"):
        board.goto(f"{address}{path}")

        browsing.inspect_page(board, path)
