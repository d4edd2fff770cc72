"""The pages of service in a real browser: nothing in the way of anybody, nothing wider than a phone."""

from __future__ import annotations

from datetime import date

import pytest

from concierge.kernel import clock
from concierge.kernel.actor import SYSTEM
from concierge.service.rules.case import DeliveryWay, Mode, Tier
from concierge.service.services.publish_listing import publish_listing
from concierge.service.services.send_result import NewDelivery, send_result
from concierge.service.services.set_up_office import NewOffice, seat_clerk, set_up_office
from concierge.service.services.suspend_case import suspend_case
from tests.concierge.service.cases import a_case, accepted, signed
from tests.services import browsing

pytestmark = pytest.mark.browser
DAY = date(2026, 4, 15)


def test_every_page_is_open_to_everybody_at_any_width(county, page):
    chief = county.employs("jiangyi", "Chief", sees=(None,))
    me = chief.actor
    set_up_office(NewOffice(code="yunling", name="云岭镇便民服务中心", tier=Tier.TOWNSHIP), by=SYSTEM)
    seat_clerk("yunling", chief.id, by=SYSTEM)
    publish_listing("yunling", "elderly-card", is_decided_here=True, by=me)
    with clock.standing_at(DAY):
        fresh = a_case(me, bundles=("after-death",), services=(), mode=Mode.RELAY, place_in_charge="深圳市")
        running = a_case(me)
        signed(running, me)
        accepted(running, me)
        sent = NewDelivery(what="证", way=DeliveryWay.AGENT, to_whom="周淑兰", to_where="石桥村3组")
        send_result(running, sent, by=me)
        stopped = a_case(me)
        suspend_case(stopped, "等待医院出具补充材料", "申请人书面申请", date(2026, 4, 20), by=me)
    paths = (
        "/services/",
        "/services/?show=closed",
        "/services/new/",
        "/services/new/form?bundles=enterprise-start",
        "/services/catalogue/",
        "/services/offices/",
        "/services/offices/yunling",
        *(f"/services/cases/{case_id}" for case_id in (fresh, running, stopped)),
    )

    with browsing.served(county.app) as address:
        browsing.signed_in(page, chief, address)
        for width in (1440, 390):
            page.set_viewport_size({"width": width, "height": 900})
            for path in paths:
                page.goto(f"{address}{path}{'&' if '?' in path else '?'}lang=en")
                browsing.inspect_page(page, (path, width))
