"""The pages of outreach in a real browser: nothing in the way of anybody, nothing wider than a phone."""

from __future__ import annotations

from datetime import date

import pytest

from concierge.outreach.rules.visits import Heard, PlannedVisit
from concierge.outreach.services.collect_applications import collect_applications
from concierge.outreach.services.find_due import find_due
from concierge.outreach.services.open_batch import open_batch
from concierge.outreach.services.plan_visit import NewVisit, plan_visit
from concierge.outreach.services.report_visit import report_visit
from tests.concierge.outreach.conftest import a_number
from tests.services import browsing

pytestmark = pytest.mark.browser
TODAY = date(2026, 4, 15)


def test_every_page_is_open_to_everybody_at_any_width(county, village, page):
    chief = county.employs("chief", "Chief", sees=(None,))
    village.knows(("张一", "19660101"), ("王二", "19900101", "", "二级"))
    find_due()
    batch_id = open_batch(village.grid_id, "居民医保", "医保局", date(2026, 4, 30), by=chief.actor)
    lines = [("姓名", "身份证号"), ("张一", a_number("19660101")), ("王二", "12")]
    collect_applications(batch_id, lines, by=chief.actor)
    plan = PlannedVisit(place="云岭路1号", to_whom="罗敏", purpose="走访", planned_on=TODAY, minutes=60)
    visit_id, planned_id = (
        plan_visit(NewVisit(plan=plan, visitor_id=chief.id), by=chief.actor) for _ in "12"
    )
    report_visit(visit_id, "谈用电", [Heard("电压不稳", chief.id, TODAY)], by=chief.actor)
    paths = (
        "/outreach/",
        "/outreach/due/1",
        "/outreach/rules/1",
        "/outreach/rules/places",
        f"/outreach/people/{village.person('张＊').id}",
        "/outreach/people/import",
        "/outreach/people/log",
        "/outreach/batches/",
        f"/outreach/batches/{batch_id}",
        "/outreach/batches/lines/2",
        "/outreach/visits/",
        f"/outreach/visits/{visit_id}",
        f"/outreach/visits/{planned_id}",
        "/outreach/bookings/",
    )

    with browsing.served(county.app) as address:
        browsing.signed_in(page, chief, address)
        for width in (1440, 390):
            page.set_viewport_size({"width": width, "height": 900})
            for path in paths:
                page.goto(f"{address}{path}?lang=en")
                browsing.inspect_page(page, (path, width))
