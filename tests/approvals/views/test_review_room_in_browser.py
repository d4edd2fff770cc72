"""The review room in a real browser: readable by everybody, on a phone too, and usable without scripts."""

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import select

from approvals.models.review import AvailabilityRow
from approvals.queries import reviews
from approvals.rules.sittings import Answer
from approvals.services.load_review_room import load_review_room
from concierge.kernel.actor import SYSTEM
from concierge.kernel.work import reading
from tests.services.browsing import inspect_page, signed_in
from tests.services.chromium import clean_page

pytestmark = pytest.mark.browser

SCREENS = (
    "/benches/list/",
    "/benches/HCB/days",
    "/rooms/list/",
    "/rooms/add",
    "/sitting-rules/list/",
    "/sitting-rules/JR_SCHEME/edit",
    "/answers/list/",
    "/answers/NRP",
)


@pytest.fixture
def chief(catalogue_office):
    """Whoever keeps the benches, with the demonstration's benches, rooms and answers in the system."""
    load_review_room(by=SYSTEM)
    return catalogue_office.employs("chief", "Chief")


@pytest.mark.parametrize("width", [1440, 390])
def test_every_screen_is_accessible_and_fits(chromium: Browser, chief, address, width):
    with clean_page(chromium, viewport={"width": width, "height": 900}) as page:
        signed_in(page, chief, address)
        for screen in SCREENS:
            page.goto(address + screen)
            inspect_page(page, screen)


def test_numbers_and_answers_are_recorded_without_scripts(
    chromium: Browser, chief, catalogue_office, address
):
    with clean_page(chromium, java_script_enabled=False) as page:
        signed_in(page, chief, address)

        page.goto(f"{address}/benches/list/")
        page.get_by_label("Reviewers of Landscaping").fill("2")
        page.get_by_role("button", name="Save the numbers").click()
        expect(page.get_by_text("1 department has another number now.")).to_be_visible()
        page.goto(f"{address}/answers/list/")
        page.get_by_role("link", name="Landscaping").click()
        page.get_by_label("16 Apr Morning: Cannot come").check()
        page.get_by_role("button", name="Record the answers").click()
        expect(page.get_by_text("1 half-day has another answer now.")).to_be_visible()

    with reading() as session:
        assert reviews.benches(session)["LGB"].reviewers == 2
    said = select(AvailabilityRow.answer).where(AvailabilityRow.department == "LGB")
    assert Answer.CANNOT in catalogue_office.asked(said)
