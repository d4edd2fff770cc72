"""People say how they are told: an address is proved by a code; the morning; what is near; an enterprise."""

import json
import re
from datetime import date, time, timedelta
from email import message_from_bytes, policy
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from concierge.desk.models.channels import ChannelRow, HoursRow
from concierge.desk.models.messages import MessageRow
from concierge.desk.models.notices import NearRow, NoticeRow
from concierge.desk.rules.channels import Channel, MessageKind, MessageState, Rhythm
from concierge.handover.events import SubstitutionToTell
from concierge.kernel import clock, jobs
from concierge.kernel.actor import SYSTEM
from concierge.kernel.work import work
from projects.models.project import Enterprise, Project

TODAY = date(2026, 4, 15)
QUIET_AT_THREE = {"quiet_from": "03:00", "quiet_until": "03:00", "digest_at": "00:00"}


def _last(postman):
    return message_from_bytes(postman.mails[-1].content, policy=policy.default)


def _way(county):
    return county.asked(select(ChannelRow))[0]


@pytest.fixture
def reached(county, bo, by_mail):
    """Bo has a proved mail address, and no quiet hours."""

    def made(rhythm=Rhythm.MORNING, channel=Channel.MAIL, address="bo@example.org"):
        with work(SYSTEM) as w:
            now = clock.now()
            w.add(
                ChannelRow(person_id=bo.id, channel=channel, address=address, rhythm=rhythm, confirmed_at=now)
            )
            three = time(3, 0)
            w.add(HoursRow(person_id=bo.id, quiet_from=three, quiet_until=three, digest_at=time(0, 0)))

    return made


def test_an_address_is_used_once_its_owner_typed_the_code(county, bo, by_mail):
    kept = bo.sends("/notices/channels/mail", {"address": " bo@example.org ", "rhythm": "morning"})
    jobs.run_due()
    code = re.search(r"\d{6}", _last(by_mail).get_content())[0]
    page = bo.opens("/notices/channels/").text
    assert kept.status_code == 303
    assert "not confirmed" in page
    assert code not in str(vars(_way(county)))  # only its keyed hash is kept

    wrong = bo.sends("/notices/channels/mail/confirm", {"code": f"{(int(code) + 1) % 10**6:06d}"})
    right = bo.sends("/notices/channels/mail/confirm", {"code": code})

    assert wrong.status_code == 422
    assert "Tries left: 4" in wrong.text
    assert right.status_code == 303
    assert _way(county).confirmed_at is not None
    assert bo.sends("/notices/channels/mail/confirm", {"code": code}).status_code == 422  # good once


def test_five_wrong_codes_end_it_and_more_codes_than_three_an_hour_are_refused(county, bo, by_mail):
    bo.sends("/notices/channels/mail", {"address": "bo@example.org", "rhythm": "morning"})
    jobs.run_due()
    code = re.search(r"\d{6}", _last(by_mail).get_content())[0]
    for _ in range(5):
        bo.sends("/notices/channels/mail/confirm", {"code": "x"})

    late = bo.sends("/notices/channels/mail/confirm", {"code": code})
    codes = [bo.sends("/notices/channels/mail/code").status_code for _ in range(3)]

    assert "No code is open" in late.text
    assert codes == [303, 303, 409]  # the first one came with the address


def test_a_new_address_is_to_be_proved_again(county, bo, reached):
    reached()

    bo.sends("/notices/channels/mail", {"address": "bo2@example.org", "rhythm": "morning"})

    assert (_way(county).address, _way(county).confirmed_at) == ("bo2@example.org", None)


def test_a_wrong_address_stays_typed_with_what_is_needed(county, bo, by_mail):
    page = bo.sends("/notices/channels/mail", {"address": "bo at home", "rhythm": "pressing"})

    assert page.status_code == 422
    assert 'value="bo at home"' in page.text
    assert "Give a mail address" in page.text
    assert county.asked(select(ChannelRow)) == []


def test_a_channel_that_is_not_set_up_is_refused_by_name(county, bo, by_mail):
    answer = bo.sends("/notices/channels/sms", {"address": "13800000000", "rhythm": "pressing"})

    assert answer.status_code == 409
    assert "not set up here" in answer.text
    assert bo.sends("/notices/channels/pigeon", {"address": "x"}).status_code == 404


