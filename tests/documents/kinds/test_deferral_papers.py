"""The letters of a paper that comes later: the promise, the consent, the reminder, word of the default."""

from datetime import date

import pytest

from tests.builders import a_project
from tests.deferrals import a_deferral, everything_before_passes, hand_in_main_papers, the_day_is

DRAWINGS = "construction-drawing-review"
TUESDAY = date(2026, 4, 21)


@pytest.fixture
def deferral(county):
    """The design contract of the drawing review, promised by Wednesday 22 April and granted on the 15th."""
    project = a_project(enterprise="远砺精工有限公司")
    everything_before_passes(project, DRAWINGS)
    hand_in_main_papers(project)
    return a_deferral(project)


@pytest.fixture
def asked_for(county):
    """The same, asked for and not granted."""
    project = a_project()
    everything_before_passes(project, DRAWINGS)
    hand_in_main_papers(project)
    return a_deferral(project, grantor=None)


def test_the_commitment_says_who_what_when_and_what_follows(deferral, told):
    letter = told("deferral-commitment", deferral)

    for words in (
        "远砺精工有限公司",
        "RQ-2026-001",
        "勘察设计合同",
        "盖章原件",
        "在2026年4月22日前",
        "真实、完整、合法",
        "失信事实将记入信用记录",
        "一式二份",
    ):
        assert words in letter.text
    assert letter.controls["signed_by"] == "王经理"
    assert letter.controls["signed_on"] == "2026年4月15日"
    assert letter.missing == []


def test_an_unsigned_commitment_leaves_room_for_the_hand(asked_for, told):
    letter = told("deferral-commitment", asked_for)

    assert letter.facts.values["deferral"]["granted_on"] is None
    assert told("deferral-consent", asked_for).missing == ["同意容缺受理的记录"]


def test_the_consent_says_that_the_review_goes_on(deferral, told):
    letter = told("deferral-consent", deferral)

    assert "经窗口李科长同意，予以容缺受理" in letter.text
    assert "办理期限不停止计算" in letter.text
    assert letter.missing == []


def test_the_reminder_counts_the_working_days_left(deferral, told):
    # From Wednesday the 15th to Wednesday the 22nd: 16, 17, 20, 21, 22 are five.
    assert "距到期还有5个工作日" in told("deferral-reminder", deferral).text
    assert "距到期还有1个工作日" in told("deferral-reminder", deferral, TUESDAY).text


def test_what_is_not_overdue_is_reminded_and_what_is_overdue_is_told(deferral, told):
    assert told("deferral-overdue", deferral).missing == ["逾期的容缺材料"]

    the_day_is(date(2026, 4, 23))
    letter = told("deferral-overdue", deferral, date(2026, 4, 23))

    assert letter.missing == []
    assert "逾期1个工作日" in letter.text
    assert "请在2026年4月23日前补交" in letter.text  # one working day to cure, then the default
    assert told("deferral-reminder", deferral, date(2026, 4, 23)).missing == ["尚未到期、待补交的容缺材料"]


def test_a_default_is_told_as_one(deferral, told):
    the_day_is(date(2026, 4, 23))
    the_day_is(date(2026, 4, 24))

    letter = told("deferral-overdue", deferral, date(2026, 4, 24))

    assert letter.facts.values["is_default"] is True
    assert "已认定为未履行承诺" in letter.text
    assert "三个工作日内答复" in letter.text


def test_the_letters_of_a_deferral_ask_few_questions(deferral, told):
    for code in ("deferral-commitment", "deferral-consent", "deferral-reminder", "deferral-overdue"):
        assert told(code, deferral).queries <= 9
