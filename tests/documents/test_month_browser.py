"""The county's month in a real browser: open to everybody in both languages, nothing wider than a phone."""

from __future__ import annotations

from datetime import date

import pytest

from concierge.kernel import clock
from tests.builders import a_project
from tests.concierge.supervision.cases import accepted, finished, looked
from tests.services import browsing

pytestmark = pytest.mark.browser


def test_the_month_is_open_to_everybody_at_any_width(county, page):
    judge = county.employs("fang", "Supervisor", sees=(None,))
    with clock.standing_at(date(2026, 3, 2)):
        project_id = a_project()
    finished(accepted(project_id, date(2026, 4, 1), 5), date(2026, 4, 8))
    accepted(project_id, date(2026, 4, 1), 5, code="site-planning-conditions")
    looked(date(2026, 4, 15))

    with browsing.served(county.app) as address:
        browsing.signed_in(page, judge, address)
        for width, language in ((1440, "zh"), (390, "en")):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(f"{address}/documents/statistics/?lang={language}")
            page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
            browsing.inspect_page(page, (width, language))
