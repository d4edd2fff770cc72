"""The ledger of deferred papers, one deferral, and the form of a new one."""

import io
from datetime import date

import pytest
from openpyxl import load_workbook
from sqlalchemy import insert, select

from approvals.models.deferral import CreditRow, DeferralRow
from approvals.rules.deferral_course import DeferralState
from approvals.services.supply_deferral import supply_deferral
from concierge.kernel import clock, jobs
from concierge.kernel.actor import SYSTEM
from concierge.kernel.work import work
from projects.models.deferral_worth import DeferralWorthRow
from tests.builders import a_project
from tests.deferrals import (
    CONTRACT,
    a_deferral,
    hand_in_main_papers,
    step_of,
    the_day_is,
    the_deferral,
)

MOST_QUERIES = 16
LEDGER = "/commitments/?lang=en"


def april(day):
    return date(2026, 4, day)


@pytest.fixture
def building(county, amy):
    """A private building in Amy's charge, the main documents of its drawing review handed in."""
    bo = county.employs("bo", "Concierge")
    project_id = a_project(template="private-building", pair=(amy.id, bo.id))
    hand_in_main_papers(project_id)
    return project_id


@pytest.fixture
def chief(county):
    return county.employs("chief", "Chief", sees=(None,))


def typed(project_id, **told):
    step = step_of(project_id)
    return {
        "project": str(project_id),
        "step": step.number,
        "material": CONTRACT,
        "due_on": "2026-04-22",
        "form": "盖章原件",
        "signed_by": "王经理",
        "signed_on": "2026-04-15",
        "version": str(step.version),
        **told,
    }


# --- the form --------------------------------------------------------------------------------------


def test_the_form_says_by_when_by_whose_leave_and_what_it_gains_before_anybody_promises(amy, building):
    number = step_of(building).number

    said = amy.opens(f"/commitments/new/?project={building}&step={number}&material={CONTRACT}&lang=en").text

    # promised 10 working days, less 2 is 8; the paper's own cap is 5: 16, 17, 20, 21, 22 April
    assert "22 Apr" in said
    assert "5 working days at most" in said
    assert "To be granted by the window." in said
    assert "Latest safe hand-in" in said


def test_a_promise_signed_and_granted_at_once_stands_in_the_ledger(amy, building):
    answer = amy.sends("/commitments/new/", typed(building, granted_by="李科长", level="window"))

    assert (answer.status_code, answer.headers["Location"]) == (303, "/commitments/1")
    jobs.run_due()
    said = amy.opens(LEDGER).text
    assert "RQ-2026-001" in said
    assert "5 days left" in said
    assert "Construction permit" in said
    assert the_deferral(1).state is DeferralState.GRANTED


def test_a_day_beyond_the_cap_is_refused_beside_its_field_and_nothing_typed_is_lost(amy, building):
    answer = amy.sends("/commitments/new/?lang=en", typed(building, due_on="2026-04-23", agent="赵代理"))

    assert answer.status_code == 422
    assert "2026-04-23 is too late" in answer.text
    assert 'id="due_on-error"' in answer.text
    assert 'value="2026-04-23"' in answer.text
    assert 'value="赵代理"' in answer.text


def test_a_main_document_is_refused_in_words_before_the_form_is_sent(amy, building):
    number = step_of(building).number

    said = amy.opens(
        f"/commitments/new/?project={building}&step={number}&material=scheme-approval&lang=en"
    ).text

    assert "here already" in said
    said = amy.opens(
        f"/commitments/new/?project={building}&step={step_of(building, 'construction-permit').number}"
        "&material=land-title&lang=en"
    ).text
    assert "is a main document" in said
    assert "Register it" not in said


def test_another_county_s_project_is_not_there(county, building):
    carl = county.employs("carl", "Concierge")

    assert carl.opens(f"/commitments/new/?project={building}").status_code == 404
    deferral_id = a_deferral(building)
    assert carl.opens(f"/commitments/{deferral_id}").status_code == 404
    assert carl.sends(f"/commitments/{deferral_id}/supply", {"on": "2026-04-15"}).status_code == 404


