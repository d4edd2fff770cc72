"""The screens of ratings and of the appraisal: what they show, who may, how much they ask."""

from __future__ import annotations

import re
from datetime import date

import pytest
from sqlalchemy import event, select

from concierge.kernel import clock
from concierge.kernel.actor import SYSTEM
from concierge.kernel.db import db
from concierge.kernel.work import work
from concierge.ratings.models.appraisal import AppraisedRow
from concierge.ratings.models.rating import OccasionRow, RatingRow
from concierge.ratings.models.redress import RatingAppealRow, RedressRow
from concierge.ratings.queries.appraisal import appraisals
from concierge.ratings.rules.appraisal import USUAL_WEIGHTS, Count, Measure, weights_of
from concierge.ratings.rules.rating import Channel, Given, Level, Rated, Reason
from concierge.ratings.services.close_quarter import close_quarter
from concierge.ratings.services.open_occasion import Finished, open_occasion
from concierge.ratings.services.rate_service import rate_service
from concierge.ratings.views.todos import todos
from concierge.supervision.models.card import CardRow
from concierge.supervision.models.follow_up import ChaseRow
from concierge.supervision.rules.card import Cause, ChaseWay, Colour
from concierge.supervision.rules.reporting_period import ReportingPeriod
from tests.concierge.ratings.conftest import CLOSED_ON, TODAY
from tests.kernel.fixtures_office import Somebody

MOST_QUERIES = 30
CALLED = {"finding": "complex", "rectify_due_on": "2026-04-20", "note": "已电话联系并核实"}


def questions(person: Somebody, path: str) -> int:
    """How many questions a page asks of the database."""
    asked: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        assert person.opens(path).status_code == 200
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return sum(not one.startswith(("PRAGMA", "BEGIN", "SAVEPOINT")) for one in asked)


@pytest.fixture
def rating_id(rates) -> int:
    """A named negative rating of 15 April."""
    return rates(Level.DISSATISFIED, words="来回跑了两趟", name="王强", phone="13800001111")


def test_the_board_shows_what_waits_and_how_long(carol, rating_id):
    page = carol.opens("/ratings/?lang=en").text

    assert "To be contacted and verified" in page
    assert "16 Apr" in page
    assert "1 working days left" in page
    assert "<dt>Negative ones answered</dt><dd>—</dd>" in page  # nothing is due yet


def test_the_board_without_ratings_says_so(carol):
    page = carol.opens("/ratings/?lang=en").text

    assert "No negative rating waits for anybody" in page
    assert "No service was closed or rated in these days." in page


def test_the_same_board_prints(carol, rating_id):
    page = carol.opens("/ratings/print?lang=en&period=quarter")

    assert page.status_code == 200
    assert "Report on service ratings" in page.text


def test_a_rating_goes_its_way_on_its_page(county, carol, fang, rating_id):
    where = f"/ratings/one/{rating_id}"
    assert "王强, telephone 13800001111" in carol.opens(f"{where}?lang=en").text

    for person, act, typed in (
        (carol, "contact", CALLED),
        (
            carol,
            "put-right",
            {"fault": "窗口漏告知一项", "measure": "指南已经补充", "answer": "已改正并致歉"},
        ),
        (fang, "call-back", {"level": "satisfied", "note": "企业表示认可"}),
    ):
        assert person.sends(f"{where}/{act}?lang=en", typed).status_code == 303, act

    page = carol.opens(f"{where}?lang=en").text
    assert "Followed to the end" in page
    assert page.index("Called back") < page.index("Put right and answered") < page.index("Contacted")
    assert county.asked(select(RedressRow.satisfied_after)) == [Level.SATISFIED]


