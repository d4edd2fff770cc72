"""Notices leave by the ways people chose: once, together, not at night; a failure is tried again and seen."""

import re
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import func, select

from approvals.events.case import StepMoved
from approvals.rules.progress import Act, Move
from concierge.desk.handlers import cases
from concierge.desk.models.channels import ChannelRow, HoursRow
from concierge.desk.models.messages import MessageNoticeRow, MessageRow, MessageTryRow
from concierge.desk.models.notices import NoticeRow
from concierge.desk.press.notice_words import TEXTS
from concierge.desk.rules.channels import Channel, MessageKind, MessageState, Rhythm, TryOutcome
from concierge.desk.rules.pressing import ALWAYS
from concierge.desk.services.tell import tell_project
from concierge.kernel import clock, jobs
from concierge.kernel.actor import SYSTEM
from concierge.kernel.outbox import EventRow
from concierge.kernel.work import work
from projects.models.project import Project
from projects.services.record_move import record_act, record_move

TODAY = date(2026, 4, 15)  # a Wednesday
NEVER_QUIET = time(3, 0)


def _reach(county, person, channel=Channel.MAIL, rhythm=Rhythm.EVERYTHING, address="", *, quiet=NEVER_QUIET):
    usual = {Channel.MAIL: f"{person.username}@example.org", Channel.SMS: "13800000000"}
    with work(SYSTEM) as w:
        w.add(
            ChannelRow(
                person_id=person.id,
                channel=channel,
                address=address or usual[channel],
                rhythm=rhythm,
                confirmed_at=clock.now(),
            )
        )
        if w.session.get(HoursRow, person.id) is None:
            w.add(
                HoursRow(person_id=person.id, quiet_from=quiet, quiet_until=NEVER_QUIET, digest_at=time(8, 0))
            )


def _later(minutes=2):
    """Do what is due so many minutes from now."""
    jobs.run_due(now=clock.moment() + timedelta(minutes=minutes))


def _messages(county, **said):
    asked = select(MessageRow).order_by(MessageRow.id)
    return county.asked(asked.filter_by(**said))


def _texts(postman):
    from email import message_from_bytes, policy

    return [message_from_bytes(one.content, policy=policy.default) for one in postman.mails]


def test_a_notice_goes_out_by_mail_in_the_words_of_the_page(county, amy, bo, by_mail, the_step):
    _reach(county, bo)
    record_move(the_step().id, Move.PASS, TODAY, by=amy.actor)
    jobs.run_due()
    assert by_mail.mails == []  # never inside the work that made it

    _later()

    mail = _texts(by_mail)[0]
    words = mail.get_content()
    notice = county.asked(
        select(NoticeRow.id).where(NoticeRow.person_id == bo.id, NoticeRow.text == "step_pass")
    )
    assert mail["To"] == "bo@example.org"
    assert "4月15日" in words
    assert f"https://concierge.example.org/notices/{notice[0]}" in words
    assert [row.state for row in _messages(county)] == [MessageState.SENT]


def test_the_link_in_a_message_leads_on_and_reads_the_notice(county, amy, bo, the_step):
    record_move(the_step().id, Move.PASS, TODAY, by=amy.actor)
    jobs.run_due()
    notice = county.asked(
        select(NoticeRow).where(NoticeRow.person_id == bo.id, NoticeRow.text == "step_pass")
    )[0]

    answer = bo.opens(f"/notices/{notice.id}")

    assert answer.headers["Location"] == f"/projects/{notice.project_id}/steps/{the_step().number}"
    assert county.has(NoticeRow, notice.id).read_at is not None
    assert amy.opens(f"/notices/{notice.id}").status_code == 404  # another's


def test_what_one_act_tells_goes_out_together(county, amy, bo, by_mail, the_step):
    _reach(county, bo)
    before = county.asked(select(func.max(NoticeRow.id)))[0] or 0
    with clock.standing_at(TODAY + timedelta(days=28)):  # the result is late: dates move, a result comes
        record_move(the_step().id, Move.PASS, TODAY + timedelta(days=28), by=amy.actor)
        jobs.run_due()
        _later()

    told = county.asked(select(func.count()).where(NoticeRow.person_id == bo.id, NoticeRow.id > before))[0]
    assert told >= 2
    assert len(by_mail.mails) == 1
    assert len(county.asked(select(MessageNoticeRow.id))) == told