def test_hours_are_kept_and_a_time_that_is_none_is_refused(county, bo, by_mail):
    good = bo.sends("/notices/channels/hours", QUIET_AT_THREE)
    bad = bo.sends("/notices/channels/hours", {**QUIET_AT_THREE, "digest_at": "25:00"})

    assert good.status_code == 303
    assert bad.status_code == 422
    assert county.asked(select(HoursRow.digest_at)) == [time(0, 0)]


def test_an_address_taken_away_gets_nothing_more(county, bo, reached):
    reached()

    bo.sends("/notices/channels/mail/remove")

    assert county.asked(select(ChannelRow)) == []


def test_the_morning_brings_the_day_and_the_news_in_one_message(county, bo, by_mail, reached, project_id):
    reached()
    with work(SYSTEM) as w:
        w.enqueue("concierge.desk.tasks:plan_mornings")
    jobs.run_due()
    jobs.run_due(now=clock.moment() + timedelta(hours=24))

    digests = county.asked(select(MessageRow).where(MessageRow.kind == MessageKind.DIGEST))
    assert len(digests) == 1
    assert digests[0].state is MessageState.SENT
    mail = _last(by_mail)
    assert str(mail["Subject"])
    address = mail.get_content().split()[-1]
    assert urlsplit(address).path == "/"  # where the day of each begins

    with work(SYSTEM) as w:  # once a day, whatever happens
        w.enqueue("concierge.desk.tasks:send_morning", person_id=bo.id)
    jobs.run_due()
    assert len(county.asked(select(MessageRow).where(MessageRow.kind == MessageKind.DIGEST))) == 1


def test_nobody_gets_a_morning_message_on_a_rest_day(county, bo, by_mail, reached, project_id):
    reached()
    with clock.standing_at(date(2026, 4, 18)):  # a Saturday
        with work(SYSTEM) as w:
            w.enqueue("concierge.desk.tasks:plan_mornings")
        jobs.run_due(now=clock.moment() + timedelta(hours=24))

    assert county.asked(select(MessageRow)) == []


def test_a_task_that_falls_due_is_told_once(county, amy, project_id):
    for _ in range(2):
        with work(SYSTEM) as w:
            w.enqueue("concierge.desk.tasks:look_ahead", person_id=amy.id)
        jobs.run_due()

    told = county.asked(select(NoticeRow).where(NoticeRow.text.in_(("near", "near_many"))))
    known = county.asked(select(NearRow))
    assert [(row.text, json.loads(row.facts)["page"]) for row in told] == [("near_many", "/")]
    assert len(known) == 2
    assert len({(row.key, row.due_on) for row in known}) == len(known)


def _substitution(county, project_id, bo, *, phone="0431-88001234"):
    event = SubstitutionToTell(project_id, 1, bo.id, TODAY, TODAY + timedelta(days=4), "白波", phone)
    with work(SYSTEM) as w:
        w.record(event)
    jobs.run_due()


def _enterprise_has(county, project_id, phone):
    with work(SYSTEM) as w:
        project = w.get(Project, project_id)
        w.session.get(Enterprise, project.enterprise_id).phone = phone


def test_an_enterprise_hears_by_sms_who_acts(county, bo, by_sms, house, project_id):
    house(sms_substitution_template="SMS_3")
    _enterprise_has(county, project_id, "138 0000 0000")
    _substitution(county, project_id, bo)
    _substitution(county, project_id, bo)
    jobs.run_due(now=clock.moment() + timedelta(hours=14))  # after any night

    heard = [one.query for one in by_sms.heard if one.query["TemplateCode"] == "SMS_3"]
    assert len(heard) == 1  # told twice, sent once
    assert heard[0]["PhoneNumbers"] == "13800000000"
    assert '"who": "白波"' in heard[0]["TemplateParam"]
    assert '"phone": "0431-88001234"' in heard[0]["TemplateParam"]


def test_where_no_sms_can_go_out_a_person_is_asked_to_tell(county, amy, bo, by_sms, house, project_id):
    house(sms_substitution_template="SMS_3")
    _enterprise_has(county, project_id, "0431-88005678")  # a landline
    _substitution(county, project_id, bo)

    told = county.asked(select(NoticeRow.person_id).where(NoticeRow.text == "substitution_to_tell"))
    assert sorted(told) == sorted([amy.id, bo.id])
    assert "tell the enterprise today" in amy.opens("/notices/list/").text
