"""An address as calendar programs ask for it: keys, bad luck, and as few questions as can be."""

import contextvars
from datetime import timedelta

import pytest

from bench.feed_checker import read
from concierge.feeds.rules.feed import FeedStopped
from concierge.feeds.services.stop_feed import stop_feed
from concierge.feeds.views.answering import Shelf
from concierge.kernel import clock, tokens
from concierge.kernel.actor import Actor
from concierge.kernel.errors import Missing, Stale


def number_of(ours, address):
    return ours._numbers[address]


def test_an_unknown_a_stopped_and_a_mistyped_key_look_alike(ours):
    address = ours.feed()
    stop_feed(number_of(ours, address), by=ours.a)
    unknown = f"/feeds/{tokens.mint('qyg_i_', 'somebody else').token}.ics"
    mistyped = address[:-6] + ("x" if address[-6] != "x" else "y") + address[-5:]

    answers = [ours.get(one) for one in (address, unknown, mistyped, "/feeds/x.ics")]

    assert {answer.status for answer in answers} == {404}
    assert len({answer.body for answer in answers}) == 1
    assert "text/plain" in answers[0].headers["content-type"]


def test_a_key_of_another_kind_of_page_opens_no_calendar(ours):
    of_a_department = tokens.mint("qyg_d_", ours._app.config["SECRET_KEY"]).token

    assert ours.get(f"/feeds/{of_a_department}.ics").status == 404


def test_a_key_opens_one_calendar_and_no_other_page(ours):
    address = ours.feed("project")
    token = address.rsplit("/", 1)[1].removesuffix(".ics")

    assert ours.get(f"/d/{token}").status in (404, 405)
    assert ours.get(f"/feeds/{token}").status == 404


@pytest.mark.parametrize("odd", ["%00", "%2e%2e%2fetc", "qyg_i_" + "A" * 4000, "%F0%9F%8F%AD", "qyg_i_"])
def test_nonsense_in_place_of_a_key_is_a_page_that_is_not_there(ours, odd):
    assert ours.get(f"/feeds/{odd}.ics").status in (400, 404)


def test_whoever_tries_keys_is_slowed_down_and_nobody_else(ours):
    limiter = ours._app.appbuilder.sm.limiter
    limiter.limiter.storage.reset()
    answers = [ours.get(f"/feeds/qyg_i_{place}.ics").status for place in range(32)]

    assert answers[:30] == [404] * 30
    assert answers[30:] == [429, 429]
    assert ours.get(ours.feed()).status == 200
    limiter.limiter.storage.reset()


def test_the_first_poll_reads_entries_and_a_known_tag_is_answered_by_one_question(ours, statements):
    address = ours.feed()
    tag = ours.get(address).headers["etag"]
    ours.get(address, If_None_Match=tag)

    with statements() as asked:
        answer = ours.get(address, If_None_Match=tag)

    reads = [text for text in asked if text.startswith("SELECT")]
    assert answer.status == 304
    assert len(reads) == 1, reads
    assert "feeds_entry" not in reads[0]


def test_two_polls_of_one_program_within_five_minutes_write_once(ours, statements):
    address = ours.feed()
    program = {"User_Agent": "Google-Calendar-Importer"}
    tag = ours.get(address, **program).headers["etag"]
    ours.get(address, If_None_Match=tag, **program)

    with statements() as asked:
        ours.get(address, If_None_Match=tag, **program)

    assert not [text for text in asked if text.startswith(("INSERT", "UPDATE"))]


def test_the_number_of_questions_does_not_grow_with_the_calendar(ours, statements):
    project, everything = ours.feed("project"), ours.feed("all")

    with statements() as few:
        ours.get(project)
    with statements() as many:
        ours.get(everything)

    assert abs(len(few) - len(many)) <= 6


def test_a_replaced_key_opens_for_another_day_and_says_so_then_says_only_that(ours):
    address = ours.feed()
    before = read(ours.get(address).body)

    new = ours.replace_key(address)

    overlap = read(ours.get(address).body)
    assert len(overlap.entries) == len(before.entries) + 1
    assert len(read(ours.get(new).body).entries) == len(before.entries)
    with clock.standing_at(clock.today() + timedelta(days=2)):
        ended = ours.get(address)
        assert (ended.status, len(read(ended.body).entries)) == (410, 1)
        assert "etag" not in ended.headers
        assert ours.get(new).status == 200
    with clock.standing_at(clock.today() + timedelta(days=40)):
        assert ours.get(address).status == 404


def test_a_key_ends_after_a_year(ours):
    address = ours.feed()

    with clock.standing_at(clock.today() + timedelta(days=364)):
        assert ours.get(address).status == 200
    with clock.standing_at(clock.today() + timedelta(days=366)):
        assert ours.get(address).status == 410


def test_a_key_replaced_from_an_old_page_is_refused(ours):
    address = ours.feed()
    ours.replace_key(address)

    with pytest.raises(Stale):
        ours.replace_key(address)


def test_an_address_can_be_stopped_by_its_owner_alone_and_once(ours):
    number = number_of(ours, ours.feed())

    with pytest.raises(Missing):
        stop_feed(number, by=Actor(ours.b.id, "乙二"))
    stop_feed(number, by=ours.a)
    with pytest.raises(FeedStopped):
        stop_feed(number, by=ours.a)


def test_who_leaves_the_staff_takes_no_calendar_along_but_the_enterprise_keeps_its_own(ours, subscribed):
    from flask_appbuilder.security.sqla.models import User

    from concierge.kernel.actor import SYSTEM
    from concierge.kernel.work import work

    mine, theirs = ours.feed(), ours.feed("enterprise")
    with work(SYSTEM) as w:
        w.session.get_one(User, ours.a.id).active = False

    assert ours.get(mine).status == 404
    assert ours.get(theirs).status == 200


def test_an_enterprises_calendar_leads_nowhere_and_knows_no_department_business(ours):
    body = ours.get(ours.feed("enterprise")).body

    assert b"URL:" not in body
    assert "联合审查".encode() not in body


def test_head_is_answered_like_get_without_the_calendar(ours):
    address = ours.feed()
    full = ours.get(address)

    head = contextvars.Context().run(ours._app.test_client().head, address)

    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["ETag"] == full.headers["etag"]


def test_a_new_day_changes_the_words_and_the_tag_by_midnight_not_by_the_clock(ours):
    address = ours.feed()
    today = ours.get(address)
    with clock.standing_at(clock.today() + timedelta(days=8)):  # four working days before the sitting
        later, again = ours.get(address), ours.get(address)

    assert later.headers["etag"] != today.headers["etag"]
    assert later.body == again.body
    assert (
        "23 Apr 2026 16:00:00" in again.headers["last-modified"]
        or "22 Apr 2026 16:00:00" in (again.headers["last-modified"])
    )


def test_a_program_that_names_no_tag_gets_the_same_bytes_without_a_look_at_entries(ours, statements):
    address = ours.feed()
    first = ours.get(address)

    with statements() as asked:
        second = ours.get(address)

    assert second.body == first.body
    assert not [text for text in asked if "feeds_entry" in text]


def test_the_shelf_keeps_what_was_asked_for_last_and_no_more_than_fits():
    shelf = Shelf(10)
    shelf.put("a", b"aaaa")
    shelf.put("b", b"bbbb")
    shelf.get("a")
    shelf.put("c", b"cccc")  # 12 octets are too many: b was longest not asked for

    assert [shelf.get(tag) for tag in "abc"] == [b"aaaa", None, b"cccc"]
