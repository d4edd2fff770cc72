"""Pick-ups, visits and ratings by a link; and the office's inbox, where each is dealt with once."""

from __future__ import annotations

from datetime import date, time

import pytest
from sqlalchemy import event, select

from approvals.models.paper import PaperVersionRow
from concierge.kernel.actor import SYSTEM
from concierge.kernel.db import db
from concierge.kernel.outbox import EventRow
from concierge.kernel.work import reading, work
from concierge.outreach.models.booking import ServiceBookingRow
from concierge.outreach.models.visit import VisitRow
from concierge.progress.models.acts import IncomingRow
from concierge.progress.rules.acts import ActKind, IncomingState
from concierge.progress.views.incoming_todos import incoming_todos
from concierge.ratings.models.rating import OccasionRow, RatingRow
from concierge.ratings.rules.rating import Level, Rated
from concierge.ratings.services.open_occasion import Finished, open_occasion
from concierge.staff.services.assign_pair import assign_pair
from tests.concierge.progress.fixtures_acts import Holder, a_holder, a_photo, holder, project_id, wanted
from tests.kernel.fixtures_office import Office, Somebody

__all__ = ["holder", "project_id", "wanted"]
MOST_QUERIES = 30
WISH = {
    "words": "节能材料原件一袋",
    "wanted_on": "2026-04-17",
    "begins": "10:00",
    "place": "经开区禾川路8号门卫",
    "name": "吴倩",
    "phone": "13800002468",
}


@pytest.fixture
def amy(county: Office, project_id: int) -> Somebody:
    """The concierge officer who acts for the project."""
    return county.employs("amy", "Concierge", sees=(project_id,))


def only(county: Office) -> IncomingRow:
    (row,) = county.asked(select(IncomingRow))
    return row


def test_a_pick_up_is_asked_for_planned_and_told(county: Office, holder: Holder, amy: Somebody):
    asked = holder.after(holder.sends(holder.goes("pick-up"), "pick-up", **WISH))
    assert "Asked for. The office confirms it." in asked.text

    row = only(county)
    page = amy.opens(f"/progress/inbox/{row.id}?lang=en")
    assert "经开区禾川路8号门卫" in page.text
    assert "13800002468" in page.text  # the officer has to call
    answer = amy.sends(
        f"/progress/inbox/{row.id}/arrange",
        {"deed": "plan", "visitor": amy.id, "on": "2026-04-17", "at": "10:30", "version": row.version},
    )

    assert answer.status_code == 303
    (visit,) = county.asked(select(VisitRow))
    assert (visit.planned_on, visit.planned_at, visit.place) == (
        date(2026, 4, 17),
        time(10, 30),
        "经开区禾川路8号门卫",
    )
    assert visit.project_id == holder.project_id
    assert only(county).state is IncomingState.TAKEN
    assert f"/outreach/visits/{visit.id}" in amy.opens(f"/progress/inbox/{row.id}").text
    assert "comes on 17 Apr 10:30" in holder.goes("pick-up").text


def test_name_and_number_are_sealed_and_in_no_event(county: Office, holder: Holder):
    holder.sends(holder.goes("pick-up"), "pick-up", **WISH)

    row = only(county)

    assert b"13800002468" not in (row.sealed or b"")
    assert row.hint == "…2468"
    assert not any("13800002468" in facts for facts in county.asked(select(EventRow.facts)))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"wanted_on": "2026-04-14"}, "Choose a day from today on"),
        ({"wanted_on": "17.4."}, "Give a day, such as"),
        ({"begins": "25:00"}, "Give a time of the day"),
        ({"place": " "}, "Say where"),
        ({"name": ""}, "Write whom to ask for"),
        ({"phone": "call me"}, "Write a telephone number"),
    ],
)
def test_a_wish_nobody_can_plan_by_comes_back_as_it_was_typed(
    county: Office, holder: Holder, wrong: dict[str, str], said: str
):
    answer = holder.sends(holder.goes("pick-up"), "pick-up", **(WISH | wrong))

    assert answer.status_code == 422
    assert said in answer.text
    assert "节能材料原件一袋" in answer.text
    assert county.asked(select(IncomingRow)) == []


def test_a_time_at_the_hall_stands_at_once(county: Office, holder: Holder):
    page = holder.after(holder.sends(holder.goes("visit"), "visit", where="hall", **WISH))

    (booking,) = county.asked(select(ServiceBookingRow))
    assert (booking.on, booking.begins, booking.minutes) == (date(2026, 4, 17), time(10), 30)
    assert "Booked for 17 Apr 10:00" in page.text
    assert only(county).state is IncomingState.TAKEN


def test_a_time_when_nobody_is_there_is_refused_with_what_is_free(county: Office, holder: Holder):
    sunday = WISH | {"wanted_on": "2026-04-19"}

    answer = holder.sends(holder.goes("visit"), "visit", where="hall", **sunday)

    assert answer.status_code == 409
    assert "Nobody is on duty then" in answer.text
    assert county.asked(select(IncomingRow)) == []


