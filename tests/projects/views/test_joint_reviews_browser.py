"""The screens of joint reviews in a browser: nothing is in anybody's way, on paper widths and on a phone."""

import pytest
from playwright.sync_api import expect

from approvals.rules.opinions import Opinion, Stance
from approvals.services.convene_review import NewReview, convene_review
from approvals.services.give_opinion import give_opinion
from concierge.kernel.actor import SYSTEM
from tests.services import browsing

pytestmark = pytest.mark.browser


@pytest.fixture
def review_id(project_id):
    """A review with every kind of opinion in it, and two conditions that cannot both hold."""
    new = NewReview(project_id=project_id, review_group="JR_PERMIT", steps=("construction-permit",))
    number = convene_review(new, by=SYSTEM)
    for department, opinion in {
        "HCB": Opinion(stance=Stance.CONDITIONS, conditions=("围挡高度 ≥ 2.5 m", "主出入口设在开源路一侧")),
        "QSS": Opinion(stance=Stance.CONDITIONS, conditions=("围挡高度 ≤ 2 m",)),
        "HRB": Opinion(stance=Stance.NOT_OURS, text="属住建部门职责"),
    }.items():
        give_opinion(number, department, opinion, by=SYSTEM)
    return number


@pytest.fixture
def browser_of_amy(amy, page, address):
    browsing.signed_in(page, amy, address)
    return page


@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_is_in_anybodys_way(browser_of_amy, address, project_id, review_id, width):
    browser_of_amy.set_viewport_size({"width": width, "height": 900})
    case = f"/reviews/cases/{review_id}"
    new = f"/reviews/cases/new?project={project_id}&group=JR_ACCEPT"
    for path in ("/reviews/cases/", case, f"{case}/opinions/CUB", f"{case}/minutes", new):
        browser_of_amy.goto(f"{address}{path}")

        browsing.inspect_page(browser_of_amy, path)


def test_an_opinion_is_written_down_by_hand(browser_of_amy, address, review_id):
    browser_of_amy.goto(f"{address}/reviews/cases/{review_id}/opinions/CUB?lang=en")

    browser_of_amy.check("#stance-conditions")
    browser_of_amy.fill("#conditions", "夜间不得运输")
    browser_of_amy.click("button.bd-btn-p[type=submit]")

    expect(browser_of_amy.locator("main")).to_contain_text("夜间不得运输")
    expect(browser_of_amy.locator("#contradictions")).to_contain_text("found by the figures")
