"""The window's pages in a real browser: nothing in the way of anybody, nothing wider than a phone."""

from __future__ import annotations

import pytest

from concierge.escalation.rules.assigning import Opinion
from concierge.escalation.rules.report import ReportKind, VoiceTopic
from concierge.escalation.services.bring_together import give_opinion, hold_meeting, issue_assignment
from concierge.escalation.services.close_report import close_report
from concierge.escalation.services.hear_voice import Voice, hear_voice
from concierge.escalation.services.record_bottleneck import Bottleneck, record_bottleneck
from concierge.escalation.services.report_negative import Negative, report_negative
from concierge.kernel import clock
from concierge.staff.rules.contacts import ContactPost
from tests.concierge.escalation.moments import april
from tests.concierge.escalation.reports import WINDOW, a_report, named, solved
from tests.services import browsing

pytestmark = pytest.mark.browser


def a_busy_window() -> tuple[int, int, int]:
    """A report in hand, a closed one, an order, and a line on every other page."""
    named(ContactPost.REPRESENTATIVE, "周敏之", "NRP")
    today = clock.today()
    first, closed = a_report(), a_report(april(14, "10:00"), kind=ReportKind.BLOCKED)
    give_opinion(first, Opinion(department="EEB", words="退让20米以上", basis="规划环评第4条"), by=WINDOW)
    hold_meeting(first, april(16, "10:00"), "政务中心4楼", "红线东移30米", by=WINDOW)
    order = issue_assignment(first, "县自然资源局", "会同有关部门协调", april(17, "12:00").date(), by=WINDOW)
    close_report(closed, solved("flow_bad"), by=WINDOW)
    hear_voice(Voice(topic=VoiceTopic.PROBLEM, text="园区班车末班太早", heard_on=today), by=WINDOW)
    record_bottleneck(
        Bottleneck(
            matter="施工图审查",
            department="HCB",
            waited_workdays=6,
            cause_code="capacity",
            what="结构专业只有一人",
        ),
        by=WINDOW,
    )
    no = Negative(
        department="CUB",
        matter="招牌备案",
        reason="要求物业证明",
        basis="市容管理条例第9条",
        said_by="康宁",
        said_on=today,
    )
    report_negative(no, by=WINDOW)
    return first, closed, order


def test_every_page_is_open_to_everybody_at_any_width(county, page):
    chief = county.employs("jiangyi", "Chief", sees=(None,))
    first, closed, order = a_busy_window()
    paths = (
        "",
        "new",
        f"reports/{first}",
        f"reports/{closed}",
        f"reports/{first}/close",
        f"assignments/new/{first}",
        f"assignments/{order}",
        "negatives/",
        "fixes/",
        "bottlenecks/",
        "voices/",
        "window/",
        "statistics/",
    )

    with browsing.served(county.app) as address:
        browsing.signed_in(page, chief, address)
        for width in (1440, 390):
            page.set_viewport_size({"width": width, "height": 900})
            for path in paths:
                page.goto(f"{address}/escalations/{path}?lang=en")
                browsing.inspect_page(page, (path, width))
