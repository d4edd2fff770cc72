"""日历订阅 in a real browser: nothing in the way of anybody, nothing wider than a phone."""

import re

import pytest
from playwright.sync_api import expect

from tests.services import browsing

pytestmark = pytest.mark.browser


def test_the_pages_of_feeds_are_open_to_everybody_at_any_width(subscribed, ours, page):
    amy = subscribed.lets_in(ours.a.id, "feeda")
    ours.get(ours.feed())

    with browsing.served(subscribed.app) as address:
        browsing.signed_in(page, amy, address)
        for width in (1440, 390):
            page.set_viewport_size({"width": width, "height": 900})
            for path in ("/calendar/", "/calendar/working", "made"):
                if path == "made":
                    page.goto(f"{address}/calendar/?lang=en")
                    page.get_by_role("button", name="Make the address").click()
                    expect(page.get_by_label("Address", exact=True)).to_have_value(re.compile(r"\.ics$"))
                else:
                    page.goto(f"{address}{path}?lang=en")
                browsing.inspect_page(page, (path, width))
