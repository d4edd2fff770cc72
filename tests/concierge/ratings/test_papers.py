"""The rectification notice and the call-back record: what a department learns, and who spoke stays here."""

from datetime import date

import pytest
from sqlalchemy import select

from concierge.kernel.errors import Missing
from concierge.ratings.models.redress import RedressRow
from concierge.ratings.rules.rating import Level, Reason
from concierge.ratings.rules.redress import Finding
from concierge.ratings.services.follow_negative import Contact, contact_rater, put_right


@pytest.fixture
def rating_id(rates):
    """A named negative rating of 15 April."""
    return rates(
        Level.DISSATISFIED, words="来回跑了两趟", name="王强", phone="13800001111", reasons=(Reason.LATE,)
    )


@pytest.fixture
def redress_id(county, rating_id):
    return county.asked(select(RedressRow.id).where(RedressRow.rating_id == rating_id))[0]


def test_a_notice_waits_until_somebody_has_spoken_with_the_giver(told, rating_id):
    notice = told("rating-rectification", rating_id)

    assert notice.missing == ["联系核实情况和整改期限"]
    assert notice.facts.missing[0].page == f"/ratings/one/{rating_id}"


def test_a_department_learns_what_to_put_right_and_never_who_said_so(told, fang, rating_id, redress_id):
    contact = Contact(note="已电话联系并核实", finding=Finding.COMPLEX, rectify_due_on=date(2026, 4, 20))
    contact_rater(redress_id, contact, by=fang.actor)

    notice = told("rating-rectification", rating_id)

    assert notice.missing == []
    assert "来回跑了两趟" in notice.text
    assert "超过承诺时限" in notice.text
    assert "2026年4月20日前" in notice.text
    assert "已电话联系并核实（情况复杂，限期整改）" in notice.text
    assert "王强" not in str(notice.facts)
    assert "13800001111" not in str(notice.facts)
    assert set(notice.controls) == {"fault", "measure", "answer", "rectified_by", "rectified_on"}
    assert notice.queries <= 6


def test_the_record_inside_says_who_was_called_and_what_was_put_right(told, fang, rating_id, redress_id):
    contact_rater(redress_id, Contact(note="已电话联系并核实", finding=Finding.CLEAR), by=fang.actor)
    put_right(redress_id, "窗口未一次告知", "已补充指南并培训", "已改进，向您致歉。", by=fang.actor)

    record = told("rating-call-back", rating_id).text

    assert "王强 13800001111" in record
    assert "应于2026年4月16日前" in record  # one working day after 15 April
    assert "已联系上" in record
    assert "窗口未一次告知" in record
    assert "已改进，向您致歉。" in record


def test_an_anonymous_giver_has_no_name_and_leads_to_no_project(told, rates):
    record = told("rating-call-back", rates(Level.VERY_DISSATISFIED))

    assert "匿名" in record.text
    assert record.facts.project_id is None


def test_a_good_rating_needs_no_notice(told, rates):
    with pytest.raises(Missing):
        told("rating-rectification", rates(Level.SATISFIED, reasons=(Reason.KEPT_PROMISE,)))
