"""A package that is there reaches its department: by SMS, by an account, or by those in charge."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from concierge.desk.models.links import LinkRow
from concierge.desk.models.notices import NoticeRow
from concierge.desk.services.tell_package import tell_package
from concierge.kernel import jobs, letters
from concierge.kernel.actor import SYSTEM
from concierge.kernel.db import db
from concierge.kernel.letters import LetterRow
from concierge.kernel.work import work
from concierge.staff.rules.contacts import ContactPost, NewContact
from concierge.staff.services.name_contact import name_contact
from documents.models.package import PackageRow
from documents.services.request_package import request_package
from tests.concierge.desk.test_package_files import WITH_PAPERS, paper  # noqa: F401  (fixtures)

MOBILE = "13800002468"
pytestmark = pytest.mark.usefixtures("without_printer")


@pytest.fixture
def sms(county):
    """SMS set up for packages."""
    known = county.app.config["CONCIERGE"]
    county.app.config["CONCIERGE"] = replace(
        known,
        sms_access_key="key",
        sms_endpoint="http://127.0.0.1:9",
        sms_access_secret="of the tests",  # noqa: S106  (of no service)
        sms_sign="帮代办",
        sms_notice_template="SMS_1",
        sms_code_template="SMS_2",
        sms_package_template="SMS_8",
    )


@pytest.fixture
def sends(paper, the_step, amy):  # noqa: F811  (the fixture by its name)
    """Sends the package of the step; answers its row's number."""

    def sent():
        package_id = request_package(the_step(WITH_PAPERS).id, by=amy.actor)
        jobs.run_due()
        return package_id

    return sent


def _represents(department, amy, *, phone=MOBILE, person_id=None):
    name_contact(
        NewContact(
            post=ContactPost.REPRESENTATIVE,
            departments=(department,),
            name="王工",
            title="首席代表",
            phone=phone,
            person_id=person_id,
        ),
        by=amy.actor,
    )


def _texts(county, person_id):
    asked = select(NoticeRow.text).where(NoticeRow.person_id == person_id, NoticeRow.text.like("package%"))
    return county.asked(asked)


def test_the_representative_gets_a_link_that_opens_the_package(county, sms, sends, the_step, amy, visitor):
    _represents(the_step(WITH_PAPERS).department, amy)

    package_id = sends()

    (letter,) = county.asked(select(LetterRow))
    said = letters.read(db.session, letter.id)
    (row,) = county.asked(select(PackageRow))
    assert (letter.kind, letter.hint, said.to) == ("package", "138…2468", MOBILE)
    assert said.short["number"] == row.number
    page = visitor.enters(said.short["key1"] + said.short["key2"])
    assert "Download the package" in page.text
    assert county.asked(select(LinkRow.recipient)) == ["王工（首席代表）"]
    assert _texts(county, amy.id) == ["package_told"]
    with work(SYSTEM) as w:  # a second delivery of the event
        w.event_id = 1
        tell_package(w, package_id, WITH_PAPERS)
    assert len(county.asked(select(LetterRow))) == len(county.asked(select(LinkRow))) == 1


@pytest.mark.parametrize("phone", ["027-87654321", ""])
def test_without_a_mobile_number_those_in_charge_hand_the_link_on(county, sms, sends, the_step, amy, phone):
    if phone:
        _represents(the_step(WITH_PAPERS).department, amy, phone=phone)

    package_id = sends()

    assert _texts(county, amy.id) == ["package_ready"]
    assert county.asked(select(LetterRow)) == []
    assert f'href="/packages/{package_id}"' in amy.opens("/notices/list/?lang=en").text


def test_without_sms_those_in_charge_hand_the_link_on(county, sends, the_step, amy):
    _represents(the_step(WITH_PAPERS).department, amy)

    sends()

    assert _texts(county, amy.id) == ["package_ready"]
    assert county.asked(select(LinkRow)) == []


def test_a_representative_with_an_account_hears_it_there(county, sms, sends, the_step, amy):
    zhao = county.employs("zhao", "Liaison")
    _represents(the_step(WITH_PAPERS).department, amy, person_id=zhao.id)

    sends()

    assert _texts(county, zhao.id) == ["package_for_you"]
    assert county.asked(select(LetterRow)) == []
