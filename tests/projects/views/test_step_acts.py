"""The acts of a case on its own page: stops, corrections, extensions, refusals, new attempts, notes."""

import re
from datetime import date

import pytest
from sqlalchemy import select, update

from approvals.models.case import StopRow
from approvals.models.step import Step
from approvals.rules.lifecycle import StepState
from concierge.kernel import jobs
from concierge.kernel.audit import AuditLine
from concierge.kernel.work import work
from projects.views.step_states import PILLS

CODE = "planning-conditions"  # an office's own matter; waits for the reserve check only
MOST_QUERIES = 36
OWN = "construction-contract"
STOP = {
    "stop": "expert_review",
    "on": "2026-04-13",
    "planned_last_on": "2026-04-17",
    "reason": "专家函审",
    "number": "停〔2026〕3号",
    "decided_by": "自然资源局 曾磊",
}


@pytest.fixture
def page(project_id, the_step):
    return lambda code: f"/projects/{project_id}/steps/{the_step(code).number}"


@pytest.fixture
def record(amy, page, the_step):
    """Send the form of a move from a step's page, as it is open now."""

    def send(code, move, **typed):
        typed = {"version": str(the_step(code).version), "on": "2026-04-15", **typed}
        answer = amy.sends(page(code), {"move": move, **typed})
        jobs.run_due()
        return answer

    return send


@pytest.fixture
def accepted(record):
    """A step under way since Wednesday 8 April; its promise is five working days."""
    record("land-reserve-check", "accept", on="2026-04-01")
    record("land-reserve-check", "pass", on="2026-04-02")
    record(CODE, "accept", on="2026-04-08")
    return CODE


def _button(said):
    return re.search(r'name="move" value="(\w+)"', said)[1]


def _offered(said):
    return set(re.findall(r"\?act=(\w+)", said))


def test_a_step_offers_what_is_lawful_from_where_it_stands_and_the_usual_next_first(amy, page, accepted):
    said = amy.opens(page(accepted)).text

    assert _button(said) == "pass"
    assert _offered(said) == {"pass", "stop", "correct", "extend", "work", "refuse", "recall"}


def test_an_enterprises_own_step_knows_only_begun_and_done(amy, page, record):
    begun = amy.opens(page(OWN)).text
    assert (_button(begun), _offered(begun)) == ("accept", {"accept", "prepare"})
    assert "Work began" in begun

    record(OWN, "accept", on="2026-04-10")

    assert _offered(amy.opens(page(OWN)).text) == {"pass"}


def test_a_stop_moves_the_end_stands_on_the_clock_and_in_the_log(amy, page, record, accepted, the_step):
    assert the_step(accepted).promised_end_on == date(2026, 4, 15)  # 9, 10, 13, 14, 15

    answer = record(accepted, "stop", **STOP)

    assert answer.status_code == 303
    assert the_step(accepted).promised_end_on == date(2026, 4, 22)  # 9, 10 | 13 to 17 | 20, 21, 22
    said = amy.opens(page(accepted)).text
    assert "Clock stopped" in said
    assert "Expert review since 13 Apr, planned until 17 Apr" in said
    assert "due moves from 15 Apr to 22 Apr" in said
    assert said.count('class="ck-p"') == 5
    assert _button(said) == "resume"


def test_a_stop_nobody_gave_a_basis_rests_on_the_usual_one_of_its_kind(record, accepted, county):
    record(accepted, "stop", **STOP)

    assert county.asked(select(StopRow))[0].basis == "行政许可法第四十五条"


def test_a_stop_by_local_rule_needs_its_basis_written(record, accepted, county):
    answer = record(accepted, "stop", **{**STOP, "stop": "publicity"})

    assert answer.status_code == 422
    assert "Write the legal basis" in answer.text
    assert county.asked(select(StopRow)) == []


def test_a_stop_without_a_reason_is_refused_beside_its_field_and_keeps_what_was_typed(
    record, accepted, county
):
    answer = record(accepted, "stop", **{**STOP, "reason": ""})

    assert answer.status_code == 422
    assert re.search(r'id="reason-error">Write the reason', answer.text)
    assert 'value="停〔2026〕3号"' in answer.text
    assert 'value="expert_review" selected' in answer.text
    assert _button(answer.text) == "stop"
    refused = county.asked(select(AuditLine).where(AuditLine.act == "MoveRefused"))
    assert len(refused) == 1  # the try is on record


def test_the_clock_goes_on_after_the_last_day_of_the_stop(amy, page, record, accepted, the_step):
    record(accepted, "stop", **STOP)

    record(accepted, "resume", on="2026-04-14")

    assert the_step(accepted).promised_end_on == date(2026, 4, 17)  # 9, 10 | 13, 14 | 15, 16, 17
    assert "Clock goes on; 14 Apr was the last day of the stop" in amy.opens(page(accepted)).text


def test_a_stop_past_its_planned_end_is_said_on_the_clock(amy, page, record, accepted):
    record(accepted, "stop", **{**STOP, "on": "2026-04-09", "planned_last_on": "2026-04-10"})

    said = amy.opens(page(accepted)).text

    assert "Expert review was to last until 10 Apr and has not been ended" in said
    assert said.count(' ck-o"') == 3  # 13, 14 and today


def test_what_must_be_corrected_stands_on_top_point_by_point(amy, page, record, accepted):
    record(accepted, "correct", on="2026-04-14", planned_last_on="2026-04-20", reason="缺总平面图\n面积不符")

    said = amy.opens(page(accepted)).text

    assert said.index("To be corrected, told on 14 Apr") < said.index("Before and after this step")
    assert "<li>缺总平面图</li><li>面积不符</li>" in said
    assert _button(said) == "corrected"

    record(accepted, "corrected", on="2026-04-15")

    after = amy.opens(page(accepted)).text
    assert "To be corrected, told on" not in after
    assert "correct" not in _offered(after)  # what is wrong is told once


