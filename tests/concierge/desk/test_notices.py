"""Those in charge are told once of each event; the bell counts, the page groups by day and leads on."""

from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import func, select

from approvals.events.case import StepMoved
from approvals.rules.progress import Move
from concierge.desk.handlers import cases
from concierge.desk.models.notices import NoticeRow
from concierge.desk.press.notice_words import TEXTS
from concierge.desk.services.tell import tell_project
from concierge.kernel import addon, clock, jobs
from concierge.kernel.actor import SYSTEM
from concierge.kernel.outbox import EventRow
from concierge.kernel.work import work
from concierge.staff.rules.absence import Away
from concierge.staff.services.record_absence import record_absence
from projects.services.record_move import record_move

TODAY = date(2026, 4, 15)


def _told(county, text):
    rows = county.asked(select(NoticeRow).where(NoticeRow.text == text).order_by(NoticeRow.id))
    return [(row.person_id, row.is_acting) for row in rows]


def test_a_result_is_told_to_both_officers_and_the_one_who_acts_is_marked(county, amy, bo, the_step):
    record_move(the_step().id, Move.PASS, TODAY, by=SYSTEM)
    jobs.run_due()

    assert _told(county, "step_pass") == [(amy.id, True), (bo.id, False)]


def test_b_is_marked_while_a_is_away(county, amy, bo, the_step):
    record_absence(Away(person_id=amy.id, first_on=TODAY, last_on=TODAY), "培训", by=amy.actor)
    record_move(the_step().id, Move.PASS, TODAY, by=SYSTEM)
    jobs.run_due()

    assert _told(county, "step_pass") == [(bo.id, True), (amy.id, False)]


def test_who_recorded_it_is_not_told(county, amy, bo, the_step):
    record_move(the_step().id, Move.PASS, TODAY, by=amy.actor)
    jobs.run_due()

    assert _told(county, "step_pass") == [(bo.id, False)]


def test_an_event_delivered_twice_tells_nobody_twice(county, amy, the_step):
    record_move(the_step().id, Move.PASS, TODAY, by=SYSTEM)
    jobs.run_due()
    event_id = county.asked(select(func.max(EventRow.id)).where(EventRow.name.endswith(":StepMoved")))[0]
    step = the_step()

    with work(SYSTEM) as w:
        w.event_id = event_id
        cases.tell_of_move(w, StepMoved(step.id, step.project_id, step.code, "pass", TODAY))

    assert len(_told(county, "step_pass")) == 2


def test_dates_that_moved_are_told_with_where_the_permit_stands(county, amy, project_id, the_step):
    with clock.standing_at(TODAY + timedelta(days=28)):  # four weeks later the step has still no result
        record_move(the_step().id, Move.PASS, TODAY + timedelta(days=28), by=SYSTEM)
        jobs.run_due()

    rows = county.asked(select(NoticeRow).where(NoticeRow.text.in_(("permit_moved", "dates_moved"))))
    assert {row.project_id for row in rows} == {project_id}
    assert amy.id in {row.person_id for row in rows}


def test_the_bell_counts_what_is_unread_and_reading_silences_it(county, amy, bo, the_step):
    record_move(the_step().id, Move.PASS, TODAY, by=SYSTEM)
    jobs.run_due()
    unread = len(county.asked(select(NoticeRow.id).where(NoticeRow.person_id == amy.id)))

    page = amy.opens("/notices/list/").text
    numbers = county.asked(select(NoticeRow.id).where(NoticeRow.person_id == amy.id))
    others = county.asked(select(NoticeRow.id).where(NoticeRow.person_id == bo.id))
    amy.sends("/notices/", {"notice": [str(n) for n in (*numbers[:1], *others)]})

    assert f"{unread} unread notice" in page
    assert "yours to act on" in page
    assert f"/projects/{the_step().project_id}/steps/{the_step().number}" in page
    assert "result issued on 15 Apr" in page
    left = county.asked(select(NoticeRow.person_id).where(NoticeRow.read_at.is_(None)))
    assert left.count(amy.id) == unread - 1
    assert left.count(bo.id) == len(others)  # nobody reads for another

    amy.sends("/notices/", {"all": "1"})

    assert "bd-dot" not in amy.opens("/notices/list/").text


def test_nothing_is_shown_of_a_project_no_longer_in_ones_charge(county, amy, bo, the_step):
    stranger = county.employs("cy", "Concierge")
    record_move(the_step().id, Move.PASS, TODAY, by=SYSTEM)
    jobs.run_due()

    assert "No notices" in stranger.opens("/notices/list/").text


def test_notices_stand_by_day_the_latest_first(county, amy, project_id):
    first, second = county.asked(select(EventRow.id).order_by(EventRow.id).limit(2))  # nobody was told of
    for day, event in ((TODAY - timedelta(days=1), first), (TODAY, second)):
        with clock.standing_at(day), work(SYSTEM) as w:
            w.event_id = event
            tell_project(w, project_id, "round_closed", {"silent": 0})

    page = amy.opens("/notices/list/").text

    assert page.index("Wednesday 15 April 2026") < page.index("Tuesday 14 April 2026")


def test_the_page_asks_the_same_few_questions_however_many_notices_there_are(
    county, amy, project_id, statements
):
    def asked():
        with statements() as sent:
            amy.opens("/notices/list/")
        return len(sent)

    asked()
    before = asked()
    event_ids = county.asked(select(EventRow.id).order_by(EventRow.id.desc()).limit(30))
    for event_id in event_ids:
        with work(SYSTEM) as w:
            w.event_id = event_id
            tell_project(w, project_id, "round_closed", {"silent": 0})

    assert asked() == before


def test_every_text_a_handler_names_has_its_words(county):
    desk = Path(cases.__file__).parents[1]
    files = (*desk.glob("handlers/*.py"), *desk.glob("services/tell_*.py"))
    source = "".join(file.read_text(encoding="utf-8") for file in files)
    moves = {move.value for move in Move} - cases.QUIET_MOVES

    assert {f"step_{move}" for move in moves} <= set(TEXTS)
    for name in TEXTS:
        assert name.startswith(("step_", "card_", "report_")) or f'"{name}"' in source, name


def test_everything_told_is_heard_by_a_handler_that_is_there(county):
    for event, names in next(a for a in addon.installed() if a.name == "concierge.desk").handlers.items():
        for name in names:
            assert addon.resolve(name, of="concierge.desk"), event
