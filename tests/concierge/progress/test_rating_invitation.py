"""The one invitation to rate reaches the enterprise by SMS, with a link that opens the form."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select, update

from approvals.models.step import Step
from approvals.rules.progress import Move
from concierge.desk.channels.sms import LONGEST_VALUE
from concierge.kernel import jobs, letters
from concierge.kernel.actor import SYSTEM
from concierge.kernel.db import db
from concierge.kernel.letters import LetterRow
from concierge.kernel.work import work
from concierge.progress.services.invite_by_letter import invite_by_letter
from concierge.ratings.models.rating import OccasionRow
from concierge.ratings.services.follow_steps import follow_steps
from projects.models.project import Enterprise, Project
from projects.services.record_move import record_move
from tests.builders import a_project
from tests.kernel.fixtures_office import apart

FIRST = "investment-lead-screening"  # waits for nothing
MOBILE = "13800002468"
SMS = {
    "sms_access_key": "key",
    "sms_endpoint": "http://127.0.0.1:9",
    "sms_access_secret": "of the tests",
    "sms_sign": "帮代办",
    "sms_notice_template": "SMS_1",
    "sms_code_template": "SMS_2",
    "sms_rating_template": "SMS_5",
}


@pytest.fixture
def occasion(county):
    """A step that was decided, of an enterprise with a mobile number."""
    project_id = a_project()
    step_id = county.asked(select(Step.id).where(Step.project_id == project_id, Step.code == FIRST))[0]
    for move, on in ((Move.ACCEPT, date(2026, 4, 7)), (Move.PASS, date(2026, 4, 9))):
        record_move(step_id, move, on, by=SYSTEM)
    jobs.run_due()
    with work(SYSTEM) as w:
        follow_steps(w)
        owner = select(Project.enterprise_id).where(Project.id == project_id).scalar_subquery()
        w.session.execute(update(Enterprise).where(Enterprise.id == owner).values(phone=MOBILE))
    return county.asked(select(OccasionRow).where(OccasionRow.project_id == project_id))[0]


def invites(row) -> bool:
    with work(SYSTEM) as w:
        return invite_by_letter(w, row.id, row.project_id)


def set_up(county, **settings) -> None:
    known = county.app.config["CONCIERGE"]
    county.app.config["CONCIERGE"] = replace(known, **settings)


def test_the_link_goes_to_the_number_on_file_once_and_opens_the_form(county, occasion):
    set_up(county, **SMS)

    assert invites(occasion)
    assert invites(occasion)  # a second delivery of the event

    (letter_id,) = county.asked(select(LetterRow.id))
    letter = letters.read(db.session, letter_id)
    assert letter.to == MOBILE
    key = letter.short["key1"] + letter.short["key2"]
    assert max(len(one) for one in letter.short.values()) <= LONGEST_VALUE  # nothing of it is cut off
    answer = apart(county.stranger().get, f"/p/{key}/rate")
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/p/at/")


@pytest.mark.parametrize("missing", ["sms_access_key", "sms_rating_template"])
def test_where_no_sms_can_go_a_person_hands_the_link_on(county, occasion, missing):
    set_up(county, **{**SMS, missing: ""})

    assert not invites(occasion)
    assert county.asked(select(LetterRow.id)) == []