@pytest.mark.parametrize(
    ("act", "typed", "said"),
    [
        ("contact", {"note": "已电话联系并核实"}, "Choose what the contact showed"),
        ("contact", CALLED | {"rectify_due_on": "2026-07-01"}, "lies between 2026-04-15 and"),
        ("contact", CALLED | {"rectify_due_on": "tomorrow"}, "Give the date by which"),
        ("contact", CALLED | {"note": "好"}, "at least 5 characters"),
        ("put-right", {"fault": "窗口漏告知一项"}, "This is not what comes next"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(carol, rating_id, act, typed, said):
    answer = carol.sends(f"/ratings/one/{rating_id}/{act}?lang=en", typed)

    assert answer.status_code in (409, 422)
    assert said in answer.text
    if act == "contact" and len(typed["note"]) > 1:
        assert "已电话联系并核实" in answer.text


def test_the_rated_officer_sees_neither_giver_nor_form_and_is_told_who_may(amy, carol, rating_id):
    page = amy.opens(f"/ratings/one/{rating_id}?lang=en").text

    assert "王强" not in page
    assert "This rating is about you" in page
    assert "Carol" in page
    assert f"/ratings/one/{rating_id}/contact" not in page
    refused = amy.sends(f"/ratings/one/{rating_id}/contact?lang=en", CALLED)
    assert refused.status_code == 409
    assert "Those who may: Carol" in refused.text


def test_an_appeal_is_written_and_decided_on_the_page(county, amy, fang, rating_id):
    where = f"/ratings/one/{rating_id}"
    typed = {"speaker": "何佳 A岗", "reason": "企业把两件事记混了"}
    assert amy.sends(f"{where}/appeal?lang=en", typed).status_code == 303
    assert (
        "Choose whether the appeal"
        in fang.sends(f"{where}/decide?lang=en", {"decision": "核对过了属实"}).text
    )

    answer = fang.sends(f"{where}/decide?lang=en", {"ruling": "upheld", "decision": "核对过了属实"})

    assert answer.status_code == 303
    assert "Set aside on appeal" in fang.opens(f"{where}?lang=en").text
    assert county.asked(select(RatingAppealRow.decided_by_id)) == [fang.id]


def test_an_anonymous_rating_shows_no_enterprise_and_no_project(county, carol, rates):
    rating_id = rates(Level.DISSATISFIED)

    page = carol.opens(f"/ratings/one/{rating_id}?lang=en").text

    assert "Anonymous" in page
    assert re.search(r"第\d+号(企业|项目)", page) is None


def test_a_link_is_made_once_and_its_key_is_shown_once(county, amy, occasion_id):
    page = amy.opens("/ratings/unrated/?lang=en").text
    assert "not due yet" in page

    shown = amy.sends(f"/ratings/unrated/{occasion_id}/link?lang=en", {"version": "1"})

    assert shown.status_code == 200
    (key,) = set(re.findall(r"/p/(qyg_r_[\w\-]{38})/rate", shown.text))
    assert key not in amy.opens("/ratings/unrated/?lang=en").text
    (kept,) = county.asked(select(OccasionRow.token_hash))
    assert key not in kept
    again = amy.sends(f"/ratings/unrated/{occasion_id}/link?lang=en", {"version": "1"})
    assert again.status_code == 409  # an old page makes no second key


def test_what_is_out_of_sight_does_not_exist(county, occasion_id, rating_id):
    eve = county.employs("eve", "Concierge")

    assert eve.opens(f"/ratings/one/{rating_id}").status_code == 404
    assert eve.sends(f"/ratings/unrated/{occasion_id}/link").status_code == 404
    assert "0</b>" in eve.opens("/ratings/unrated/?lang=en").text


@pytest.mark.parametrize("act", ["contact", "put-right", "call-back", "appeal", "decide"])
def test_a_liaison_reads_and_does_nothing(county, rating_id, act):
    liaison = county.employs("lin", "Liaison", sees=(None,))

    assert liaison.opens(f"/ratings/one/{rating_id}").status_code == 200
    assert liaison.sends(f"/ratings/one/{rating_id}/{act}").status_code == 403


def held_card(step_id: int, person_id: int, shown_on: date, project_id: int) -> CardRow:
    """A yellow card shown while somebody held the case."""
    return CardRow(
        project_id=project_id,
        step_id=step_id,
        code="investment-lead-screening",
        attempt=1,
        department="IPB",
        colour=Colour.YELLOW,
        cause=Cause.PROMISED_NEAR,
        limit_on=shown_on,
        shown_on=shown_on,
        shown_at=clock.now(),
        held_by_id=person_id,
        held_by="amy",
        held_role="A",
    )


def test_an_officers_sum_is_counted_from_the_records(county, amy, bo, step_id, rates):
    rates(Level.SATISFIED, reasons=())
    project_id = county.asked(select(OccasionRow.project_id))[0]
    county.keeps(held_card(step_id, amy.id, date(2026, 4, 8), project_id))
    period = ReportingPeriod(date(2026, 4, 1), TODAY)

    def counts() -> dict[Measure, Count]:
        with work(SYSTEM) as w:
            return appraisals(w.session, period, weights_of(USUAL_WEIGHTS), TODAY).records[amy.id].counts()

    before = counts()
    county.keeps(
        ChaseRow(
            project_id=project_id,
            step_id=step_id,
            attempt=1,
            department="IPB",
            by="amy",
            on=date(2026, 4, 9),  # the next working day
            at=clock.now(),
            way=ChaseWay.PHONE,
            to_whom="高岩",
        )
    )

    assert before[Measure.CHASED] == Count(0, 1)
    assert counts() == {
        Measure.ON_TIME: Count(1, 1),
        Measure.SATISFIED: Count(1, 1),
        Measure.CHASED: Count(1, 1),
        Measure.FIRST_TIME: Count(1, 1),
        Measure.HANDED_OVER: Count(0, 0),
        Measure.CASES: Count(1, 12),
    }


def test_an_officer_sees_the_own_sum_only_and_the_chief_all(amy, bo, carol, step_id):
    assert "25 × 1 ÷ 1" in amy.opens(f"/ratings/officers/{amy.id}?lang=en").text
    assert amy.opens(f"/ratings/officers/{bo.id}").status_code == 404
    page = carol.opens("/ratings/officers/?lang=en").text
    assert "Amy" in page
    assert "Bo" in page


def test_a_closed_quarter_stands_as_it_was_counted(county, amy, carol, step_id, rates):
    rates(Level.SATISFIED, reasons=())
    with clock.standing_at(date(2026, 7, 1)), work(SYSTEM) as w:
        assert close_quarter(w) == 1
        assert close_quarter(w) == 0  # once
    kept = county.asked(select(AppraisedRow.points).where(AppraisedRow.measure == Measure.SATISFIED))
    with work(SYSTEM) as w:
        w.get(OccasionRow, county.asked(select(OccasionRow.id))[0]).withdrawn_at = clock.now()

    with clock.standing_at(date(2026, 7, 2)):
        page = carol.opens(f"/ratings/officers/{amy.id}?lang=en&period=last-quarter").text

    assert [f"{one:.2f}" for one in kept] == ["25.00"]
    assert "25 × 1 ÷ 1" in page  # though the record it rests on was taken back since


def many_ratings(project_id: int, count: int) -> None:
    """So many negative ratings of one project's services."""
    for number in range(count):
        with work(SYSTEM) as w:
            done = Finished(
                kind=Rated.SERVICE,
                source_id=1000 + number,
                closed_on=CLOSED_ON,
                department=f"D{number}",
                project_id=project_id,
                title="企业开办",
            )
            occasion_id = open_occasion(w, done)
        rate_service(
            occasion_id, Given(level=Level.DISSATISFIED, reasons=frozenset({Reason.LATE})), by=SYSTEM
        )


def test_no_page_asks_more_for_more_ratings(county, carol, rating_id):
    project_id = county.asked(select(RatingRow.project_id))[0]
    paths = [
        "/ratings/",
        f"/ratings/one/{rating_id}",
        "/ratings/unrated/",
        "/ratings/officers/",
        "/p/ratings",
    ]
    for path in paths:
        carol.opens(path)
    before = [questions(carol, path) for path in paths]
    many_ratings(project_id, 12)
    carol.opens(paths[-2])  # the menu's figures are counted once after something happened

    after = [questions(carol, path) for path in paths]

    assert after == before
    assert max(after) <= MOST_QUERIES


def test_a_negative_rating_is_on_the_chiefs_day_and_not_on_the_rated_officers(county, amy, carol, rating_id):
    county.employs("gao", "Supervisor")
    with county.app.test_request_context(), work(SYSTEM) as w:
        hers = list(todos(w.session, carol.actor, TODAY))
        amys = list(todos(w.session, amy.actor, TODAY))

    assert [(one.key, one.due_on) for one in hers] == [(f"rating:{rating_id}:contact", date(2026, 4, 16))]
    assert amys == []


def test_an_invitation_is_on_the_acting_officers_day_until_the_link_is_made(county, amy, bo, occasion_id):
    with work(SYSTEM) as w:
        w.get(OccasionRow, occasion_id).invited_at = clock.now()
    with county.app.test_request_context(), work(SYSTEM) as w:
        found = [list(todos(w.session, one.actor, TODAY)) for one in (amy, bo)]
    amy.sends(f"/ratings/unrated/{occasion_id}/link")
    with county.app.test_request_context(), work(SYSTEM) as w:
        later = list(todos(w.session, amy.actor, TODAY))

    (project_id,) = county.asked(select(OccasionRow.project_id))
    assert [[one.key for one in each] for each in found] == [[f"rating-links:{project_id}:invite"], []]
    assert found[0][0].facts["count"] == 1
    assert later == []


def test_the_published_list_names_nobody_and_shows_the_answer(county, rater, rates, carol):
    rates(Level.DISSATISFIED, words="王强跑了两趟，电话13800001111", name="王强", phone="13800001111")
    rating_id = county.asked(select(RatingRow.id))[0]
    carol.sends(f"/ratings/one/{rating_id}/contact", CALLED)
    carol.sends(
        f"/ratings/one/{rating_id}/put-right",
        {"fault": "窗口漏告知一项", "measure": "指南已经补充", "answer": "王强您好，已改正并致歉"},
    )

    page = rater.opens("/p/ratings?lang=en").text

    assert "跑了两趟" in page
    assert "您好，已改正并致歉" in page
    assert not any(secret in page for secret in ("王强", "13800001111", "窗口漏告知一项", "号企业", "号项目"))


@pytest.mark.parametrize("asked", ["page=99", "page=-1", "page=x", "department=NOPE"])
def test_the_published_list_stands_whatever_is_asked(rater, rates, asked):
    rates(Level.SATISFIED, reasons=())

    assert rater.opens(f"/p/ratings?lang=en&{asked}").status_code == 200


def test_what_came_on_paper_is_typed_in_by_somebody_else_than_the_rated(county, amy, carol, occasion_id):
    where, typed = f"/ratings/paper/{occasion_id}?lang=en", {"level": "dissatisfied", "words": "写在意见簿上"}
    assert (
        "Say whether the rating came" in carol.sends(where, typed | {"reason": "late", "anonymous": "1"}).text
    )
    typed |= {"channel": "paper", "anonymous": "1"}
    back = carol.sends(where, typed)
    assert (back.status_code, "写在意见簿上" in back.text) == (422, True)
    refused = amy.sends(where, typed | {"reason": "late"})
    assert (refused.status_code, "Those who may: Carol" in refused.text) == (409, True)

    answer = carol.sends(where, typed | {"reason": "late"})

    assert answer.status_code == 303
    assert county.asked(select(RatingRow.channel)) == [Channel.PAPER]
    assert carol.opens(where).status_code == 404  # it is rated now