def test_an_event_delivered_twice_makes_one_message(county, amy, bo, by_mail, the_step):
    _reach(county, bo)
    record_move(the_step().id, Move.PASS, TODAY, by=amy.actor)
    jobs.run_due()
    event_id = county.asked(select(func.max(EventRow.id)).where(EventRow.name.endswith(":StepMoved")))[0]
    step = the_step()

    with work(SYSTEM) as w:
        w.event_id = event_id
        cases.tell_of_move(w, StepMoved(step.id, step.project_id, step.code, "pass", TODAY))
    _later()
    _later()

    assert len(by_mail.mails) == 1


def test_what_was_read_meanwhile_is_not_sent(county, amy, bo, by_mail, the_step):
    _reach(county, bo)
    record_move(the_step().id, Move.PASS, TODAY, by=amy.actor)
    jobs.run_due()
    bo.sends("/notices/", {"all": "1"})

    _later()

    assert by_mail.mails == []
    assert [row.state for row in _messages(county)] == [MessageState.DROPPED]


def test_an_address_nobody_confirmed_gets_nothing(county, amy, bo, by_mail, the_step):
    _reach(county, bo)
    with work(SYSTEM) as w:
        w.session.query(ChannelRow).one().confirmed_at = None
    record_move(the_step().id, Move.PASS, TODAY, by=amy.actor)
    jobs.run_due()
    _later()

    assert _messages(county) == []


def test_what_does_not_press_waits_for_the_morning(county, amy, bo, by_mail, the_step):
    _reach(county, bo, rhythm=Rhythm.MORNING)
    record_move(the_step().id, Move.PASS, TODAY, by=amy.actor)
    jobs.run_due()
    _later()

    assert _messages(county) == []


def test_an_sms_tells_how_many_which_matter_and_which_day_and_no_names(county, amy, bo, by_sms, the_step):
    _reach(county, bo, Channel.SMS, Rhythm.PRESSING)
    correction = Act(
        Move.CORRECT, TODAY, basis="S02", reason="缺总平面图", planned_last_on=TODAY + timedelta(days=7)
    )  # to pass on today: it presses
    record_act(the_step().id, correction, by=amy.actor)
    jobs.run_due()
    _later()

    heard = [one for one in by_sms.heard if one.query["TemplateCode"] == "SMS_1"]
    assert len(heard) == 1
    assert '"count": "1"' in heard[0].query["TemplateParam"]
    assert "amy" not in heard[0].query["TemplateParam"].lower()


def test_nobody_is_disturbed_at_night(county, amy, bo, by_mail, the_step):
    now = clock.local(clock.now())
    until = (now + timedelta(hours=2)).time().replace(second=0, microsecond=0)
    _reach(county, bo, quiet=(now - timedelta(hours=2)).time())
    with work(SYSTEM) as w:
        w.session.get(HoursRow, bo.id).quiet_until = until
    record_move(the_step().id, Move.PASS, TODAY, by=amy.actor)
    jobs.run_due()
    _later()
    assert by_mail.mails == []
    assert clock.local(_messages(county)[0].not_before_at).time() == until

    _later(minutes=121)

    assert len(by_mail.mails) == 1


def test_a_failure_is_tried_again_with_growing_pauses_and_then_given_up(county, amy, bo, house, the_step):
    house(smtp_host="127.0.0.1", smtp_port=1, smtp_security="none", mail_from="concierge@example.org")
    _reach(county, bo)
    record_move(the_step().id, Move.PASS, TODAY, by=amy.actor)
    jobs.run_due()
    for hours in range(1, 60):
        _later(minutes=hours * 30)

    message = _messages(county, kind=MessageKind.PROMPT)[0]
    tries = county.asked(select(MessageTryRow).order_by(MessageTryRow.number))
    assert message.state is MessageState.DEAD
    assert [one.number for one in tries] == [1, 2, 3, 4, 5, 6, 7]  # six pauses, seven attempts
    assert {one.outcome for one in tries} == {TryOutcome.LATER}
    assert "ConnectionRefusedError" in message.why
    assert county.asked(select(NoticeRow.person_id).where(NoticeRow.text == "message_died")) == [bo.id]
    assert len(_messages(county)) == 1  # that a way failed is not told by that way


