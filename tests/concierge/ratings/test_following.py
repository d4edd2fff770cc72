"""A negative rating from the morning it came to its call-back, with its bad days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from approvals.rules.progress import Move
from concierge.desk.models.notices import NoticeRow
from concierge.kernel import clock, jobs
from concierge.kernel.actor import SYSTEM
from concierge.kernel.errors import Missing, Stale
from concierge.kernel.outbox import EventRow
from concierge.kernel.work import work
from concierge.ratings.models.rating import OccasionRow, RatedPersonRow, RatingRow
from concierge.ratings.models.redress import ContactRow, ProcessChangeRow, RatingAppealRow, RedressRow
from concierge.ratings.queries.published import published
from concierge.ratings.rules.process import ChangeAnswered
from concierge.ratings.rules.rating import Channel, Given, Level, Rated, RatedBefore, RatingTaken, Reason
from concierge.ratings.rules.redress import AppealSettled, Finding, NotItsTurn, OwnCase, Ruling
from concierge.ratings.services.appeal_rating import appeal_rating, decide_rating_appeal
from concierge.ratings.services.ask_process_change import answer_process_change, ask_where_repeated
from concierge.ratings.services.follow_negative import Contact, call_back, contact_rater, put_right
from concierge.ratings.services.follow_steps import follow_steps
from concierge.ratings.services.invite_to_rate import invite_to_rate
from concierge.ratings.services.make_rating_link import make_rating_link
from concierge.ratings.services.open_occasion import Finished, open_occasion
from concierge.ratings.services.rate_service import rate_service
from concierge.ratings.services.watch_ratings import tell_late
from projects.services.record_move import record_move
from tests.builders import a_project
from tests.concierge.ratings.conftest import CLOSED_ON, TODAY

CALLED = Contact(note="已电话联系并核实", finding=Finding.COMPLEX, rectify_due_on=date(2026, 4, 20))


def events(county, name: str) -> list[str]:
    """What was told of one kind."""
    return county.asked(select(EventRow.facts).where(EventRow.name == f"concierge.ratings.events:{name}"))


@pytest.fixture
def redress(county, rates) -> RedressRow:
    """A named negative rating of 15 April."""
    rates(Level.VERY_DISSATISFIED, name="王强", phone="13800001111")
    return county.asked(select(RedressRow))[0]


def test_what_a_department_decided_may_be_rated_once_and_by_name_of_who_acted(county, occasion_id, amy, bo):
    (row,) = county.asked(select(OccasionRow))
    people = county.asked(select(RatedPersonRow).order_by(RatedPersonRow.post))

    assert (row.kind, row.closed_on, row.department) == (Rated.STEP, CLOSED_ON, "IPB")
    assert [(one.person_id, one.post, one.is_acting) for one in people] == [
        (amy.id, "A", True),
        (bo.id, "B", False),
    ]
    with work(SYSTEM) as w:
        assert follow_steps(w) == 0  # a second look finds nothing new


def test_a_decision_taken_back_can_no_longer_be_rated_and_a_new_one_can(county, occasion_id, step_id):
    record_move(step_id, Move.UNDO, CLOSED_ON, by=SYSTEM)
    with work(SYSTEM) as w:
        follow_steps(w)

    assert county.has(OccasionRow, occasion_id).withdrawn_at is not None
    with pytest.raises(RatingTaken):
        make_rating_link(occasion_id, by=SYSTEM)

    record_move(step_id, Move.PASS, date(2026, 4, 10), by=SYSTEM)
    with work(SYSTEM) as w:
        follow_steps(w)
    row = county.has(OccasionRow, occasion_id)
    assert (row.withdrawn_at, row.closed_on) == (None, date(2026, 4, 10))


def test_one_invitation_goes_out_three_days_after_closing(county, occasion_id):
    for day, due in ((11, 0), (12, 1), (13, 0)):  # closed on the 9th
        with clock.standing_at(date(2026, 4, day)), work(SYSTEM) as w:
            assert invite_to_rate(w) == due
    assert len(events(county, "RatingInvited")) == 1


def test_nobody_is_invited_to_rate_what_is_rated(county, rates):
    rates(Level.SATISFIED, reasons=())

    with work(SYSTEM) as w:
        assert invite_to_rate(w) == 0


def test_one_service_has_one_rating(rates):
    rates(Level.SATISFIED)

    with pytest.raises(RatedBefore, match="2026-04-15"):
        rates(Level.VERY_DISSATISFIED)


def test_the_whole_way_of_a_negative_rating(county, redress, carol, fang):
    assert (redress.contact_due_on, redress.is_named) == (date(2026, 4, 16), True)

    contact_rater(redress.id, Contact(note="电话无人接听", is_reached=False), by=carol.actor)
    contact_rater(redress.id, CALLED, by=carol.actor)
    put_right(redress.id, "窗口没有一次告知", "重新培训并改指南", "已核实并改正，致歉", by=carol.actor)
    call_back(redress.id, Level.SATISFIED, "企业认可处理结果", by=fang.actor)

    row = county.has(RedressRow, redress.id)
    assert (row.contacted_on, row.rectify_due_on, row.rectified_on) == (TODAY, date(2026, 4, 20), TODAY)
    assert (row.called_back_by, row.satisfied_after) == ("fang", Level.SATISFIED)
    assert county.asked(select(ContactRow.is_reached).order_by(ContactRow.id)) == [False, True]
    assert events(county, "RaterStillDissatisfied") == []


def test_a_call_back_that_finds_anger_is_told_to_the_window(county, redress, carol, fang):
    contact_rater(redress.id, CALLED, by=carol.actor)
    put_right(redress.id, "窗口没有一次告知", "重新培训并改指南", "已核实并改正，致歉", by=carol.actor)

    call_back(redress.id, Level.DISSATISFIED, "企业仍不认可", by=fang.actor)

    assert len(events(county, "RaterStillDissatisfied")) == 1


def test_whoever_put_it_right_does_not_call_back(redress, carol, fang):
    contact_rater(redress.id, CALLED, by=carol.actor)
    put_right(redress.id, "窗口没有一次告知", "重新培训并改指南", "已核实并改正，致歉", by=carol.actor)

    with pytest.raises(OwnCase) as refused:
        call_back(redress.id, Level.SATISFIED, "企业认可处理结果", by=carol.actor)
    assert "Fang" in str(refused.value)


@pytest.mark.parametrize("who", ["amy", "bo"])
def test_neither_a_nor_b_follows_a_rating_of_their_own_work(request, redress, carol, who):
    with pytest.raises(OwnCase) as refused:
        contact_rater(redress.id, CALLED, by=request.getfixturevalue(who).actor)

    assert "Carol" in str(refused.value)


def test_staff_type_in_what_came_on_paper_but_not_about_themselves(county, occasion_id, amy, carol):
    said = Given(level=Level.SATISFIED, words="写在意见簿上")

    with pytest.raises(OwnCase):
        rate_service(occasion_id, said, channel=Channel.PAPER, by=amy.actor)
    rate_service(occasion_id, said, channel=Channel.PAPER, by=carol.actor)

    assert county.asked(select(RatingRow.channel)) == [Channel.PAPER]


def test_nothing_is_answered_before_it_is_verified(redress, carol):
    with pytest.raises(NotItsTurn):
        put_right(redress.id, "窗口没有一次告知", "重新培训", "已核实并改正", by=carol.actor)


def test_an_old_page_does_not_overwrite_a_new_one(redress, carol, fang):
    contact_rater(redress.id, CALLED, version=redress.version, by=carol.actor)

    with pytest.raises(Stale):
        put_right(
            redress.id, "另一种说法说明", "另一种处理", "另一种答复", version=redress.version, by=fang.actor
        )


def test_a_rating_out_of_sight_does_not_exist(county, redress):
    stranger = county.employs("eve", "Concierge")

    with pytest.raises(Missing):
        contact_rater(redress.id, CALLED, by=stranger.actor)


def test_an_upheld_appeal_takes_the_rating_out_of_every_count(county, redress, carol, fang):
    appeal_id = appeal_rating(redress.rating_id, "窗口 高岩", "评价的不是这件事，是别家的", by=carol.actor)
    with pytest.raises(OwnCase):
        decide_rating_appeal(appeal_id, Ruling.UPHELD, "我自己写的申诉", by=carol.actor)

    decide_rating_appeal(appeal_id, Ruling.UPHELD, "核对受理号，确属误评", by=fang.actor)

    assert county.has(RedressRow, redress.id).set_aside_on == TODAY
    assert county.asked(select(RatingRow.level)) == [Level.VERY_DISSATISFIED]  # it stays on record
    with work(SYSTEM) as w:
        assert published(w.session).rows == []
    with pytest.raises(AppealSettled):
        decide_rating_appeal(appeal_id, Ruling.REJECTED, "改主意了也不行", by=fang.actor)


def test_a_rejected_appeal_leaves_everything_as_it_was(county, redress, carol, fang):
    appeal_id = appeal_rating(redress.rating_id, "窗口 高岩", "企业记错了时间安排", by=carol.actor)

    decide_rating_appeal(appeal_id, Ruling.REJECTED, "时间记录与企业所说一致", by=fang.actor)

    assert county.has(RedressRow, redress.id).set_aside_on is None
    assert county.has(RatingAppealRow, appeal_id).ruling is Ruling.REJECTED


def test_lateness_of_each_turn_is_told_once(county, redress, carol):
    def look(day: date) -> int:
        with clock.standing_at(day), work(SYSTEM) as w:
            return tell_late(w)

    assert look(date(2026, 4, 16)) == 0  # the last day
    assert look(date(2026, 4, 17)) == 1
    assert look(date(2026, 4, 18)) == 0
    with clock.standing_at(date(2026, 4, 20)):
        contact_rater(
            redress.id,
            Contact(note="已电话联系并核实", finding=Finding.COMPLEX, rectify_due_on=date(2026, 4, 21)),
            by=carol.actor,
        )
    assert look(date(2026, 4, 22)) == 1  # now the rectification


def test_the_authority_hears_of_a_negative_rating_and_not_the_rated(county, carol, fang, rates):
    rates(Level.VERY_DISSATISFIED, name="王强", phone="13800001111")
    jobs.run_due()

    (told_of,) = county.asked(select(EventRow.id).where(EventRow.name.like("%NegativeRated")))
    told = county.asked(select(NoticeRow.person_id).where(NoticeRow.event_id == told_of))
    assert set(told) == {carol.id, fang.id}


def test_no_event_names_who_gave_a_rating(county, redress):
    facts = county.asked(select(EventRow.facts).where(EventRow.name.like("concierge.ratings%")))

    assert facts
    assert not any("王强" in one or "13800001111" in one for one in facts)


def rated_cases(count: int) -> None:
    """So many services of one department, each rated late."""
    project_id = a_project()
    for number in range(count):
        with work(SYSTEM) as w:
            occasion_id = open_occasion(
                w,
                Finished(
                    kind=Rated.SERVICE,
                    source_id=900 + number,
                    closed_on=TODAY - timedelta(days=1),
                    department="REG",
                    project_id=project_id,
                    title="企业开办",
                ),
            )
        rate_service(
            occasion_id, Given(level=Level.DISSATISFIED, reasons=frozenset({Reason.LATE})), by=SYSTEM
        )


def test_one_fault_three_times_in_a_quarter_asks_for_a_change_once(county, carol):
    rated_cases(2)
    assert county.asked(select(ProcessChangeRow)) == []

    rated_cases_third = Finished(
        kind=Rated.SERVICE, source_id=990, closed_on=TODAY, department="REG", title="企业变更"
    )
    with work(SYSTEM) as w:
        third = open_occasion(w, rated_cases_third)
    rate_service(third, Given(level=Level.DISSATISFIED, reasons=frozenset({Reason.LATE})), by=SYSTEM)

    (change,) = county.asked(select(ProcessChangeRow))
    assert (change.department, change.reason, change.count) == ("REG", Reason.LATE, 3)
    assert change.due_on == date(2026, 4, 29)  # ten working days after 15 April
    with work(SYSTEM) as w:
        assert ask_where_repeated(w, "REG") == 0
    answer_process_change(change.id, "改为当日出证，指南已改", by=carol.actor)
    with pytest.raises(ChangeAnswered):
        answer_process_change(change.id, "再改一次也不行", by=carol.actor)
