"""A department reads its package and answers by link: every act, every bad day, and what no page may tell."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from sqlalchemy import select

from approvals.models.case import CaseMoveRow, StopRow
from approvals.models.review import AvailabilityRow
from approvals.rules.lifecycle import StepState, StopKind
from approvals.rules.progress import Move
from approvals.rules.sittings import Answer
from concierge.desk.models.links import LinkOpeningRow, LinkRow
from concierge.desk.models.notices import NoticeRow
from concierge.desk.rules.links import LinkScope
from concierge.desk.services.revoke_link import revoke_link, revoke_links_of
from concierge.desk.services.show_link_again import show_link_again
from concierge.kernel import clock, jobs, visits
from concierge.kernel.actor import SYSTEM
from projects.services.record_move import record_move
from tests.kernel.fixtures_office import apart

TODAY = date(2026, 4, 15)
CHROME = "Mozilla/5.0 (Windows NT 10.0) Chrome/126.0 Safari/537.36"
WECHAT = "Mozilla/5.0 (iPhone) MicroMessenger/8.0 Mobile"
PROBED = {
    "/d/<token>",
    "/d/at/<handle>",
    "/d/at/<handle>/cases/<code>/<number>",
    "/d/at/<handle>/half-days",
    "/d/at/<handle>/package.zip",
    "/d/at/<handle>/parts/<part>",
    "/d/at/<handle>/opinion-sheet",
    "/d/at/<handle>/opinion-sheet.docx",
    "/d/at/<handle>/papers/<int:place>/<int:n>",
    "/d/at/<handle>/list",
    "/d/at/<handle>/list.xlsx",
}
HEADERS = {
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "private, no-store",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
}


def _moves(county, step_id):
    return county.asked(
        select(CaseMoveRow.move).where(CaseMoveRow.step_id == step_id).order_by(CaseMoveRow.id)
    )


def test_the_key_leaves_the_address_at_once(visitor, hands_out):
    token = hands_out()

    page = visitor.enters(token)

    assert page.status_code == 200
    assert visitor.front.startswith("/d/at/")
    assert token not in visitor.front
    assert token not in page.text
    assert token[:20] not in str(page.headers)
    assert "session" not in {name.partition("=")[0] for name in page.headers.getlist("Set-Cookie")}


def test_the_page_shows_the_case_and_nothing_of_the_project_besides(visitor, hands_out, the_step):
    page = visitor.enters(hands_out()).text

    assert "Report the outcome" in page
    assert "Day clock" in page
    assert "For 王工. This link works until 15 May 2026" in page  # 15 April and 30 days
    assert "amy" not in page.lower()  # no names of staff
    assert f"/projects/{the_step().project_id}" not in page


def test_every_address_below_d_says_nothing_on_and_is_kept_nowhere(visitor, hands_out, app):
    token, ended = hands_out(LinkScope.DEPARTMENT), hands_out(days=1)
    visitor.enters(token)
    front = visitor.front.partition("?")[0]
    probes = [
        f"/d/{token}",
        f"/d/{ended}",
        "/d/nothing",
        "/d/at/nothing",
        front,
        f"{front}/half-days",
        f"{front}/cases/none/1",
        f"{front}/papers/1/1",
        f"{front}/package.zip",
        f"{front}/parts/receipt",
        f"{front}/opinion-sheet",
        f"{front}/opinion-sheet.docx",
        f"{front}/list",
        f"{front}/list.xlsx",
        f"{front}/no/such/page",
        "/d/",
    ]
    known = {rule.rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/d/")}

    with clock.standing_at(TODAY + timedelta(days=3)):
        for path in probes:
            answer = visitor.opens(path)
            for name, value in HEADERS.items():
                assert answer.headers.get(name) == value, (path, name)
            policy = answer.headers["Content-Security-Policy"]
            assert {"default-src 'self'", "frame-ancestors 'none'"} <= set(policy.split("; ")), path
            told = answer.data.decode(errors="replace")  # one of them is a file
            assert token not in told, path
            assert ended not in told, path
            if answer.status_code >= 400:
                assert "qyg_d_" not in told.partition("</title>")[0]
    assert known == PROBED  # a page added later belongs into both lists


@pytest.mark.parametrize("wrong", ["unknown", "mistyped", "revoked"])
def test_unknown_mistyped_and_revoked_links_look_alike(visitor, hands_out, county, amy, wrong):
    token = hands_out()
    if wrong == "revoked":
        revoke_link(county.asked(select(LinkRow.id))[0], by=amy.actor)
    if wrong == "mistyped":
        token = token[:-1] + ("a" if token[-1] != "a" else "b")
    if wrong == "unknown":
        token = token[::-1]

    answer = visitor.enters(token)

    assert answer.status_code == 404
    assert answer.text == visitor.enters("qyg_d_other").text


def test_a_revoked_link_ends_the_visit_that_is_open(visitor, hands_out, project_id, amy):
    visitor.enters(hands_out())
    assert visitor.opens(visitor.front).status_code == 200

    assert revoke_links_of(project_id, by=amy.actor) == 1

    assert visitor.opens(visitor.front).status_code == 404


def test_a_link_shown_again_has_another_key_and_the_old_one_stops(visitor, hands_out, county, amy):
    old = hands_out()
    visitor.enters(old)

    new = show_link_again(county.asked(select(LinkRow.id))[0], by=amy.actor).token

    assert visitor.opens(visitor.front).status_code == 404
    assert visitor.enters(old).status_code == 404
    assert visitor.enters(new).status_code == 200


def test_the_address_without_the_key_opens_nothing_for_somebody_else(visitor, hands_out, app):
    visitor.enters(hands_out())

    assert apart(app.test_client().get, visitor.front).status_code == 404


def test_an_ended_link_says_so_and_asks_for_another_the_same_whatever_comes_of_it(
    visitor, hands_out, county, amy
):
    token = hands_out(days=1)

    with clock.standing_at(TODAY + timedelta(days=1)):
        assert visitor.enters(token).status_code == 200  # its last day
    with clock.standing_at(TODAY + timedelta(days=2)):
        ended = visitor.enters(token)
        asked = apart(visitor.browser.post, f"/d/{token}?lang=en")
        again = apart(visitor.browser.post, f"/d/{token}?lang=en")
        unknown = apart(visitor.browser.post, "/d/qyg_d_nobody?lang=en")
        jobs.run_due()

    assert ended.status_code == 410
    assert "12345" in ended.text  # the office's number
    assert "Ask for a new link" in ended.text
    assert asked.status_code == unknown.status_code == 200
    assert asked.text == again.text == unknown.text
    told = county.asked(
        select(NoticeRow.id).where(NoticeRow.text == "link_asked", NoticeRow.person_id == amy.id)
    )
    assert len(told) == 1  # twice within a minute is once


def test_an_opening_is_written_down_and_a_new_device_is_marked(visitor, hands_out, county):
    token = hands_out()
    for program in (CHROME, CHROME, WECHAT):
        visitor.opens(f"/d/{token}", headers={"User-Agent": program})

    rows = county.asked(select(LinkOpeningRow).order_by(LinkOpeningRow.id))

    assert [row.client for row in rows] == ["Chrome", "Chrome", "WeChat, phone"]
    assert [row.is_new_device for row in rows] == [False, False, True]
    assert "127.0.0" not in "".join(row.device for row in rows)
    assert county.asked(select(LinkRow.opened_count)) == [3]


def test_opening_a_page_changes_nothing_but_the_log(visitor, hands_out, county, the_step):
    before = the_step().version

    visitor.enters(hands_out())
    visitor.opens(visitor.front)

    assert the_step().version == before
    assert _moves(county, the_step().id) == ["accept"]


def test_whoever_tries_keys_is_slowed_down(visitor, app):
    answers = [visitor.opens(f"/d/qyg_d_{n}").status_code for n in range(35)]

    # 30 misses a minute from one place; the rest is told to wait
    assert answers[:30] == [404] * 30
    assert set(answers[30:]) == {429}


def test_a_link_sends_ten_forms_a_minute(visitor, hands_out):
    page = visitor.enters(hands_out())

    answers = [visitor.sends(page, outcome="nothing").status_code for _ in range(11)]

    assert answers == [422] * 10 + [429]


def test_a_result_is_recorded_in_the_departments_name(visitor, hands_out, the_step, county):
    page = visitor.enters(hands_out())

    sent = visitor.sends(page, outcome="done", on="2026-04-15", number="青招〔2026〕3号")
    jobs.run_due()

    step = the_step()
    assert sent.status_code == 303
    assert (step.state, step.finished_on, step.result_number) == (StepState.PASSED, TODAY, "青招〔2026〕3号")
    line = county.asked(select(CaseMoveRow).where(CaseMoveRow.move == "pass"))[0]
    assert line.actor_id is None
    assert line.actor.endswith("(link)")
    assert "Recorded" in visitor.opens(sent.headers["Location"]).text


def test_the_same_form_sent_twice_does_nothing_twice(visitor, hands_out, the_step, county):
    page = visitor.enters(hands_out())
    typed = {"outcome": "done", "on": "2026-04-15", "number": "3号"}

    answers = [visitor.sends(page, **typed).status_code for _ in range(2)]

    assert answers == [303, 303]
    assert _moves(county, the_step().id) == ["accept", "pass"]


def test_a_correction_tells_every_fault_and_stops_the_clock(visitor, hands_out, the_step, county):
    page = visitor.enters(hands_out())

    visitor.sends(
        page, outcome="faults", on="2026-04-15", faults="1、缺总平面图\n\n2. 公章不清", workdays="5"
    )

    line = county.asked(select(CaseMoveRow).where(CaseMoveRow.move == "correct"))[0]
    stop = county.asked(select(StopRow))[0]
    assert the_step().state is StepState.CORRECTING
    assert line.reason == "1. 缺总平面图\n2. 公章不清"
    assert (stop.kind, stop.first_on, stop.last_on) == (StopKind.CORRECTION, TODAY, None)


def test_a_pause_needs_its_kind_basis_length_and_notice(visitor, hands_out, the_step, county):
    token = hands_out()
    whole = {
        "outcome": "stop",
        "on": "2026-04-15",
        "stop": "publicity",
        "basis": "行政许可法第四十五条",
        "reason": "公示",
        "number": "青招停〔2026〕1号",
        "workdays": "3",
    }
    for left_out in ("stop", "basis", "reason", "number"):
        page = visitor.enters(token)
        refused = visitor.sends(page, **{**whole, left_out: ""})
        assert refused.status_code == 422, left_out
        assert f'id="{left_out}-error"' in refused.text, left_out
    assert county.asked(select(StopRow)) == []

    assert visitor.sends(visitor.enters(token), **whole).status_code == 303

    stop = county.asked(select(StopRow))[0]
    # three working days from Wednesday 15 April, that day included: 15, 16, 17 April
    assert (stop.first_on, stop.planned_last_on) == (TODAY, date(2026, 4, 17))
    assert the_step().state is StepState.IN_PROCEDURE


def test_a_day_to_come_is_refused_and_nothing_typed_is_lost(visitor, hands_out, the_step):
    page = visitor.enters(hands_out())

    refused = visitor.sends(page, outcome="done", on="2026-04-16", number="青招〔2026〕9号")

    assert refused.status_code == 422
    assert "has not come yet" in refused.text
    assert "青招〔2026〕9号" in refused.text
    assert the_step().finished_on is None


def test_a_day_before_acceptance_is_refused(visitor, hands_out):
    page = visitor.enters(hands_out())

    refused = visitor.sends(page, outcome="done", on="2026-04-10", number="1")

    assert refused.status_code == 422
    assert "2026-04-13" in refused.text  # when it was accepted


def test_the_second_of_two_sees_what_changed_and_keeps_what_was_typed(visitor, hands_out, the_step):
    page = visitor.enters(hands_out())
    record_move(the_step().id, Move.PASS, TODAY, by=SYSTEM)

    late = visitor.sends(page, outcome="faults", on="2026-04-15", faults="缺总平面图", workdays="5")

    assert late.status_code == 409
    assert "Somebody recorded something on this case" in late.text
    assert "Result given" in late.text  # where it stands now


def test_a_visit_that_ended_gives_back_what_was_typed(visitor, hands_out, app):
    page = visitor.enters(hands_out())
    visitor.browser = app.test_client()  # the cookie is gone

    answer = visitor.sends(page, outcome="faults", faults="缺总平面图，公章不清")

    assert answer.status_code == 404
    assert "缺总平面图，公章不清" in answer.text


def test_a_form_from_elsewhere_is_refused(visitor, hands_out, the_step):
    page = visitor.enters(hands_out())

    refused = visitor.sends(page, outcome="done", on="2026-04-15", number="1", seal="0" * 64)

    assert refused.status_code == 422
    assert the_step().finished_on is None


def test_a_form_made_for_another_link_is_refused(visitor, hands_out, the_step):
    visitor.enters(hands_out())
    own = visitor.front
    page = visitor.enters(hands_out(recipient="李工"))

    refused = visitor.sends(page, own, outcome="done", on="2026-04-15", number="1")

    assert refused.status_code == 422
    assert the_step().finished_on is None


def test_a_file_that_is_not_what_it_says_is_refused(visitor, hands_out, the_step):
    page = visitor.enters(hands_out())
    lying = (BytesIO(b"MZ\x90\x00 this is a program"), "批复.pdf")

    refused = visitor.sends(page, outcome="done", on="2026-04-15", number="1", file=lying)

    assert refused.status_code == 422
    assert 'id="file-error"' in refused.text
    assert the_step().finished_on is None


def test_a_receipt_is_confirmed_once_and_told_to_the_two_officers(
    visitor, hands_out, the_step, county, amy, bo
):
    page = visitor.enters(hands_out())

    visitor.sends(page, outcome="receipt", on="2026-04-15")
    jobs.run_due()

    assert "Receipt confirmed on 15 April 2026" in visitor.opens(visitor.front).text
    assert _moves(county, the_step().id) == ["accept"]  # the case itself did not move
    told = county.asked(select(NoticeRow).where(NoticeRow.text == "receipt"))
    assert {(row.person_id, row.is_acting) for row in told} == {(amy.id, True), (bo.id, False)}


def test_a_departments_link_lists_its_cases_and_opens_no_others(visitor, hands_out, the_step, county):
    page = visitor.enters(hands_out(LinkScope.DEPARTMENT))
    front = visitor.front.partition("?")[0]
    code = county.asked(select(CaseMoveRow.project_id))[0]
    other = county.asked(
        select(type(the_step()).number).where(type(the_step()).department != the_step().department)
    )[0]
    project = page.text.partition("/cases/")[2].partition("/")[0]

    assert f"/cases/{project}/{the_step().number}" in page.text
    assert visitor.opens(f"{front}/cases/{project}/{the_step().number}").status_code == 200
    assert visitor.opens(f"{front}/cases/{project}/{other}").status_code == 404
    assert code == the_step().project_id


def test_a_department_says_when_it_can_come(visitor, hands_out, the_step, county):
    page = visitor.enters(hands_out(LinkScope.AVAILABILITY))

    sent = visitor.sends(page, **{"2026-04-16-morning": "can", "2026-04-17-afternoon": "cannot"})

    rows = county.asked(select(AvailabilityRow).order_by(AvailabilityRow.on))
    assert sent.status_code == 303
    assert [(row.on, row.half.value, row.answer, row.said_by) for row in rows] == [
        (date(2026, 4, 16), "morning", Answer.CAN, "王工"),
        (date(2026, 4, 17), "afternoon", Answer.CANNOT, "王工"),
    ]
    assert {row.department for row in rows} == {the_step().department}


def test_a_visit_lasts_two_hours():
    assert visits.VISIT_SECONDS == 7200
