"""Every screen of documents in a real browser: open to everybody in both languages, no wider than a phone."""

from __future__ import annotations

import pytest

from tests.services import browsing

pytestmark = pytest.mark.browser

PAGES = (
    "/documents/",
    "/documents/1",
    "/documents/templates/",
    "/documents/templates/acceptance-slip",
    "/documents/seals/",
    "/documents/seals/1",
    "/documents/archive/",
    "/documents/archive/1",
    "/documents/statistics/",
    "/documents/office/",
    "/documents/returned/",
)


def test_every_screen_of_documents_is_open_to_everybody_at_any_width(demonstration, page):
    chief = demonstration.employs("chief-of-it", "Chief", sees=(None,))

    with browsing.served(demonstration.app) as address:
        browsing.signed_in(page, chief, address)
        for width, language in ((1440, "zh"), (390, "en")):
            page.set_viewport_size({"width": width, "height": 900})
            for path in PAGES:
                answer = page.goto(f"{address}{path}?lang={language}")
                assert answer is not None
                assert answer.status == 200, path
                browsing.inspect_page(page, (path, width, language))
