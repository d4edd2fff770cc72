"""日历订阅: an address is made in two presses, shown once, and looked after by its owner alone."""

import re

import pytest
from sqlalchemy import select

from bench.feed_checker import read
from concierge.feeds.models import FeedRow, FetchRow
from concierge.kernel.work import reading


@pytest.fixture
def amy(subscribed, ours):
    """The officer who acts for both projects."""
    return subscribed.lets_in(ours.a.id, "feeda")


@pytest.fixture
def bo(subscribed, ours):
    return subscribed.lets_in(ours.b.id, "feedb")


@pytest.fixture
def boss(subscribed):
    return subscribed.employs("boss", "Chief", sees=(None,))


def asks(person, **told):
    return person.sends("/calendar/", {"device": "My phone", "purpose": "all", **told})


def address_in(page):
    return re.search(r'value="http[^"]*(/feeds/qyg_i_[^"]+\.ics)"', page.text)[1]


def feeds():
    with reading() as session:
        return list(session.scalars(select(FeedRow).order_by(FeedRow.id)))


def test_the_page_offers_an_address_and_two_presses_make_one(amy, ours):
    page = amy.opens("/calendar/")
    assert "No address yet" in page.text

    made = asks(amy)

    address = address_in(made)
    assert made.status_code == 200
    assert "webcal://" in made.text
    assert "<svg" in made.text
    assert "Shown this once" in made.text
    assert ours.get(address).status == 200
    assert address not in amy.opens("/calendar/").text


def test_the_week_is_worded_as_in_the_calendar(amy, ours):
    body = ours.get(address_in(asks(amy, language="en"))).body
    title = next(
        entry.first("SUMMARY").text
        for entry in read(body).entries
        if entry.value("DTSTART") == "20260427T143000"
    )

    page = amy.opens(f"/calendar/?week=2026-04-27&feed={feeds()[0].id}")

    assert title.split(" · ")[0] in page.text
    assert "政务大厅3楼302" in page.text


@pytest.mark.parametrize("week", ["yesterday", "9999-12-31", "0001-01-01", "2026-02-30", "%00"])
def test_a_week_that_is_none_shows_one_all_the_same(amy, week):
    assert amy.opens(f"/calendar/?week={week}").status_code in (200, 400)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"device": "  "}, "Name the device or program"),
        ({"purpose": "moon"}, "Choose what the calendar shows"),
        ({"purpose": "project"}, "Choose what the calendar shows"),
    ],
)
def test_what_is_missing_is_said_beside_the_form_and_nothing_typed_is_lost(amy, told, said):
    answer = asks(amy, detail="busy", **told)

    assert answer.status_code == 422
    assert said in answer.text
    assert '<option value="busy" selected>' in answer.text
    assert not feeds()


def test_a_project_out_of_ones_charge_is_not_there(subscribed, ours):
    stranger = subscribed.employs("cai", "Concierge")

    assert asks(stranger, purpose="project", project=str(ours.projects[0])).status_code == 404
    assert asks(stranger, purpose="enterprise", enterprise="1").status_code == 404
    assert asks(stranger, purpose="project", project="x" * 50).status_code == 404


def test_a_supervisor_hands_no_calendar_to_others(subscribed):
    judge = subscribed.employs("fang", "Supervisor", sees=(None,))

    answer = asks(judge, purpose="department", department="NRP")

    assert answer.status_code == 422
    assert "Reviews of one department" not in judge.opens("/calendar/").text


def test_who_fetched_is_shown_with_the_hour_and_no_more_is_kept(amy, ours):
    address = address_in(asks(amy))
    ours.get(address, User_Agent="iOS/17.4 (21E219) dataaccessd/1.0 +86 13800000000")

    page = amy.opens("/calendar/")

    assert "iPhone or iPad" in page.text
    with reading() as session:
        (row,) = session.scalars(select(FetchRow))
    assert (row.client, row.status, row.fetches) == ("iPhone or iPad", 200, 1)


def test_is_my_calendar_working_tells_what_was_not_fetched_and_how_programs_behave(amy):
    asks(amy)

    page = amy.opens("/calendar/working")

    assert "not fetched yet" in page.text
    assert "Google Calendar" in page.text
    assert "8 to 24 hours" in page.text


def test_less_is_told_after_the_settings_changed(amy, ours):
    address = address_in(asks(amy))
    before = ours.get(address)
    assert "禾川新材".encode() in before.body

    row = feeds()[0]
    form = {"version": row.version, "detail": "short", "language": "en", "alarms": "1"}
    amy.sends(f"/calendar/{row.id}/settings", form)

    after = ours.get(address, If_None_Match=before.headers["etag"])
    assert after.status == 200
    assert "禾川新材".encode() not in after.body
    assert b"BEGIN:VALARM" in after.body


def test_a_new_address_is_shown_once_and_the_page_made_before_is_refused(amy, ours):
    first = address_in(asks(amy))
    row = feeds()[0]

    page = amy.sends(f"/calendar/{row.id}/again", {"version": row.version})
    second = amy.sends(f"/calendar/{row.id}/again", {"version": row.version})

    assert address_in(page) != first
    assert second.status_code == 409


def test_a_stopped_address_is_gone_from_the_page_and_from_the_world(amy, ours):
    address = address_in(asks(amy))

    amy.sends(f"/calendar/{feeds()[0].id}/stop")

    assert ours.get(address).status == 404
    assert "No address yet" in amy.opens("/calendar/").text


def test_nobody_touches_an_address_that_is_not_theirs(amy, bo, boss):
    asks(amy)
    row = feeds()[0]

    for person in (bo, boss):
        assert person.sends(f"/calendar/{row.id}/stop").status_code == 404
        assert person.sends(f"/calendar/{row.id}/again", {"version": row.version}).status_code == 404
        assert person.opens(f"/calendar/{row.id}/calendar.ics").status_code == 404
    assert feeds()[0].revoked_at is None


def test_a_signed_in_person_downloads_the_file(amy):
    asks(amy)

    file = amy.opens(f"/calendar/{feeds()[0].id}/calendar.ics")

    assert "attachment" in file.headers["Content-Disposition"]
    assert not read(file.data).faults


def test_the_page_asks_as_often_for_one_address_as_for_many(amy, statements):
    asks(amy)
    amy.opens("/calendar/")
    with statements() as one:
        amy.opens("/calendar/")
    for device in ("Mac", "Outlook", "iPad"):
        asks(amy, device=device)
    with statements() as many:
        amy.opens("/calendar/")

    assert len([text for text in many if text.startswith("SELECT")]) == len(
        [text for text in one if text.startswith("SELECT")]
    )


def test_strangers_sign_in_first(subscribed):
    assert subscribed.stranger().get("/calendar/").status_code == 302