def test_a_dead_message_is_seen_and_sent_once_more(county, amy, bo, house, a_mail_house, the_step):
    house(smtp_host="127.0.0.1", smtp_port=1, smtp_security="none", mail_from="concierge@example.org")
    _reach(county, bo)
    record_move(the_step().id, Move.PASS, TODAY, by=amy.actor)
    jobs.run_due()
    for hours in range(1, 60):
        _later(minutes=hours * 30)
    chief = county.employs("jiang", "Chief", sees=(None,))
    page = chief.opens("/notices/messages/?state=dead").text
    assert "given up" in page
    assert "bo@example.org" not in page  # shortened
    assert "bo…@example.org" in page

    postman, port = a_mail_house()
    house(smtp_port=port)
    number = re.search(r"/notices/messages/(\d+)/again", page)[1]
    chief.sends(f"/notices/messages/{number}/again", {"state": "dead"})
    _later()

    assert len(postman.mails) == 1
    assert [row.state for row in _messages(county)] == [MessageState.SENT]
    assert amy.opens("/notices/messages/").status_code == 403


def test_an_address_that_takes_nothing_is_not_asked_again(county, amy, bo, by_mail, the_step):
    by_mail.refused["bo@example.org"] = "550 no such mailbox"
    _reach(county, bo)
    record_move(the_step().id, Move.PASS, TODAY, by=amy.actor)
    jobs.run_due()
    _later()

    assert [row.state for row in _messages(county)] == [MessageState.DEAD]
    assert county.asked(select(ChannelRow.confirmed_at)) == [None]
    assert "could not be delivered by mail (550 no such mailbox)" in bo.opens("/notices/list/").text


def test_a_notice_that_joins_while_the_message_leaves_goes_out_by_itself(county, amy, bo, by_mail, the_step):
    from concierge.desk.services.settle_message import Attempt, settle

    _reach(county, bo)
    with clock.standing_at(TODAY + timedelta(days=28)):
        record_move(the_step().id, Move.PASS, TODAY + timedelta(days=28), by=amy.actor)
        jobs.run_due()
    message = _messages(county)[0]
    ids = county.asked(select(MessageNoticeRow.notice_id).order_by(MessageNoticeRow.notice_id))

    with work(SYSTEM) as w:  # it was handed over with its first notice only
        settle(w, message.id, Attempt(number=1, outcome=TryOutcome.TAKEN), ids[:1])

    first, second = _messages(county)
    assert (first.state, second.state) == (MessageState.SENT, MessageState.WAITING)
    held = select(MessageNoticeRow.notice_id).where(MessageNoticeRow.message_id == second.id)
    assert sorted(county.asked(held)) == ids[1:]


def test_a_moment_in_the_row_is_aware(county, amy, bo, by_mail, the_step):
    _reach(county, bo)
    record_move(the_step().id, Move.PASS, TODAY, by=amy.actor)
    jobs.run_due()
    _later()

    message = _messages(county)[0]
    assert message.settled_at.tzinfo is UTC
    assert datetime(2026, 4, 15, tzinfo=UTC) - timedelta(days=1) < message.made_at


def test_a_message_to_a_group_names_no_person(county, amy, bo, house, a_service, the_step):
    service = a_service((200, {"errcode": 0, "errmsg": "ok"}))
    house(wecom_webhook_url=f"{service.address}/cgi-bin/webhook/send?key=k")
    _reach(county, bo, Channel.WECOM, address="13800000000")
    record_move(the_step().id, Move.PASS, TODAY, by=amy.actor)
    jobs.run_due()
    _later()

    text = service.heard[0].facts["text"]
    project = county.asked(select(Project))[0]
    assert text["mentioned_mobile_list"] == ["13800000000"]
    assert project.code in text["content"]
    assert project.name not in text["content"]  # everybody in the group reads it
    assert "amy" not in text["content"].lower()


def test_every_notice_that_always_presses_has_its_words():
    assert set(TEXTS) >= ALWAYS


def test_the_log_asks_the_same_few_questions_however_many_messages_there_are(
    county, amy, bo, by_mail, project_id, statements
):
    chief = county.employs("jiang", "Chief", sees=(None,))
    _reach(county, bo)
    events = county.asked(select(EventRow.id).order_by(EventRow.id.desc()).limit(8))

    def told(event_ids):
        for event_id in event_ids:
            with work(SYSTEM) as w:
                w.event_id = event_id
                tell_project(w, project_id, "round_closed", {"silent": 0})
            _later()

    def asked():
        with statements() as sent:
            assert chief.opens("/notices/messages/").status_code == 200
        return len(sent)

    told(events[:1])
    asked()
    before = asked()
    told(events[1:])

    assert asked() == before
