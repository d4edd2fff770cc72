"""Being told of milestones: only after a second yes, each once, and no more after one tap."""

from __future__ import annotations

import dataclasses
import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from approvals.models.step import Step
from approvals.rules.progress import Move
from concierge.kernel import clock, jobs, letters
from concierge.kernel.actor import SYSTEM
from concierge.kernel.letters import LetterRow
from concierge.kernel.work import reading, work
from concierge.progress.models.acts import MilestoneToldRow, SubscriptionRow
from concierge.progress.models.links import ShownItemRow
from concierge.progress.rules.shown import ItemKind
from concierge.progress.services.change_link import revoke_link
from projects.services.record_move import record_move
from tests.concierge.progress.fixtures_acts import Holder, holder, project_id
from tests.concierge.progress.test_signing import BY_SMS
from tests.kernel.fixtures_office import Office, apart

__all__ = ["holder", "project_id"]
FIRST = "investment-lead-screening"  # waits for nothing
MAIL = "wu@example.org"


@pytest.fixture(autouse=True)
def ways_out(county: Office) -> None:
    """A county that can send SMS and mail; nothing listens, so every letter stays to be read here."""
    settings = county.app.config["CONCIERGE"]
    county.app.config["CONCIERGE"] = dataclasses.replace(
        settings,
        **BY_SMS,
        sms_milestone_template="SMS_3",
        smtp_host="127.0.0.1",
        smtp_port=9,
        mail_from="office@example.gov.cn",
    )


def left(county: Office) -> list[letters.Letter]:
    """The letters that wait, the oldest first."""
    numbers = county.asked(select(LetterRow.id).order_by(LetterRow.id))
    with reading() as session:
        found = [letters.read(session, number) for number in numbers]
    return [one for one in found if one is not None]


def decides(county: Office, project_id: int) -> Step:
    """The first step is accepted and decided today."""
    (step,) = county.asked(select(Step).where(Step.project_id == project_id, Step.code == FIRST))
    record_move(step.id, Move.ACCEPT, clock.today(), by=SYSTEM)
    record_move(step.id, Move.PASS, clock.today(), by=SYSTEM)
    return step


def by_mail(holder: Holder) -> None:
    holder.sends(holder.goes("subscribe"), "subscribe", way="mail", address=MAIL)


def confirmed(county: Office, holder: Holder) -> None:
    by_mail(holder)
    where = re.search(r"/p/milestones/confirm/\S+", left(county)[-1].text)[0]
    apart(holder.browser.post, where)


def test_a_mail_address_hears_nothing_before_its_second_yes(county: Office, holder: Holder):
    by_mail(holder)
    (asking,) = left(county)
    assert asking.to == MAIL
    where = re.search(r"/p/milestones/confirm/\S+", asking.text)[0]
    opened = apart(holder.browser.get, where)  # a program that looks through mail opens every address
    assert opened.status_code == 200
    assert county.asked(select(SubscriptionRow.confirmed_at)) == [None]

    answer = apart(holder.browser.post, where)

    assert answer.status_code == 200
    assert county.asked(select(SubscriptionRow.confirmed_at)) != [None]


def test_a_decision_is_told_once_with_a_way_to_stop(county: Office, holder: Holder):
    confirmed(county, holder)
    decides(county, holder.project_id)
    jobs.run_due()
    jobs.run_due()

    assert len(county.asked(select(MilestoneToldRow))) == 1
    told = [one for one in county.asked(select(LetterRow)) if one.kind == "milestone"]
    assert len(told) == 1