# --- one deferral ----------------------------------------------------------------------------------


def test_a_paper_is_taken_in_and_closed_in_three_clicks(amy, building):
    deferral_id = a_deferral(building)

    page = amy.opens("/commitments/")  # one: the ledger's button leads to the form
    assert f'href="/commitments/{deferral_id}#act"' in page.text
    version = str(the_deferral(deferral_id).version)
    amy.sends(f"/commitments/{deferral_id}/supply", {"on": "2026-04-15", "version": version})  # two
    version = str(the_deferral(deferral_id).version)
    amy.sends(f"/commitments/{deferral_id}/verify", {"verified_by": "曾磊", "version": version})  # three

    row = the_deferral(deferral_id)
    assert (row.state, row.verified_by) == (DeferralState.CLOSED, "曾磊")
    assert "RQ-2026-001" not in amy.opens("/commitments/").text.split("<tbody>")[-1]
    assert "RQ-2026-001" in amy.opens("/commitments/?whose=closed").text


def test_the_second_of_two_officers_is_told_that_something_changed(amy, building):
    deferral_id = a_deferral(building)
    version = str(the_deferral(deferral_id).version)
    supply_deferral(deferral_id, clock.today(), by=SYSTEM)

    answer = amy.sends(f"/commitments/{deferral_id}/supply?lang=en", {"on": "2026-04-15", "version": version})

    assert answer.status_code == 409
    assert "Somebody has recorded something here" in answer.text


def test_a_second_extension_and_one_without_proof_are_refused(amy, building):
    deferral_id = a_deferral(building)

    def extends(**told):
        version = str(the_deferral(deferral_id).version)
        facts = {"workdays": "3", "ground": "force_majeure", "proof": "停电通知", "version": version}
        return amy.sends(f"/commitments/{deferral_id}/extend?lang=en", {**facts, **told})

    assert "Say what proves the ground" in extends(proof="").text
    assert extends().status_code == 303
    # due 22, three working days more: 23, 24, 27 April
    assert the_deferral(deferral_id).due_on == april(27)
    assert extends().status_code == 409


def test_an_officer_does_not_grant_as_the_coordinator(amy, building):
    deferral_id = a_deferral(building, grantor=None)
    facts = {"granted_by": "主任", "level": "coordinator", "version": str(the_deferral(deferral_id).version)}

    answer = amy.sends(f"/commitments/{deferral_id}/grant?lang=en", facts)

    assert answer.status_code == 409
    assert "Only the chief" in answer.text


def test_the_chief_disposes_of_a_default_and_its_record_is_objected_to_and_repaired(amy, chief, building):
    deferral_id = a_deferral(building)
    for day in (22, 23, 24):
        the_day_is(april(day))
    assert the_deferral(deferral_id).state is DeferralState.DEFAULTED
    version = str(the_deferral(deferral_id).version)
    told = {"consequence": "withdrawn", "basis": "安阳条例第24条", "reason": "逾期未补", "version": version}
    assert amy.sends(f"/commitments/{deferral_id}/dispose", told).status_code == 403
    # the case was never received, so that there is none to close: the chief is told so
    refused = chief.sends(f"/commitments/{deferral_id}/dispose?lang=en", told)
    assert refused.status_code in (409, 422)
    assert "逾期未补" in refused.text


def test_a_record_is_objected_to_answered_and_repaired(county, amy, chief, building):
    facts = {
        "project_id": building,
        "uscc": "91439921MA7000001X",
        "number": "RQ-2026-099",
        "promised": "设计合同",
        "due_on": april(10),
        "was_supplied": False,
        "recorded_on": april(14),
        "published_until": date(2031, 4, 14),
    }
    (credit_id,) = county.keeps(CreditRow(**facts))
    at = f"/commitments/credit/{credit_id}"

    def sends(person, deed, **told):
        (row,) = county.asked(select(CreditRow))
        return person.sends(f"{at}/{deed}?lang=en", {"version": str(row.version), **told})

    assert "RQ-2026-099" in amy.opens("/commitments/credit/").text
    assert sends(amy, "object", reason="已寄出").status_code == 303
    assert sends(amy, "answer", reason="查无").status_code == 403
    assert "in one sentence" in sends(chief, "answer", reason=" ").text
    assert sends(chief, "answer", reason="查无寄件", is_upheld="no").status_code == 303
    assert sends(chief, "repair", reason="已补交").status_code == 303

    assert "RQ-2026-099" not in amy.opens("/commitments/credit/").text