def test_a_visit_at_the_enterprise_waits_for_the_office(county: Office, holder: Holder, amy: Somebody):
    holder.sends(holder.goes("visit"), "visit", where="ours", **WISH)
    row = only(county)
    assert (row.kind, row.state) == (ActKind.VISIT, IncomingState.NEW)

    answer = amy.sends(
        f"/progress/inbox/{row.id}/arrange", {"deed": "decline", "answer": "", "version": row.version}
    )
    assert answer.status_code == 422  # no reason, no no
    amy.sends(
        f"/progress/inbox/{row.id}/arrange",
        {"deed": "decline", "answer": "周五全员培训，请改下周一", "version": row.version},
    )

    assert only(county).state is IncomingState.DECLINED
    assert "周五全员培训，请改下周一" in holder.goes("visit").text


def test_the_inbox_shows_what_waits_and_takes_a_material(
    county: Office, holder: Holder, amy: Somebody, wanted: str
):
    page = holder.goes(f"materials/{wanted}")
    holder.sends(page, "pages", files=[(a_photo(), "1.jpg")])
    holder.sends(holder.goes(f"materials/{wanted}"), "send")
    row = only(county)
    assert f"/progress/inbox/{row.id}" in amy.opens("/progress/inbox/").text

    file = amy.opens(f"/progress/inbox/{row.id}/file")
    assert file.data.startswith(b"%PDF-")
    answer = amy.sends(f"/progress/inbox/{row.id}/take", {"deed": "take", "version": row.version})

    assert answer.status_code == 303
    (version,) = county.asked(select(PaperVersionRow))
    assert (version.material, version.taken_in_by) == (wanted, "Amy")
    over = amy.opens(f"/progress/inbox/{row.id}").text
    assert "Dealt with" in over
    assert f"/projects/{holder.project_id}/papers" in over
    again = amy.sends(f"/progress/inbox/{row.id}/take", {"deed": "take", "version": row.version})
    assert again.status_code == 409  # somebody was faster
    assert len(county.asked(select(PaperVersionRow))) == 1


def test_what_is_out_of_charge_is_not_there(county: Office, holder: Holder):
    holder.sends(holder.goes("message"), "message", words="请来电")
    bo = county.employs("bo", "Concierge")

    assert bo.opens(f"/progress/inbox/{only(county).id}").status_code == 404
    assert "请来电" not in bo.opens("/progress/inbox/").text
    assert county.employs("dan", "SystemAdmin").opens("/progress/inbox/").status_code == 403


def test_whoever_acts_today_has_it_in_the_day(county: Office, holder: Holder, amy: Somebody):
    bo = county.employs("bo", "Concierge", sees=(holder.project_id,))
    with work(SYSTEM) as w:
        assign_pair(w, holder.project_id, amy.id, bo.id)
    holder.sends(holder.goes("message"), "message", words="请来电")

    with county.app.test_request_context(), reading() as session:
        today = date(2026, 4, 15)
        mine = list(incoming_todos(session, amy.actor, today))
        theirs = list(incoming_todos(session, bo.actor, today))

    assert [one.due_on for one in mine] == [date(2026, 4, 16)]  # 1 working day
    assert theirs == []


def test_the_inbox_asks_few_questions_however_much_waits(county: Office, holder: Holder, amy: Somebody):
    for n in range(8):
        holder.sends(holder.goes("message"), "message", words=f"第{n}条留言")
    amy.opens("/progress/inbox/")
    asked: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *facts: asked.append(facts[2]))

    amy.opens("/progress/inbox/")

    assert len(asked) <= MOST_QUERIES


def test_a_finished_service_is_rated_from_the_link(county: Office, holder: Holder):
    with work(SYSTEM) as w:
        open_occasion(
            w,
            Finished(
                kind=Rated.PROJECT,
                source_id=holder.project_id,
                closed_on=date(2026, 4, 14),
                department="",
                project_id=holder.project_id,
                title="帮代办全程服务",
            ),
        )
    page = holder.goes("ratings")
    assert "帮代办全程服务" in page.text

    answer = holder.sends(page)
    form = holder.after(answer)
    assert "How was this done?" in form.text
    done = holder.sends(form, level="very_satisfied", anonymous="1")

    assert done.status_code == 303
    assert county.asked(select(RatingRow.level)) == [Level.VERY_SATISFIED]
    assert "Very satisfied" in holder.goes("ratings").text


def test_a_link_for_reading_rates_nothing(county: Office, holder: Holder):
    with work(SYSTEM) as w:
        open_occasion(
            w,
            Finished(
                kind=Rated.PROJECT,
                source_id=1,
                closed_on=date(2026, 4, 14),
                department="",
                project_id=holder.project_id,
            ),
        )
    reader = a_holder(county, holder.project_id, may_rate=False)

    assert "Rate it" not in reader.goes("ratings").text
    assert county.asked(select(OccasionRow.token_hash)) == [None]