def test_the_mail_says_what_was_decided_and_stops_with_one_tap(county: Office, holder: Holder):
    confirmed(county, holder)
    step = decides(county, holder.project_id)
    from concierge.progress.services.tell_milestones import tell_decided

    with work(SYSTEM) as w:
        assert tell_decided(w, step.id, step.attempt) == 1
    letter = left(county)[-1]
    assert "was decided on 15 Apr" in letter.text or "4月15日" in letter.text

    where = re.search(r"/q/\w+", letter.text)[0]
    assert apart(county.stranger().get, where).status_code == 200  # the way back, for whoever lost the link
    where = re.search(r"/p/milestones/stop/\S+", letter.text)[0]
    assert apart(holder.browser.get, where).status_code == 200
    assert apart(holder.browser.post, where).status_code == 200

    (row,) = county.asked(select(SubscriptionRow))
    assert row.stopped_at is not None
    assert row.sealed is None  # the address is gone
    with work(SYSTEM) as w:
        assert tell_decided(w, step.id, 2) == 0


def test_a_step_hidden_from_the_enterprise_is_told_to_nobody(county: Office, holder: Holder):
    confirmed(county, holder)
    (step,) = county.asked(select(Step).where(Step.project_id == holder.project_id, Step.code == FIRST))
    county.keeps(
        ShownItemRow(
            project_id=holder.project_id,
            kind=ItemKind.STEP,
            item_id=step.id,
            is_shown=False,
            changed_by_id=None,
            changed_by="",
            changed_at=clock.now(),
        )
    )

    decides(county, holder.project_id)
    jobs.run_due()

    assert county.asked(select(MilestoneToldRow)) == []


def test_a_link_taken_back_tells_nobody_any_more(county: Office, holder: Holder):
    confirmed(county, holder)
    revoke_link(holder.link_id, by=SYSTEM)

    decides(county, holder.project_id)
    jobs.run_due()

    assert county.asked(select(MilestoneToldRow)) == []


def test_a_number_is_confirmed_with_the_code_that_came(county: Office, holder: Holder):
    page = holder.after(
        holder.sends(holder.goes("subscribe"), "subscribe", way="sms", address="138 0000 2468")
    )
    assert "SMS to 138…2468" in page.text
    (letter,) = left(county)
    code = (letter.short or {})["code"]

    wrong = holder.sends(page, "confirm", code=f"{(int(code) + 1) % 10**6:06d}")
    assert wrong.status_code == 422
    right = holder.after(holder.sends(page, "confirm", code=code))

    assert "You are told by" in right.text


def test_a_calendar_is_told_once_and_is_the_same_until_something_changes(county: Office, holder: Holder):
    page = holder.sends(holder.goes("subscribe"), "subscribe", way="calendar")
    where = re.search(r"/p/milestones/\S+\.ics", page.text)[0]
    assert where not in holder.goes("subscribe").text

    first = apart(holder.browser.get, where)
    second = apart(holder.browser.get, where, headers={"If-None-Match": first.headers["ETag"]})

    assert first.content_type == "text/calendar; charset=utf-8"
    assert first.data.startswith(b"BEGIN:VCALENDAR")
    assert first.data.count(b"BEGIN:VEVENT") > 5
    assert second.status_code == 304
    revoke_link(holder.link_id, by=SYSTEM)
    assert apart(holder.browser.get, where).status_code == 404


def test_unknown_keys_are_answered_alike(county: Office):
    stranger = county.app.test_client()
    for path in ("/p/milestones/nothing.ics", "/p/milestones/confirm/nothing", "/p/milestones/stop/nothing"):
        assert apart(stranger.get, path).status_code == 404


def test_a_confirmation_is_good_for_two_days(county: Office, holder: Holder):
    by_mail(holder)
    where = re.search(r"/p/milestones/confirm/\S+", left(county)[0].text)[0]
    with work(SYSTEM) as w:
        row = w.session.scalar(select(SubscriptionRow))
        assert row is not None
        row.made_at -= timedelta(hours=49)

    assert apart(holder.browser.post, where).status_code == 410


def test_a_number_where_a_mail_address_is_asked_for_comes_back(county: Office, holder: Holder):
    answer = holder.sends(holder.goes("subscribe"), "subscribe", way="mail", address="13800002468")

    assert answer.status_code == 422
    assert "13800002468" in answer.text
    assert county.asked(select(SubscriptionRow)) == []
