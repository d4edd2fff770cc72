"""The pages of supervision in a real browser: nothing in the way of anybody, nothing wider than a phone."""

from __future__ import annotations

from datetime import date

import pytest

from concierge.kernel import clock
from tests.builders import a_project
from tests.concierge.supervision.cases import accepted, cards, looked
from tests.concierge.supervision.test_complaints import order, taken
from tests.services import browsing

pytestmark = pytest.mark.browser


def test_every_page_is_open_to_everybody_at_any_width(county, page):
    officers = county.employs("hejia", "Concierge").id, county.employs("wenzhou", "Concierge").id
    judge = county.employs("fang", "Supervisor", sees=(None,))
    with clock.standing_at(date(2026, 3, 2)):
        step_id = accepted(a_project(pair=officers), date(2026, 4, 1), 5)
    looked(date(2026, 4, 15))
    card_id = cards(step_id)[0].id
    complaint_id = taken(order(step_id=step_id))
    paths = (
        "/supervision/",
        "/supervision/method",
        f"/supervision/cards/{card_id}",
        f"/supervision/orders/new/{card_id}",
        f"/supervision/steps/{step_id}/urge",
        f"/supervision/violations/{step_id}",
        "/supervision/complaints/",
        f"/supervision/complaints/new?step_id={step_id}",
        f"/supervision/complaints/{complaint_id}",
    )

    with browsing.served(county.app) as address:
        browsing.signed_in(page, judge, address)
        for width in (1440, 390):
            page.set_viewport_size({"width": width, "height": 900})
            for path in paths:
                page.goto(f"{address}{path}{'&' if '?' in path else '?'}lang=en")
                browsing.inspect_page(page, (path, width))
