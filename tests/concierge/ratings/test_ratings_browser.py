"""Ratings in a browser: readable by all, on a phone and at a desk, without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import select

from concierge.ratings.models.rating import RatingRow
from concierge.ratings.rules.rating import Level
from tests.services.browsing import inspect_page, served, signed_in
from tests.services.chromium import clean_page

pytestmark = pytest.mark.browser

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1440, "height": 900}


@pytest.fixture
def address(county):
    """Where a real server answers for the county."""
    with served(county.app) as address:
        yield address


def test_an_enterprise_rates_on_a_phone_without_scripts(chromium: Browser, address: str, county, token):
    with clean_page(chromium, viewport=PHONE, java_script_enabled=False) as page:
        page.goto(f"{address}/p/{token}/rate?lang=en")
        assert token not in page.url
        page.get_by_text("Dissatisfied", exact=True).click()
        page.get_by_role("button", name="Send the rating").click()
        expect(page.locator("main")).to_contain_text("Choose at least one thing")
        page.get_by_text("Later than promised").click()
        page.get_by_role("button", name="Send the rating").click()
        expect(page.locator("main")).to_contain_text("Your rating is recorded")

    assert county.asked(select(RatingRow.level)) == [Level.DISSATISFIED]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_page_for_the_public_is_accessible(chromium: Browser, address: str, token, rates, lang):
    with clean_page(chromium, viewport=PHONE) as page:
        page.goto(f"{address}/p/{token}/rate?lang={lang}")
        inspect_page(page, "form")
        rates(Level.DISSATISFIED, words="跑了两趟")
        page.goto(f"{address}/p/{token}/rate?lang={lang}&size=l")
        inspect_page(page, "rated")
        page.goto(f"{address}/p/ratings?lang={lang}")
        inspect_page(page, "list")
        page.goto(f"{address}/p/qyg_r_nothing/rate?lang={lang}")
        inspect_page(page, "missing")


@pytest.mark.parametrize("viewport", [PHONE, DESK])
def test_every_page_of_the_staff_is_accessible(
    chromium: Browser, address: str, carol, amy, bo, rates, viewport
):
    rating_id = rates(Level.DISSATISFIED, words="跑了两趟", name="王强", phone="13800001111")
    with clean_page(chromium, viewport=viewport) as page:
        signed_in(page, carol, address)
        for path in (
            "/ratings/",
            f"/ratings/one/{rating_id}",
            "/ratings/unrated/",
            "/ratings/officers/",
            f"/ratings/officers/{amy.id}",
        ):
            page.goto(f"{address}{path}?lang=en")
            inspect_page(page, path)
