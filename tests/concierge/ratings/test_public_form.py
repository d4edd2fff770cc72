"""An enterprise rates a finished service by link: the form, its bad days, and what no page may tell."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import event, select

from concierge.kernel import clock
from concierge.kernel.actor import SYSTEM
from concierge.kernel.db import db
from concierge.kernel.work import work
from concierge.ratings.models.rating import FollowUpRow, OccasionRow, RatingReasonRow, RatingRow
from concierge.ratings.models.redress import RedressRow
from concierge.ratings.rules.rating import Level, Reason
from concierge.ratings.rules.redress import Finding
from concierge.ratings.services.follow_negative import Contact, contact_rater, put_right
from concierge.ratings.services.make_rating_link import make_rating_link
from tests.concierge.ratings.conftest import TODAY

HEADERS = {
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "private, no-store",
    "X-Frame-Options": "DENY",
}
MOST_QUERIES = 12


def test_the_key_leaves_the_address_at_once(rater, token):
    page = rater.enters(token)

    assert page.status_code == 200
    assert rater.front.startswith("/p/at/")
    assert token not in rater.front + page.text + str(page.headers)


@pytest.mark.parametrize(
    "path", ["/p/{token}/rate", "/p/at/nothing/rate", "/p/qyg_r_nothing/rate", "/p/ratings"]
)
def test_every_page_below_p_keeps_to_itself(rater, token, path):
    page = rater.opens(path.format(token=token))

    assert {name: page.headers[name] for name in HEADERS} == HEADERS
    assert "session" not in page.headers.get("Set-Cookie", "")


def test_the_form_says_what_is_rated_and_how_long_it_took(rater, token):
    page = rater.enters(token).text

    assert "Closed on 9 Apr." in page
    assert "It took 2 working days; promised were" in page  # accepted Tuesday 7 April: the 8th and the 9th


def test_a_rating_is_kept_with_its_reasons(rater, token, county):
    page = rater.enters(token)

    answer = rater.sends(
        page, level="satisfied", reason=["kept_promise", "friendly"], words="挺快", anonymous="1"
    )

    assert answer.status_code == 303
    (kept,) = county.asked(select(RatingRow))
    assert (kept.level, kept.words, kept.is_anonymous) == (Level.SATISFIED, "挺快", True)
    assert set(county.asked(select(RatingReasonRow.reason))) == {Reason.KEPT_PROMISE, Reason.FRIENDLY}
    assert "Thank you" in rater.opens(answer.headers["Location"]).text


def test_the_same_form_sent_twice_is_one_rating(rater, token, county):
    page = rater.enters(token)
    rater.sends(page, level="satisfied", anonymous="1")

    again = rater.sends(page, level="very_dissatisfied", reason="late", anonymous="1")

    assert again.status_code == 303
    assert county.asked(select(RatingRow.level)) == [Level.SATISFIED]


def test_a_negative_rating_without_a_fault_comes_back_with_everything_typed(rater, token, county):
    page = rater.enters(token)

    answer = rater.sends(page, level="dissatisfied", words="等了很久", name="王强", phone="13800001111")

    assert answer.status_code == 422
    assert "Choose at least one thing that went wrong" in answer.text
    assert "等了很久" in answer.text
    assert 'value="王强"' in answer.text
    assert 'value="dissatisfied" checked' in answer.text
    assert county.asked(select(RatingRow)) == []


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"level": ""}, "Choose one of the five levels"),
        ({"level": "splendid"}, "Choose one of the five levels"),
        (
            {"level": "satisfied", "words": "长" * 201, "anonymous": "1"},
            "at most 200 characters; these are 201",
        ),
        ({"level": "satisfied"}, "Give your name and a telephone number"),
        ({"level": "satisfied", "name": "王强"}, "Give your name and a telephone number"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(rater, token, typed, said):
    answer = rater.sends(rater.enters(token), **typed)

    assert answer.status_code == 422
    assert said in answer.text


def test_an_anonymous_rating_keeps_neither_name_nor_number(rater, token, county):
    rater.sends(rater.enters(token), level="satisfied", name="王强", phone="13800001111", anonymous="1")

    (kept,) = county.asked(select(RatingRow))
    assert (kept.rater_name, kept.rater_phone) == ("", "")


def test_a_form_of_another_page_is_refused_and_keeps_what_was_typed(rater, token, county):
    rater.enters(token)
    front = rater.front.partition("?")[0]

    answer = rater.browser.post(
        f"{front}?lang=en", data={"level": "satisfied", "words": "别丢了", "key": "1", "seal": "x"}
    )

    assert answer.status_code == 422
    assert "别丢了" in answer.text
    assert county.asked(select(RatingRow)) == []


def test_unknown_mistyped_and_replaced_keys_look_alike(rater, token, occasion_id):
    make_rating_link(occasion_id, by=SYSTEM)

    answers = [
        rater.opens(f"/p/{one}/rate?lang=en") for one in (token, token[:-1] + "x", "qyg_d_" + token[6:])
    ]

    assert {one.status_code for one in answers} == {404}
    assert len({one.text for one in answers}) == 1


def test_a_new_key_ends_the_visit_of_the_old_one(rater, token, occasion_id):
    rater.enters(token)
    make_rating_link(occasion_id, by=SYSTEM)

    assert rater.opens(rater.front).status_code == 404


def test_a_link_past_its_time_says_so(rater, token):
    with clock.standing_at(TODAY + timedelta(days=91)):
        answer = rater.opens(f"/p/{token}/rate?lang=en")

    assert answer.status_code == 410
    assert "telephone 12345" in answer.text


def test_a_service_that_is_open_again_cannot_be_rated(rater, token, occasion_id, county):
    with work(SYSTEM) as w:
        w.get(OccasionRow, occasion_id).withdrawn_at = clock.now()

    page = rater.enters(token)

    assert "Nothing to rate yet" in page.text
    assert "<form" not in page.text


def test_after_the_answer_one_more_word_can_be_said_once(rater, token, rates, amy, carol, county):
    rates(Level.VERY_DISSATISFIED, name="王强", phone="13800001111")
    (redress,) = county.asked(select(RedressRow))
    assert "<form" not in rater.enters(token).text  # no answer yet
    contact_rater(redress.id, Contact(note="已电话核实情况", finding=Finding.CLEAR), by=carol.actor)
    put_right(redress.id, "窗口没有及时通知", "当天补发通知", "已补发通知并致歉", by=carol.actor)

    page = rater.enters(token)
    assert "已补发通知并致歉" in page.text
    assert "窗口没有及时通知" not in page.text  # whose fault it was stays inside
    rater.sends(page, level="satisfied", words="谢谢")
    twice = rater.sends(page, level="very_satisfied")

    assert county.asked(select(FollowUpRow.level)) == [Level.SATISFIED]
    assert county.asked(select(RatingRow.level)) == [Level.VERY_DISSATISFIED]
    assert twice.status_code == 409


def test_the_form_asks_few_questions(rater, token):
    rater.enters(token)
    asked: list[str] = []

    def note(_conn, _cursor, statement, *_rest):
        asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    rater.opens(rater.front)
    event.remove(db.engine, "before_cursor_execute", note)

    assert sum(not one.startswith(("PRAGMA", "BEGIN", "SAVEPOINT")) for one in asked) <= MOST_QUERIES
