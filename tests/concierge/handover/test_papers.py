"""The handover sheet and the notice to the enterprise, as documents."""

from datetime import date

import pytest
from sqlalchemy import select

from concierge.handover.models import HandoverItemRow, HandoverRow
from concierge.handover.rules.handover import HandoverKind
from concierge.handover.services.give_handover import Remark, give_handover
from concierge.kernel import jobs
from concierge.kernel.actor import SYSTEM
from concierge.kernel.errors import Missing
from concierge.kernel.work import work
from concierge.staff.rules.absence import Away
from concierge.staff.services.assign_pair import assign_pair
from concierge.staff.services.keep_profile import Profile, keep_profile
from concierge.staff.services.record_absence import record_absence

FIRST, LAST = date(2026, 5, 6), date(2026, 5, 8)


@pytest.fixture
def item(crew):
    """Amy's project, to be handed to Bo for three days in May."""
    away = Away(person_id=crew.amy.id, first_on=FIRST, last_on=LAST)
    record_absence(away, "training", by=SYSTEM)
    jobs.run_due()
    asked = (
        select(HandoverItemRow)
        .join(HandoverRow, HandoverRow.id == HandoverItemRow.handover_id)
        .where(HandoverRow.kind == HandoverKind.LEAVE)
    )
    return crew.county.asked(asked)[0]


def test_a_sheet_names_both_the_days_and_what_was_promised(crew, told, item):
    remarks = {crew.project_id: Remark(promises="答应周五前回话", papers="档案柜二层")}
    give_handover(item.handover_id, "请留意评审会", remarks, is_chief=False, by=crew.amy.actor)

    sheet = told("handover-sheet", item.id)

    assert "2026年5月6日至2026年5月8日" in sheet.text
    assert "计划内请假" in sheet.text
    assert "答应周五前回话" in sheet.text
    assert "档案柜二层" in sheet.text
    assert "请留意评审会" in sheet.text
    assert "已逾期" not in sheet.text
    assert sheet.facts.project_id == crew.project_id
    assert sheet.queries <= 6


def test_a_sheet_not_given_yet_is_made_from_what_stands_in_the_records(crew, told, item):
    sheet = told("handover-sheet", item.id)

    assert "待申报" in sheet.text  # the first steps of the plan
    assert sheet.queries <= 16  # nine for the records, however many projects and steps there are


def test_the_enterprise_is_told_who_acts_and_how_to_reach_them(crew, told, item):
    assert told("substitution-notice", item.id).missing == ["接手人员联系电话"]
    keep_profile(crew.bo.id, Profile(phone="0730-0000202", office="政务大厅2楼21号"), by=SYSTEM)

    notice = told("substitution-notice", item.id)

    assert notice.missing == []
    assert "联系电话：0730-0000202。办公地点：政务大厅2楼21号。" in notice.text
    assert "2026年5月6日至2026年5月8日由" in notice.text
    assert "期满后由" in notice.text
    assert f"{notice.facts.addressee}：" in notice.text


def test_a_change_of_b_concerns_no_enterprise(crew, told):
    with work(SYSTEM) as w:
        assign_pair(w, crew.project_id, crew.amy.id, crew.cai.id)
    jobs.run_due()
    asked = select(HandoverItemRow.id).where(HandoverItemRow.post == "B")

    with pytest.raises(Missing):
        told("substitution-notice", crew.county.asked(asked)[0])
