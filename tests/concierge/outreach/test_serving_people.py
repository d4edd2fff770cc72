"""From the ledger to the signature: found, consented, begun, issued, delivered; a no is a no."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from concierge.kernel import clock, jobs
from concierge.kernel.actor import SYSTEM
from concierge.kernel.audit import AuditLine
from concierge.kernel.errors import Missing
from concierge.kernel.work import work
from concierge.outreach.models.entitlement import DueRow, EligibilityRuleRow
from concierge.outreach.models.people import AccessRow, HoldingRow, PersonRow
from concierge.outreach.models.place import TownshipRow
from concierge.outreach.queries.entitlements import Wanted, dues
from concierge.outreach.rules.serving import Deed, NobodyChosen, NobodyToServe
from concierge.outreach.rules.standing import DueState
from concierge.outreach.services.change_rule import Changed, RuleReasonNeeded, change_rule
from concierge.outreach.services.find_due import find_due
from concierge.outreach.services.open_person import PurposeNeeded, open_person
from concierge.outreach.services.serve_due import serve_due
from concierge.outreach.services.tell_wish import EvidenceNeeded, Told, Wish, tell_wish
from concierge.service.models.case import CaseItem, CaseStep, ServiceCase
from concierge.service.models.office import Office
from concierge.service.rules.case import CaseState, ItemState, Outcome, StepState, Tier
from concierge.service.services.finish_step import end_case

CARD, CERTIFICATE = "elderly-card", "disability-certificate"
TODAY = date(2026, 4, 15)


def rule_of(county, code):
    return county.asked(select(EligibilityRuleRow).where(EligibilityRuleRow.code == code))[0]


def states(county, code):
    return sorted(
        row.state.value
        for row in county.asked(
            select(DueRow).join(EligibilityRuleRow).where(EligibilityRuleRow.code == code)
        )
    )


def test_everybody_of_sixty_without_a_card_is_found_once(county, village):
    # sixty on 1 January 2026; fifty-nine; sixty but holds the card
    village.knows(
        ("张一", "19660101"),
        ("王二", "19670101"),
        ("李三", "19600101", "", "", "", "elderly-card:2020-01-01"),
    )

    first, second = find_due(), find_due()

    assert first.new == {CARD: 1}
    assert second.new == {}
    assert second.moved == {}


def test_who_turns_sixty_later_is_found_by_a_later_look(county, village):
    village.knows(("张一", "19660601"))  # sixty on 1 June 2026, more than 30 days off

    assert find_due().new == {}
    with clock.standing_at(date(2026, 5, 2)):  # 30 days before
        assert find_due().new == {CARD: 1}


def test_days_without_a_look_lose_nobody(county, village):
    village.knows(("张一", "19660601"))

    with clock.standing_at(date(2027, 6, 1)):
        assert find_due().new == {CARD: 1}


def test_a_bad_line_of_the_ledger_holds_nobody(county, village):
    taken = village.knows(("张一", "19660101"), ("", "19660102"), ("李三", "19669901"), ("赵四", "19660103"))

    assert (taken.new, taken.changed) == (2, 0)
    assert [(number, [str(one) for one in faults]) for number, faults in taken.faulty] == [
        (3, ["name:missing"]),
        (4, ["id_number:day"]),
    ]


def test_a_second_line_about_a_person_renews_what_is_known(county, village):
    village.knows(("张一", "19660101"))
    taken = village.knows(("张一", "19660101", "", "二级"))

    assert (taken.new, taken.changed) == (0, 1)
    assert village.person("张＊").disability_grade == 2


def test_the_rows_hold_no_name_number_or_telephone_in_the_open(county, village):
    village.knows(("张一丰", "19660101", "13800001234"))
    row = village.person("张＊＊")
    told = " ".join(str(getattr(row, column.name)) for column in PersonRow.__table__.columns)

    assert "张一丰" not in told
    assert "13800001234" not in told
    assert "19660101001" not in told


def test_every_open_column_of_a_person_decides_something_or_says_where():
    decides = {"born_on", "died_on", "is_registered", "disability_grade", "support", "id_card_ends_on"}
    says_where = {"township_id", "grid_id"}
    keeps = {"id", "id_hash", "called", "sealed", "told_on", "version"}

    assert {column.name for column in PersonRow.__table__.columns} == decides | says_where | keeps


def test_a_card_is_issued_by_one_key_and_never_found_again(county, village):
    village.knows(("张一", "19660101"), ("王二", "19600101"))
    find_due()
    rule = rule_of(county, CARD)

    assert serve_due(Deed.ISSUE, rule.id, by=SYSTEM) == 2
    assert (
        serve_due(Deed.DELIVER, rule.id, by=SYSTEM, told={"courier": "村代办 陈松", "signed_by": "本人"}) == 2
    )

    assert states(county, CARD) == ["delivered", "delivered"]
    assert len(county.asked(select(HoldingRow).where(HoldingRow.service == CARD))) == 2
    with clock.standing_at(TODAY + timedelta(days=400)):
        assert CARD not in find_due().new


def test_nothing_is_issued_before_the_day_it_is_due(county, village):
    village.knows(("张一", "19660501"))  # sixty on 1 May, found now
    find_due()

    with pytest.raises(NobodyToServe):
        serve_due(Deed.ISSUE, rule_of(county, CARD).id, by=SYSTEM)


def test_a_deed_for_nobody_is_refused_with_what_to_do(county, village):
    with pytest.raises(NobodyChosen) as told:
        serve_due(Deed.START, rule_of(county, CARD).id, by=SYSTEM, ticked=[])

    assert "Tick" in str(told.value)


def test_sensitive_data_waits_for_a_separate_consent(county, village):
    village.knows(("张一", "19900101", "", "二级"))
    find_due()
    person, rule = village.person("张＊"), rule_of(county, CERTIFICATE)
    assert states(county, CERTIFICATE) == ["ask"]
    with pytest.raises(NobodyToServe):
        serve_due(Deed.START, rule.id, by=SYSTEM)

    with pytest.raises(EvidenceNeeded):
        tell_wish(person.id, Told(wish=Wish.CONSENT, service=CERTIFICATE), by=SYSTEM)
    told = Told(wish=Wish.CONSENT, service=CERTIFICATE, speaker="本人", evidence="同意书第3号，云岭镇档案柜")
    tell_wish(person.id, told, by=SYSTEM)

    assert states(county, CERTIFICATE) == ["found"]
    assert serve_due(Deed.START, rule.id, by=SYSTEM) == 1


def test_a_consent_taken_back_stops_what_was_begun(county, village):
    village.knows(("张一", "19900101", "", "二级"))
    find_due()
    person = village.person("张＊")
    told = {"service": CERTIFICATE, "speaker": "本人", "evidence": "录音 0415-1"}
    tell_wish(person.id, Told(wish=Wish.CONSENT, **told), by=SYSTEM)
    tell_wish(person.id, Told(wish=Wish.WITHDRAW, **told), by=SYSTEM)

    assert states(county, CERTIFICATE) == ["ask"]


def test_whoever_says_no_is_left_alone_until_the_no_is_taken_back(county, village):
    village.knows(("张一", "19660101"), ("王二", "19660102"))
    person = village.person("张＊")
    tell_wish(person.id, Told(wish=Wish.REFUSE, service=""), by=SYSTEM)

    look = find_due()

    assert (look.new, look.said_no) == ({CARD: 1}, 1)
    tell_wish(person.id, Told(wish=Wish.ALLOW_AGAIN, service=""), by=SYSTEM)
    with clock.standing_at(TODAY + timedelta(days=1)):
        assert find_due().new == {CARD: 1}


def test_who_has_died_is_taken_off_the_list(county, village):
    village.knows(("张一", "19660101"))
    find_due()
    from concierge.outreach.services.take_in_ledger import take_in_ledger
    from tests.concierge.outreach.conftest import a_number

    heads = ("姓名", "身份证号", "乡镇", "死亡日期")
    take_in_ledger([heads, ("张一", a_number("19660101"), "云岭镇", "2026-04-10")], by=SYSTEM)

    assert find_due().moved == {DueState.LAPSED: 1}


def test_opening_sealed_data_needs_a_purpose_and_leaves_a_line(county, village):
    village.knows(("张一丰", "19660101", "13800001234"))
    person = village.person("张＊＊")

    with pytest.raises(PurposeNeeded):
        open_person(person.id, " ", by=SYSTEM)
    opened = open_person(person.id, "电话告知优待证办理", by=SYSTEM)

    assert (opened.name, opened.phone) == ("张一丰", "13800001234")
    assert [line.purpose for line in county.asked(select(AccessRow))] == ["电话告知优待证办理"]


def test_the_trace_never_holds_whose_data_it_was(county, village):
    village.knows(("张一丰", "19660101", "13800001234"))
    find_due()
    open_person(village.person("张＊＊").id, "电话告知", by=SYSTEM)
    trace = " ".join(line.facts for line in county.asked(select(AuditLine)))

    assert "SealedOpened" in " ".join(line.act for line in county.asked(select(AuditLine)))
    assert "张一丰" not in trace
    assert "13800001234" not in trace


def test_an_officer_sees_the_people_of_his_own_township_only(county, village):
    village.knows(("张一", "19660101"))
    find_due()
    mine = county.employs("mine", "Concierge").actor
    other = county.employs("other", "Concierge").actor
    with work(SYSTEM) as w:
        w.session.get(TownshipRow, village.township_id).agent_id = mine.id
    person_id = village.person("张＊").id
    wanted = Wanted(rule_id=rule_of(county, CARD).id)

    from sqlalchemy.orm import Session

    from concierge.kernel.db import db

    with Session(db.engine) as session:
        assert len(dues(session, wanted, mine)) == 1
        assert dues(session, wanted, other) == []
    with pytest.raises(Missing):
        open_person(person_id, "看看", by=other)
    with pytest.raises(NobodyToServe):
        serve_due(Deed.ISSUE, wanted.rule_id, by=other)


def test_a_changed_age_is_followed_by_the_next_look(county, village):
    village.knows(("张一", "19610101"))  # sixty-five
    rule = rule_of(county, CARD)
    told = {"ahead_days": 30, "renew_days": 0, "basis": "本县优待办法（2026年修订）", "is_on": True}
    with pytest.raises(RuleReasonNeeded):
        change_rule(rule.id, Changed(values={0: "70"}, reason=" ", **told), by=SYSTEM)

    change_rule(rule.id, Changed(values={0: "70"}, reason="县政府常务会议", **told), by=SYSTEM)
    assert find_due().new == {}
    change_rule(rule.id, Changed(values={0: "65"}, reason="更正", **told), by=SYSTEM)
    assert find_due().new == {CARD: 1}


def test_beginning_opens_one_case_for_each_at_the_window_of_the_township(county, village):
    village.knows(("张一", "19660101", "13800001234"), ("王二", "19660102"))
    find_due()
    with work(SYSTEM) as w:
        w.session.add(Office(code="001", name="云岭镇便民服务中心", tier=Tier.TOWNSHIP))
    rule = rule_of(county, CARD)
    serve_due(Deed.START, rule.id, by=SYSTEM)

    jobs.run_due()
    jobs.run_due()

    cases = county.asked(select(ServiceCase).order_by(ServiceCase.id))
    assert [(case.customer_name, case.office) for case in cases] == [("张一", "001"), ("王二", "001")]
    numbers = [row.case_number for row in county.asked(select(DueRow).order_by(DueRow.id))]
    assert len(set(numbers)) == 2
    assert all(numbers)


def test_a_case_ends_with_its_entitlement_issued_or_not_wanted(county, village):
    village.knows(("张一", "19660101"), ("王二", "19660102"), ("李三", "19660103"))
    find_due()
    rule = rule_of(county, CARD)
    serve_due(Deed.START, rule.id, by=SYSTEM)
    jobs.run_due()
    jobs.run_due()
    first, second, third = [row.id for row in county.asked(select(DueRow).order_by(DueRow.id))]

    serve_due(Deed.ISSUE, rule.id, by=SYSTEM, ticked={first})
    serve_due(Deed.DECLINE, rule.id, by=SYSTEM, ticked={second})
    jobs.run_due()
    jobs.run_due()

    cases = {row.origin: row for row in county.asked(select(ServiceCase))}
    issued, declined, left = (cases[f"outreach:due-{one}"] for one in (first, second, third))
    assert (issued.outcome, declined.outcome) == (Outcome.DONE, Outcome.WITHDRAWN)
    assert (issued.closed_on, left.state) == (TODAY, CaseState.OPEN)
    items = {row.case_id: row.state for row in county.asked(select(CaseItem))}
    assert items[issued.id] == ItemState.DONE
    assert items[declined.id] == ItemState.OPEN
    steps = county.asked(select(CaseStep).where(CaseStep.case_id == issued.id))
    assert {(step.state, step.reason) for step in steps} == {(StepState.SKIPPED, "已按应享人员名单办结发放")}


def test_a_case_somebody_closed_before_stays_as_it_is(county, village):
    village.knows(("张一", "19660101"))
    find_due()
    rule = rule_of(county, CARD)
    serve_due(Deed.START, rule.id, by=SYSTEM)
    jobs.run_due()
    case_id = county.asked(select(ServiceCase))[0].id
    end_case(case_id, Outcome.TERMINATED, "与另一办件重复登记", by=SYSTEM)

    serve_due(Deed.ISSUE, rule.id, by=SYSTEM)
    jobs.run_due()

    assert county.has(ServiceCase, case_id).outcome is Outcome.TERMINATED