def test_a_submission_says_until_when_it_is_answered(amy, page, record):
    record("land-reserve-check", "accept", on="2026-04-01")
    record("land-reserve-check", "pass", on="2026-04-02")

    record(CODE, "receive", on="2026-04-13")

    said = amy.opens(page(CODE)).text
    assert "The department answers by 20 Apr" in said  # 14, 15, 16, 17 and Monday 20
    assert _button(said) == "accept"
    assert {"correct", "withdraw", "not_accept", "decline"} <= _offered(said)


def test_an_extension_is_granted_once_and_says_by_whom(amy, page, record, accepted, the_step):
    asked = amy.opens(page(accepted) + "?act=extend").text
    assert "10 at the most" in asked
    record(
        accepted,
        "extend",
        workdays="5",
        decided_by="局长",
        reason="规划数据须复核",
        basis="行政许可法第四十二条",
    )

    assert the_step(accepted).promised_end_on == date(2026, 4, 22)  # 15 April and five working days
    said = amy.opens(page(accepted)).text
    assert "Extended by 5 working days, approved by 局长: 规划数据须复核" in said
    assert "extend" not in _offered(said)


@pytest.mark.parametrize("typed", ["many", "-3", "1000", "²"])
def test_an_extension_by_what_is_no_number_says_so(record, accepted, typed):
    answer = record(accepted, "extend", workdays=typed, decided_by="局长", reason="复核", basis="第四十二条")

    assert answer.status_code == 422
    assert "is not a number of days" in answer.text


def test_a_refusal_says_its_reasons_on_top_and_the_step_can_be_begun_anew(
    amy, page, record, accepted, the_step
):
    record(accepted, "refuse", reason="不符合县城总体规划", basis="城乡规划法第三十八条", number="不许1号")

    said = amy.opens(page(accepted)).text
    assert "不符合县城总体规划" in said
    assert "reconsideration" in said
    assert _button(said) == "start_over"

    record(accepted, "start_over")

    assert (the_step(accepted).state, the_step(accepted).attempt) == (StepState.NOT_STARTED, 2)
    anew = amy.opens(page(accepted)).text
    assert "attempt 2" in anew
    assert "Refused on 15 Apr" in anew  # the record of the last attempt stays


def test_a_move_that_was_taken_back_stays_in_the_log_struck_out(amy, page, record, accepted):
    record(accepted, "stop", **STOP)

    record(accepted, "undo")

    said = amy.opens(page(accepted)).text
    assert "<s>Clock stopped from 13 Apr</s>" in said
    assert _button(said) == "pass"


def test_an_act_that_is_not_open_falls_back_to_the_usual_one(amy, page, accepted):
    assert _button(amy.opens(page(accepted) + "?act=revoke").text) == "pass"
    assert _button(amy.opens(page(accepted) + "?act=%3Cscript%3E").text) == "pass"


def test_a_note_is_kept_in_the_log_and_moves_nothing(amy, page, the_step, accepted):
    before = the_step(accepted).version

    answer = amy.sends(page(accepted) + "/notes", {"noted": "电话联系企业，<b>16日</b>盖章"})

    assert answer.status_code == 303
    assert "电话联系企业，&lt;b&gt;16日&lt;/b&gt;盖章" in amy.opens(page(accepted)).text
    assert the_step(accepted).version == before


@pytest.mark.parametrize(
    ("note", "sentence"), [("  \n ", "Write what happened"), ("长" * 501, "at the most")]
)
def test_a_note_that_says_nothing_or_too_much_is_refused_and_kept(amy, page, accepted, note, sentence):
    answer = amy.sends(page(accepted) + "/notes", {"noted": note})

    assert answer.status_code == 422
    assert sentence in answer.text
    assert note.strip() in answer.text


def test_nobody_writes_beside_a_step_out_of_their_charge(county, page, accepted):
    eve, sam = county.employs("eve", "Concierge"), county.employs("sam", "Supervisor", sees=(None,))

    assert eve.sends(page(accepted) + "/notes", {"noted": "x"}).status_code == 404
    assert sam.sends(page(accepted) + "/notes", {"noted": "x"}).status_code == 403
    assert "Rarer things" not in sam.opens(page(accepted)).text


def test_every_state_has_its_word():
    assert set(PILLS) == set(StepState) - {StepState.NOT_STARTED}


@pytest.mark.parametrize("state", list(PILLS))
def test_every_page_that_shows_a_step_shows_it_in_any_state(amy, county, project_id, accepted, page, state):
    address = page(accepted)
    with work(amy.actor) as w:
        w.session.execute(
            update(Step).where(Step.project_id == project_id, Step.code == accepted).values(state=state)
        )

    pages = (f"/projects/{project_id}", f"/projects/{project_id}/print", "/projects/", "/search?q=规划条件")
    for path in pages:
        assert amy.opens(path).status_code == 200, path
    gone = state is StepState.NOT_REQUIRED
    assert amy.opens(address).status_code == (404 if gone else 200)


def test_the_page_asks_no_more_however_much_has_happened(amy, page, record, accepted, statements):
    address = page(accepted)
    amy.opens(address)
    with statements() as before:
        amy.opens(address)

    record(accepted, "stop", **STOP)
    record(accepted, "resume", on="2026-04-14")
    for note in range(3):
        amy.sends(address + "/notes", {"noted": f"第{note}次电话"})
    amy.opens(address)  # the figures of the menu are counted anew after what happened

    with statements() as after:
        assert amy.opens(address).status_code == 200
    assert len(after) <= len(before) <= MOST_QUERIES, "\n".join(after)
