"""The record of a visit and the list a batch goes with, as documents."""

from datetime import date

import pytest

from concierge.kernel.actor import SYSTEM
from concierge.outreach.rules.visits import Heard, PlannedVisit
from concierge.outreach.services.collect_applications import collect_applications
from concierge.outreach.services.open_batch import open_batch
from concierge.outreach.services.plan_visit import NewVisit, plan_visit
from concierge.outreach.services.report_visit import report_visit
from concierge.outreach.services.send_batch import send_batch
from tests.concierge.outreach.conftest import a_number

TODAY = date(2026, 4, 15)
HEADS = ("姓名", "身份证号", "电话", "小区")


@pytest.fixture
def amy(county):
    return county.employs("amy", "Chief", sees=(None,))


@pytest.fixture
def visit_id(amy):
    plan = PlannedVisit(
        place="云岭路1号", to_whom="罗敏", purpose="了解用工情况", planned_on=TODAY, minutes=60
    )
    return plan_visit(NewVisit(plan=plan, visitor_id=amy.id), by=amy.actor)


def test_a_visit_is_recorded_with_what_was_heard_and_who_looks_after_it(told, amy, visit_id):
    assert told("visit-record", visit_id).missing == ["走访情况"]
    report_visit(
        visit_id, "走访车间，谈招工。", [Heard("缺焊工12人", amy.id, date(2026, 4, 20))], by=amy.actor
    )

    record = told("visit-record", visit_id)

    assert record.missing == []
    assert "走访车间，谈招工。" in record.text
    assert "缺焊工12人" in record.text
    assert "2026年4月20日" in record.text
    assert record.queries <= 4


def test_a_batch_goes_with_numbers_and_veiled_names_and_no_identity(told, village):
    batch_id = open_batch(village.grid_id, "居民医保参保登记", "医疗保障局", date(2026, 4, 30), by=SYSTEM)
    good, other = a_number("19660101"), a_number("19700202")
    lines = [
        HEADS,
        ("张三丰", good, "13800001234", "滨河小区"),
        ("李四", "43072519660101", "", "滨河小区"),
        ("王五", other, "", "滨河小区"),
    ]
    collect_applications(batch_id, lines, by=SYSTEM)
    assert told("batch-dispatch", batch_id).missing == ["已送部门的申请"]
    send_batch(batch_id, by=SYSTEM)

    listed = told("batch-dispatch", batch_id)

    assert "本批移交申请2件" in listed.text
    assert "另有1件正在补充" in listed.text
    assert listed.facts.addressee == "医疗保障局"
    for secret in (good, other, "13800001234", "张三丰"):
        assert secret not in str(listed.facts)
    assert listed.queries <= 5
