"""Who is told of what cannot be done, and in which words."""

from __future__ import annotations

from sqlalchemy import select

from concierge.desk.models.notices import NoticeRow
from concierge.escalation.rules.assigning import Opinion
from concierge.escalation.rules.report import ReportLevel
from concierge.escalation.services.bring_together import give_opinion
from concierge.escalation.services.handle_report import Owner, handle_report
from concierge.escalation.services.raise_report import raise_report
from concierge.kernel import jobs
from tests.concierge.escalation.moments import april
from tests.concierge.escalation.reports import WINDOW, a_report


def told(county, person):
    """What a person was told, in order."""
    jobs.run_due()
    return county.asked(select(NoticeRow.text).where(NoticeRow.person_id == person.id).order_by(NoticeRow.id))


def test_the_window_hears_at_once_and_chief_and_supervisors_when_it_goes_to_the_county(county):
    window = county.employs("jiangxue", "EscalationOfficer")
    chief = county.employs("jiangyi", "Chief")
    supervisor = county.employs("fang", "Supervisor")
    first = a_report()
    assert told(county, window) == ["report_came"]
    assert told(county, chief) == []

    give_opinion(first, Opinion(department="EEB", words="不同意"), by=WINDOW)
    raise_report(first, ReportLevel.LEADER, "两部门意见不一", at=april(14, "10:00"), by=WINDOW)

    assert told(county, chief) == told(county, supervisor) == ["report_leader"]
    page = chief.opens("/notices/list/?lang=en").text
    assert "taken to the county leader in charge" in page
    assert f"/escalations/reports/{first}" in page


def test_whoever_is_to_see_it_through_is_told_by_when(county):
    officer = county.employs("liruo", "Concierge")
    first = a_report()

    handle_report(first, owner=Owner(user_id=officer.id), by=WINDOW)

    assert told(county, officer) == ["report_yours"]
