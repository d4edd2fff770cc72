"""Who hears of what: the holder of a problem, whoever serves a booking, the window whose people are due."""

from datetime import date, time

from sqlalchemy import select

from concierge.desk.models.notices import NoticeRow
from concierge.kernel import jobs
from concierge.kernel.actor import SYSTEM
from concierge.kernel.work import work
from concierge.outreach.models.place import TownshipRow
from concierge.outreach.rules.off_hours import Turn
from concierge.outreach.rules.visits import Heard, PlannedVisit
from concierge.outreach.services.book_service import NewBooking, book_service
from concierge.outreach.services.find_due import find_due
from concierge.outreach.services.plan_duty import plan_duty
from concierge.outreach.services.plan_visit import NewVisit, plan_visit
from concierge.outreach.services.report_visit import report_visit

TODAY, SATURDAY = date(2026, 4, 15), date(2026, 4, 18)


def told(county, somebody):
    asked = select(NoticeRow.text).where(NoticeRow.person_id == somebody.id).order_by(NoticeRow.id)
    return county.asked(asked)


def test_each_hears_of_what_is_his_to_do(county, village):
    amy, bo = county.employs("amy", "Chief", sees=(None,)), county.employs("bo", "Concierge")
    with work(SYSTEM) as w:
        w.session.get(TownshipRow, village.township_id).agent_id = bo.id
    plan = PlannedVisit(place="云岭路1号", to_whom="罗敏", purpose="走访", planned_on=TODAY, minutes=60)
    visit_id = plan_visit(NewVisit(plan=plan, visitor_id=amy.id), by=amy.actor)

    report_visit(visit_id, "谈用电", [Heard("电压不稳", bo.id, SATURDAY)], by=amy.actor)
    plan_duty(Turn(SATURDAY, time(9), time(12), 0, bo.id), by=amy.actor)
    booked = NewBooking(
        on=SATURDAY, begins=time(9), minutes=30, what="登记", name="张三", phone="13800001234"
    )
    book_service(booked, by=amy.actor)
    village.knows(("张一", "19660101"))
    find_due()
    jobs.run_due()

    assert told(county, bo) == ["problem_found", "duty_planned", "service_booked", "due_found"]
    assert told(county, amy) == []


def test_a_notice_names_nobody_of_the_ledger(county, village):
    bo = county.employs("bo", "Concierge")
    with work(SYSTEM) as w:
        w.session.get(TownshipRow, village.township_id).agent_id = bo.id
    village.knows(("张一丰", "19660101", "13800001234"))
    find_due()
    jobs.run_due()
    facts = " ".join(county.asked(select(NoticeRow.facts)))

    assert "云岭镇" in facts
    assert "张一丰" not in facts
