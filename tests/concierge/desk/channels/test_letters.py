"""What others leave to be carried: sealed until it goes, once, and nothing of it left afterwards."""

from __future__ import annotations

from sqlalchemy import select

from concierge.desk.models.messages import MessageRow
from concierge.desk.rules.channels import MessageKind, MessageState
from concierge.kernel import jobs, letters
from concierge.kernel.actor import SYSTEM
from concierge.kernel.audit import AuditLine
from concierge.kernel.letters import LetterRow
from concierge.kernel.outbox import EventRow
from concierge.kernel.work import work
from tests.builders import a_project
from tests.concierge.desk.channels.conftest import SECRET, TAKEN

NUMBER, CODE = "13800002468", "424242"


def leaves(project_id: int, occasion: str = "signing:1") -> int:
    with work(SYSTEM) as w:
        return letters.leave(
            w,
            letters.Letter(to=NUMBER, short={"code": CODE}),
            way="sms",
            kind="signing",
            occasion=occasion,
            hint="138…2468",
            project_id=project_id,
        )


def by_sms(house, address: str) -> None:
    house(
        sms_access_key="key",
        sms_endpoint=address,
        sms_sign="帮代办",
        sms_code_template="SMS_1",
        sms_notice_template="SMS_2",
        **SECRET,
    )


def test_a_letter_goes_by_sms_at_once_and_is_forgotten(county, house, a_service):
    service = a_service((200, TAKEN))
    by_sms(house, service.address)
    project_id = a_project()

    leaves(project_id)
    jobs.run_due()

    (asked,) = service.heard
    assert (asked.query["PhoneNumbers"], asked.query["TemplateCode"]) == (NUMBER, "SMS_1")
    assert asked.query["TemplateParam"] == f'{{"code": "{CODE}"}}'
    (message,) = county.asked(select(MessageRow).where(MessageRow.kind == MessageKind.SIGNING))
    assert (message.state, message.hint) == (MessageState.SENT, "138…2468")
    assert county.asked(select(LetterRow.sealed)) == [None]


def test_neither_number_nor_code_stands_in_the_open_anywhere(county, house):
    house(sms_access_key="")
    leaves(a_project())

    written = [
        *county.asked(select(EventRow.facts)),
        *county.asked(select(AuditLine.facts)),
        *county.asked(select(MessageRow.facts)),
        *(str(vars(row)) for row in county.asked(select(LetterRow))),
    ]

    assert not any(NUMBER in one or CODE in one for one in written)


def test_one_occasion_leaves_one_letter(county):
    project_id = a_project()

    assert leaves(project_id) == leaves(project_id)
    assert len(county.asked(select(LetterRow.id))) == 1


def test_a_letter_that_cannot_go_is_given_up_and_forgotten(county, house, a_service):
    service = a_service((200, {"Code": "isv.MOBILE_NUMBER_ILLEGAL", "Message": "no"}))
    by_sms(house, service.address)

    leaves(a_project())
    jobs.run_due()

    assert county.asked(select(MessageRow.state).where(MessageRow.kind == MessageKind.SIGNING)) == [
        MessageState.DEAD
    ]
    assert county.asked(select(LetterRow.sealed)) == [None]
