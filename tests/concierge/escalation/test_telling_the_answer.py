"""Whoever reported something hears by SMS of the answer: once for each answer, or somebody calls."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from concierge.escalation.rules.report import Contentment, ReportKind
from concierge.escalation.services.close_report import ask_back, close_report, reopen_report
from concierge.escalation.services.handle_report import handle_report
from concierge.kernel import letters
from concierge.kernel.actor import SYSTEM
from concierge.kernel.letters import LetterRow
from concierge.kernel.work import work
from tests.concierge.escalation.reports import WINDOW, a_report, report, solved

ACCOUNT = {
    "sms_access_key": "key",
    "sms_endpoint": "http://127.0.0.1:9",
    "sms_access_secret": "of the tests",
    "sms_sign": "帮代办",
    "sms_notice_template": "SMS_1",
    "sms_code_template": "SMS_2",
}
SMS = {**ACCOUNT, "sms_answer_template": "SMS_7"}


def answered(report_id: int) -> None:
    """The report is closed with an answer."""
    close_report(report_id, solved(), by=WINDOW)


def closing(phone: str) -> int:
    """A report from this number, closed."""
    found = a_report(phone=phone)
    handle_report(found, kind=ReportKind.BLOCKED, by=WINDOW)
    answered(found)
    return found


def test_word_goes_to_the_mobile_number_once_for_each_answer(county):
    county.app.config["CONCIERGE"] = replace(county.app.config["CONCIERGE"], **SMS)

    found = closing("+86 138-0000-2468")

    left = county.asked(select(LetterRow))
    assert [(row.kind, row.way, row.hint) for row in left] == [("answer", "sms", "138…2468")]
    with work(SYSTEM) as w:
        said = letters.read(w.session, left[0].id)
    assert said is not None
    assert (said.to, said.short["number"]) == ("13800002468", report(found).number)
    ask_back(found, Contentment.UNSATISFIED, by=WINDOW)
    reopen_report(found, by=WINDOW)
    answered(found)
    assert len(county.asked(select(LetterRow))) == 2


@pytest.mark.parametrize(
    ("phone", "settings"),
    [("13800002468", {}), ("13800002468", ACCOUNT), ("0730-0000105", SMS)],
)
def test_a_person_calls_where_no_sms_can_go(county, phone, settings):
    county.app.config["CONCIERGE"] = replace(county.app.config["CONCIERGE"], **settings)
    found = closing(phone)
    window = county.employs("xue", "EscalationOfficer", sees=(None,))

    assert county.asked(select(LetterRow)) == []
    assert f"by telephone: {phone}" in window.opens(f"/escalations/reports/{found}?lang=en").text