def test_a_promise_is_decided_checked_untrue_and_revoked(amy, chief, building):
    step = step_of(building, "investment-lead-screening")
    told = {
        "project": str(building),
        "step": step.number,
        "declares": "符合全部条件",
        "basis": "告知承诺办法",
        "signed_by": "王经理",
        "decided_by": "李科长",
        "check_due_on": "2026-06-15",
        "version": str(step.version),
    }
    answer = amy.sends("/commitments/promises/new", told)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/commitments/promises/1")
    assert step_of(building, "investment-lead-screening").finished_on == april(15)

    at = "/commitments/promises/1"
    amy.sends(f"{at}/check", {"is_true": "no", "finding": "未按承诺施工", "version": "1"})
    assert "GC-2026-001" in amy.opens("/commitments/credit/").text
    revoking = {"basis": "行政许可法第69条", "reason": "承诺不实", "number": "撤〔2026〕1号", "version": "2"}
    answer = chief.sends(f"{at}/revoke", revoking)

    assert answer.status_code == 303, answer.text[-2000:]
    assert step_of(building, "investment-lead-screening").finished_on is None


# --- the ledger ------------------------------------------------------------------------------------


def test_the_ledger_groups_by_what_is_due_and_counts_what_was_in_time(amy, building):
    first = a_deferral(building, due_on=april(17))  # 2 working days: soon
    clock.fix(april(16))
    supply_deferral(first, april(16), by=SYSTEM)

    said = amy.opens(LEDGER).text

    assert "Supplied, to be checked" in said
    assert "none was due in the last 90 days" in said


def test_the_ledger_can_be_printed_and_taken_away(amy, building):
    a_deferral(building)

    assert "RQ-2026-001" in amy.opens("/commitments/print?lang=en").text
    sheet = amy.opens("/commitments/ledger.csv?lang=en")
    assert sheet.mimetype == "text/csv"
    assert "RQ-2026-001" in sheet.text
    book = load_workbook(io.BytesIO(amy.opens("/commitments/ledger.xlsx?lang=en").data))
    assert "RQ-2026-001" in {cell.value for cell in book.active["A"]} | {
        cell.value for cell in book.active["B"]
    }
    assert "RQ-2026-001" in amy.opens("/commitments/1/letter?lang=en").text


def test_the_step_shows_its_violet_box(amy, building):
    a_deferral(building)

    said = amy.opens(f"/projects/{building}/steps/{step_of(building).number}?lang=en").text

    assert "RQ-2026-001" in said
    assert "working days to the due day" in said
    assert "the case is closed and the default goes on record" in said


def test_a_thousand_deferrals_cost_no_more_questions_than_one(county, chief, building, statements):
    deferral_id = a_deferral(building)
    chief.opens(LEDGER)
    with statements() as few:
        chief.opens(LEDGER)
    row = the_deferral(deferral_id)
    base = {c.key: getattr(row, c.key) for c in DeferralRow.__table__.columns if c.key != "id"}
    with work(SYSTEM) as w:
        worth = w.session.scalar(select(DeferralWorthRow))
        of = {c.key: getattr(worth, c.key) for c in DeferralWorthRow.__table__.columns if c.key != "id"}
        numbers = range(1000, 2000)
        w.session.execute(insert(DeferralRow), [{**base, "id": n, "number": f"RQ-2026-{n}"} for n in numbers])
        w.session.execute(insert(DeferralWorthRow), [{**of, "deferral_id": n} for n in numbers])

    chief.opens(LEDGER)
    with statements() as many:
        page = chief.opens(LEDGER)

    assert page.status_code == 200
    assert "1001" in page.text
    assert len(many) <= len(few) <= MOST_QUERIES
    assert len(page.data) < 120_000
