"""The five papers and the one form as Word documents: what was said on their day, and to whom."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from concierge.kernel import clock, jobs
from concierge.kernel.errors import Missing
from concierge.service.models.file import CaseSlip
from concierge.service.rules.case import Slip
from concierge.service.services.fill_form import fill_form
from concierge.service.services.suspend_case import resume_case, suspend_case
from tests.concierge.service.cases import GOOD_ID, a_case, accepted, file, signed

TODAY = date(2026, 4, 15)


@pytest.fixture
def rui(county):
    """An officer who sees no project."""
    return county.employs("rui", "Concierge")


def slip_id(county, kind):
    return county.asked(select(CaseSlip.id).where(CaseSlip.kind == kind).order_by(CaseSlip.id.desc()))[0]


def test_an_acceptance_says_what_was_accepted_and_by_when_it_is_promised(county, told, rui):
    case_id = a_case(rui.actor, phone="0730-0000101")
    signed(case_id, rui.actor)
    accepted(case_id, rui.actor)

    paper = told("service-acceptance", slip_id(county, Slip.ACCEPTANCE))

    case = file(case_id).case
    due = f"{case.due_on.year}年{case.due_on.month}月{case.due_on.day}日前办结"
    assert (
        f"承诺在{case.period_workdays}个工作日内办结，自2026年4月15日的次一工作日起计算，{due}" in paper.text
    )
    assert f"{file(case_id).number}-201" in paper.text
    assert "老年人" in paper.text
    assert paper.facts.addressee == "周淑兰"
    assert paper.queries <= 4


def test_a_paper_says_what_it_said_on_its_day_whatever_came_after(county, told, rui):
    case_id = a_case(rui.actor)
    accepted(case_id, rui.actor)
    before = told("service-acceptance", slip_id(county, Slip.ACCEPTANCE)).text

    with clock.standing_at(TODAY + timedelta(days=1)):
        suspend_case(case_id, "等待社区核实居住状况", "申请人书面申请", date(2026, 4, 20), by=rui.actor)

    assert told("service-acceptance", slip_id(county, Slip.ACCEPTANCE)).text == before


def test_a_suspension_and_its_resumption_name_reason_basis_and_the_new_promise(county, told, rui):
    case_id = a_case(rui.actor)
    accepted(case_id, rui.actor)
    suspend_case(case_id, "等待社区核实居住状况", "申请人书面申请", date(2026, 4, 20), by=rui.actor)

    stopped = told("service-suspension", slip_id(county, Slip.SUSPENSION)).text
    assert "因下列原因自2026年4月15日起中止办理" in stopped
    assert "等待社区核实居住状况" in stopped
    assert "中止依据：申请人书面申请。" in stopped
    assert "最迟至2026年4月20日" in stopped

    with clock.standing_at(date(2026, 4, 17)):
        resume_case(case_id, "社区已核实", by=rui.actor)
    due_on = file(case_id).case.due_on
    on = told("service-resumption", slip_id(county, Slip.RESUMPTION), date(2026, 4, 17)).text
    assert "自2026年4月15日起中止办理" in on
    assert "自2026年4月17日起恢复办理" in on
    assert f"承诺办结日期为{due_on.year}年{due_on.month}月{due_on.day}日" in on


def test_an_entrustment_promises_no_approval_and_names_the_signer(county, told, rui):
    case_id = a_case(rui.actor)
    signed(case_id, rui.actor)

    letter = told("service-entrustment", slip_id(county, Slip.ENTRUSTMENT))

    assert "不代替委托人作出承诺，不指定中介机构，不承诺审批结果" in letter.text
    assert "周淑兰" in letter.text
    assert "《中华人民共和国民法典》第一百六十五条" in letter.text


def test_a_number_of_another_paper_is_not_there(county, told, rui):
    case_id = a_case(rui.actor)
    accepted(case_id, rui.actor)

    with pytest.raises(Missing):
        told("service-closing", slip_id(county, Slip.ACCEPTANCE))


def test_the_one_form_asks_each_field_once_and_keeps_what_is_sensitive_sealed(county, told, rui):
    case_id = a_case(rui.actor, services=("death-natural", "household-cancel"))
    empty = told("service-one-form", case_id)
    assert empty.missing  # each named, with the case's page to enter it on
    assert {one.page for one in empty.facts.missing} == {f"/services/cases/{case_id}"}

    fields = file(case_id).fields
    fill_form(case_id, {one.code: GOOD_ID for one in fields if one.kind == "id_number"}, by=rui.actor)
    form = told("service-one-form", case_id)

    asked = sum(len(one.asked_by.split()) for one in fields)
    assert f"各事项合计{asked}项，合并后{len(fields)}项" in form.text
    assert asked > len(fields)
    assert GOOD_ID not in form.text
    assert "（已采集，密封保存）" in form.text
    assert form.queries <= 6


def test_whoever_holds_the_case_has_its_papers_made_and_nobody_else(county, rui):
    case_id = a_case(rui.actor)
    signed(case_id, rui.actor)
    form = {"code": "service-entrustment", "about_id": slip_id(county, Slip.ENTRUSTMENT)}

    page = rui.opens(f"/services/cases/{case_id}?lang=en").text
    assert "Make the document" in page
    made = rui.sends("/documents/make", form).location
    jobs.run_due()
    assert rui.opens(f"{made}/docx").status_code == 200
    assert "〔2026〕1号" in rui.opens("/documents/").text

    other = county.employs("mo", "Concierge")
    assert other.sends("/documents/make", form).status_code == 404
    assert other.opens(made).status_code == 404
    assert "〔2026〕1号" not in other.opens("/documents/").text
