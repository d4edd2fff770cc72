"""The board and the pages of a card, an order, a chase: what they show, who may, how much they ask."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from sqlalchemy import event, select

from approvals.models.step import Step
from concierge.kernel import clock, jobs
from concierge.kernel.actor import SYSTEM
from concierge.kernel.db import db
from concierge.kernel.work import work
from concierge.supervision.models.card import CardRow
from concierge.supervision.models.follow_up import AppealRow, ChaseRow, OrderRow
from concierge.supervision.rules.card import Cause, Colour, Ending, Ruling
from tests.builders import a_project
from tests.concierge.supervision.cases import accepted, cards, finished, looked
from tests.kernel.fixtures_office import Office, Somebody

ACCEPTED = date(2026, 4, 1)  # five days end on 9 April; the desk stands at 15 April: four days over
TODAY = date(2026, 4, 15)
MOST_QUERIES = 27
WHY = "专家评审期间未登记停表"


@pytest.fixture
def pair(county: Office) -> tuple[Somebody, Somebody]:
    """Two concierge officers."""
    return county.employs("hejia", "Concierge"), county.employs("wenzhou", "Concierge")


@pytest.fixture
def step_id(pair: tuple[Somebody, Somebody]) -> int:
    """A step that is four working days over its promise."""
    with clock.standing_at(date(2026, 3, 2)):
        project_id = a_project(pair=(pair[0].id, pair[1].id))
    found = accepted(project_id, ACCEPTED, 5)
    looked(TODAY)
    return found


@pytest.fixture
def judge(county: Office) -> Somebody:
    """A supervisor."""
    return county.employs("fang", "Supervisor", sees=(None,))


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


def test_the_board_shows_the_live_card_with_its_limit_and_what_was_done(judge, step_id):
    page = judge.opens("/supervision/?lang=en").text

    assert "4 working days" in page
    assert "5 days promised" in page
    assert "not yet" in page
    assert "<dd>handler and deputy</dd>" in page  # shown today, so it has climbed no further
    assert "Issue an order" in page


def test_the_board_says_so_where_nothing_is_live(judge):
    page = judge.opens("/supervision/?lang=en").text

    assert "No live cards" in page
    assert "every day at 07:30" in page


def test_the_last_card_is_remembered_on_an_empty_board(judge, step_id):
    finished(step_id, TODAY)
    looked(TODAY)

    assert "The last one ended on 15 Apr." in judge.opens("/supervision/?lang=en").text


def test_every_span_opens_and_a_strange_one_is_this_month(judge, step_id):
    for span in ("month", "last-month", "90-days", "quarter", "last-quarter", "<script>"):
        assert judge.opens(f"/supervision/?period={span}&lang=en").status_code == 200


def test_a_board_asks_little_however_many_cards_it_shows(county, judge, pair, step_id):
    before = questions(judge, "/supervision/")
    for _ in range(3):
        accepted(a_project(pair=(pair[0].id, pair[1].id)), ACCEPTED, 5)
    looked(TODAY)

    assert questions(judge, "/supervision/") == before <= MOST_QUERIES


def test_the_league_is_a_file_too(judge, step_id):
    finished(step_id, TODAY)

    answer = judge.opens("/supervision/league.csv?period=month&lang=en")
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))

    assert "supervision-2026-04-01-2026-04-15.csv" in answer.headers["Content-Disposition"]
    # one case decided, not in time: 9 days used of 5 (2, 3, 7 to 10, 13 to 15 April); one red card
    assert rows[1][2:] == ["1", "0", "0", "0.0", "1.8", "", "0", "0", "1", "", ""]


def test_the_bulletin_and_the_method_open(judge, step_id):
    bulletin = judge.opens("/supervision/bulletin?lang=en").text

    assert "Bulletin on approval limits" in bulletin
    assert "4 working days" in bulletin
    assert "60" in judge.opens("/supervision/method?lang=en").text


def test_an_officer_sees_the_cards_of_own_projects_only(county, pair, step_id):
    stranger = county.employs("xin", "Concierge")
    card_id = cards(step_id)[0].id
    jobs.run_due()

    assert pair[0].opens(f"/supervision/cards/{card_id}").status_code == 200
    assert stranger.opens(f"/supervision/cards/{card_id}").status_code == 404
    assert "No live cards" in stranger.opens("/supervision/?lang=en").text
    for path in (f"/supervision/steps/{step_id}/urge", f"/supervision/cards/{card_id}/appeal"):
        assert stranger.sends(path, {"reason": WHY, "speaker": "某", "way": "phone"}).status_code == 404


def test_urging_is_two_steps_and_stands_on_the_card(county, pair, step_id):
    form = pair[0].opens(f"/supervision/steps/{step_id}/urge?lang=en").text
    assert "is promised for 9 Apr" in form

    kept = pair[0].sends(
        f"/supervision/steps/{step_id}/urge", {"way": "phone", "to_whom": "高岩", "text": "望尽快办结"}
    )

    assert kept.status_code == 303
    assert county.asked(select(ChaseRow.to_whom)) == ["高岩"]
    assert "15 Apr by phone" in pair[0].opens("/supervision/?lang=en").text


def test_what_was_typed_stays_when_it_is_refused(pair, step_id):
    answer = pair[0].sends(
        f"/supervision/steps/{step_id}/urge?lang=en", {"way": "phone", "text": "已说明情况"}
    )

    assert answer.status_code == 422
    assert "Write the name of the person" in answer.text
    assert "已说明情况" in answer.text
    assert pair[0].sends(f"/supervision/steps/{step_id}/urge", {"to_whom": "高岩"}).status_code == 422


def test_the_enterprises_own_step_is_not_urged(county, pair):
    project_id = a_project(pair=(pair[0].id, pair[1].id))
    (own,) = county.asked(
        select(Step.id).where(Step.project_id == project_id, Step.department == "ENT").limit(1)
    )

    refused = pair[0].sends(f"/supervision/steps/{own}/urge?lang=en", {"way": "phone", "to_whom": "王总"})

    assert refused.status_code == 409
    assert "enterprise" in refused.text


def test_an_appeal_and_its_ruling_from_page_to_page(county, judge, pair, step_id):
    card_id = cards(step_id)[0].id
    made = pair[0].sends(f"/supervision/cards/{card_id}/appeal", {"speaker": "高岩", "reason": WHY})
    assert made.status_code == 303
    assert "under appeal" in judge.opens("/supervision/?lang=en").text
    assert pair[0].sends(f"/supervision/cards/{card_id}/decide", {}).status_code == 403

    nothing = judge.sends(f"/supervision/cards/{card_id}/decide?lang=en", {"decision": WHY})
    assert (nothing.status_code, "Choose whether" in nothing.text, WHY in nothing.text) == (422, True, True)
    judged = judge.sends(
        f"/supervision/cards/{card_id}/decide", {"ruling": "upheld", "decision": "停表依据属实"}
    )

    assert judged.status_code == 303
    assert county.asked(select(AppealRow.ruling)) == [Ruling.UPHELD]
    assert county.has(CardRow, card_id).ended_how is Ending.APPEAL_UPHELD
    page = judge.opens(f"/supervision/cards/{card_id}?lang=en").text
    assert "taken down on appeal" in page
    assert "停表依据属实" in page


def test_an_order_is_issued_printed_and_answered(county, judge, pair, step_id):
    card_id = cards(step_id)[0].id
    form = judge.opens(f"/supervision/orders/new/{card_id}?lang=en").text
    assert 'value="2026-04-20"' in form  # three working days: 16, 17, 20 April

    issued = judge.sends(
        f"/supervision/orders/new/{card_id}", {"demand": "立即办结并书面说明", "answer_due_on": "2026-04-20"}
    )
    address = issued.headers["Location"]
    early = judge.sends(
        f"/supervision/orders/new/{card_id}?lang=en",
        {"demand": "再发一份督办单", "answer_due_on": "nonsense"},
    )
    assert (early.status_code, "再发一份督办单" in early.text) == (422, True)
    assert "督办〔2026〕1号" in judge.opens(f"{address}/print?lang=en").text
    assert pair[0].sends(f"/supervision/orders/new/{card_id}", {}).status_code == 403

    answered = pair[0].sends(
        address, {"answered_on": "2026-04-15", "speaker": "高岩", "answer": "当日已办结并送达"}
    )

    assert answered.status_code == 303
    assert county.asked(select(OrderRow.answer)) == ["当日已办结并送达"]
    assert "当日已办结并送达" in judge.opens(f"{address}?lang=en").text


def test_two_people_answer_one_order_and_the_second_is_told(judge, pair, step_id):
    card_id = cards(step_id)[0].id
    issued = judge.sends(
        f"/supervision/orders/new/{card_id}", {"demand": "立即办结并书面说明", "answer_due_on": "2026-04-20"}
    )
    told = {"answered_on": "2026-04-15", "speaker": "高岩", "answer": "当日已办结并送达", "version": "1"}

    assert pair[0].sends(issued.headers["Location"], told).status_code == 303
    second = pair[0].sends(issued.headers["Location"], told | {"answer": "另一份不同的答复"})

    assert second.status_code == 409
    assert "当日已办结并送达" in second.text


def test_a_violation_is_written_down_by_the_supervisor_only(county, judge, pair, step_id):
    told = {"cause": "charged", "on": "2026-04-14", "detail": "收取资料费200元，有收据"}

    assert pair[0].sends(f"/supervision/violations/{step_id}", told).status_code == 403
    assert judge.sends(f"/supervision/violations/{step_id}", told).status_code == 303
    tomorrow = judge.sends(f"/supervision/violations/{step_id}?lang=en", told | {"on": "2026-04-16"})

    assert (tomorrow.status_code, "has not come yet" in tomorrow.text) == (422, True)
    shown = next(card for card in cards(step_id) if card.cause is Cause.CHARGED)
    page = judge.opens(f"/supervision/cards/{shown.id}?lang=en").text
    assert "收取资料费200元" in page
    assert judge.sends(f"/supervision/cards/{shown.id}/made-good").status_code == 303
    assert county.has(CardRow, shown.id).ended_how is Ending.MADE_GOOD


def test_the_step_and_the_project_carry_the_card(pair, judge, step_id):
    card = cards(step_id)[0]
    with work(SYSTEM) as w:
        number = w.get(Step, step_id).number

    step = judge.opens(f"/projects/{card.project_id}/steps/{number}?lang=en").text
    project = judge.opens(f"/projects/{card.project_id}?lang=en").text

    assert f'href="/supervision/cards/{card.id}"' in step
    assert f'href="/supervision/steps/{step_id}/urge"' in step
    assert f'href="/supervision/cards/{card.id}"' in project


def test_the_portfolio_shows_the_colour_beside_the_name_and_asks_once_for_all(county, pair, step_id):
    a_project(pair=(pair[0].id, pair[1].id))
    pair[0].opens("/projects/?lang=en")
    before = questions(pair[0], "/projects/?lang=en")
    a_project(pair=(pair[0].id, pair[1].id))

    page = pair[0].opens("/projects/?lang=en").text

    assert page.count('aria-label="Red card"') == 1
    assert questions(pair[0], "/projects/?lang=en") == before


def test_the_demonstration_has_something_to_decide(demonstration):
    live = demonstration.asked(select(CardRow).where(CardRow.ended_on.is_(None)))

    assert {card.cause.colour for card in live} == set(Colour)
    assert len(demonstration.asked(select(OrderRow).where(OrderRow.answered_on.is_(None)))) == 1
    assert demonstration.asked(select(ChaseRow.to_whom))
