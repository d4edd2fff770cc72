"""A sitting from its announcement to its end: who is told, what is refused, and what stays on record."""

from datetime import date, time

import pytest
from sqlalchemy import event, select

from approvals.models.review import RoomRow, SittingRow
from approvals.models.step import Step, StepState
from approvals.queries import reviews
from approvals.rules.convening import (
    AlreadyAnnounced,
    GroupSitsAlready,
    LeadCannotCome,
    NoticeTooShort,
    RoomTaken,
    SittingCalledOff,
    SittingFull,
    SittingIsOver,
    WithdrawnWithoutReason,
)
from approvals.rules.sittings import Answer, Half, SittingState
from approvals.services.announce_sitting import (
    ListedStep,
    NewSitting,
    StepNeedsNoSitting,
    announce_sitting,
    join_sitting,
)
from approvals.services.keep_room import RoomExpected, drop_room, keep_room
from approvals.services.record_availability import record_availability
from approvals.services.withdraw_sitting import withdraw_sitting
from concierge.kernel import clock
from concierge.kernel.actor import SYSTEM
from concierge.kernel.audit import AuditLine
from concierge.kernel.db import db
from concierge.kernel.errors import Missing
from concierge.kernel.work import reading, work
from projects.services.open_project import open_project
from tests.builders import a_new_project

SCHEME = "design-scheme-review"
FRIDAY, MONDAY = date(2026, 4, 17), date(2026, 4, 20)


@pytest.fixture
def room(county):
    (number,) = county.keeps(RoomRow(name="Room 301", places=30))
    return number


@pytest.fixture
def project(county):
    """A project with its steps, numbered; not planned yet."""
    return open_project(a_new_project(), by=SYSTEM)


@pytest.fixture
def new(room, project):
    """A sitting for the project, as a page would ask for it, but for what a test says."""

    def made(**told):
        usual = {
            "review_group": "JR_SCHEME",
            "on": FRIDAY,
            "half": Half.MORNING,
            "room_id": room,
            "steps": (ListedStep(project, SCHEME),),
        }
        return NewSitting(**{**usual, **told})

    return made


@pytest.fixture
def told(county):
    """The traces of one kind, oldest first: project and facts."""

    def lines(act):
        found = county.asked(select(AuditLine).where(AuditLine.act == act).order_by(AuditLine.id))
        return [(line.project_id, line.facts) for line in found]

    return lines


def standing():
    with reading() as session:
        return reviews.sittings(session, clock.today())


def test_an_announced_sitting_has_its_room_hour_and_list(new, told, project, room):
    number = announce_sitting(new(), by=SYSTEM)

    (sitting,) = standing()
    assert (sitting.id, sitting.on, sitting.half, sitting.begins_at) == (
        number,
        FRIDAY,
        Half.MORNING,
        time(9, 0),
    )
    assert (sitting.room_id, sitting.room) == (room, "Room 301")
    (item,) = sitting.items
    assert (item.project_id, item.code, item.minutes, item.position) == (project, SCHEME, 60, 1)
    ((of_project, facts),) = told("SittingAnnounced")
    assert of_project == project
    assert '"room":"Room 301"' in facts


def test_a_sitting_takes_several_projects_in_the_order_given(new, project):
    other = open_project(a_new_project(), by=SYSTEM)

    announce_sitting(
        new(steps=(ListedStep(other, SCHEME, 40), ListedStep(project, SCHEME, 70)), begins_at=time(9, 30)),
        by=SYSTEM,
    )

    (sitting,) = standing()
    assert [(one.project_id, one.minutes) for one in sitting.items] == [(other, 40), (project, 70)]
    assert sitting.begins_at == time(9, 30)


def test_a_project_joins_and_everybody_of_the_list_stays(new, told, project):
    other = open_project(a_new_project(), by=SYSTEM)
    number = announce_sitting(new(), by=SYSTEM)

    join_sitting(number, [ListedStep(other, SCHEME)], by=SYSTEM)

    (sitting,) = standing()
    assert [(one.project_id, one.position) for one in sitting.items] == [(project, 1), (other, 2)]
    assert [of for of, _ in told("SittingAnnounced")] == [project, other]


def test_no_more_join_than_the_group_takes(new):
    number = announce_sitting(new(), by=SYSTEM)
    others = [ListedStep(open_project(a_new_project(), by=SYSTEM), SCHEME, 20) for _ in range(3)]

    with pytest.raises(SittingFull):
        join_sitting(number, others, by=SYSTEM)

    assert len(standing()[0].items) == 1


def test_a_step_has_one_sitting(new):
    announce_sitting(new(), by=SYSTEM)

    with pytest.raises(AlreadyAnnounced):
        announce_sitting(new(on=MONDAY), by=SYSTEM)

    assert len(standing()) == 1


def test_a_group_sits_once_in_a_half_day(new):
    announce_sitting(new(), by=SYSTEM)
    other = open_project(a_new_project(), by=SYSTEM)

    with pytest.raises(GroupSitsAlready):
        announce_sitting(new(room_id=None, steps=(ListedStep(other, SCHEME),)), by=SYSTEM)


def test_a_room_is_taken_once_in_a_half_day(new, project):
    announce_sitting(new(on=MONDAY), by=SYSTEM)
    assessment = new(review_group="JR_ASSESS", on=MONDAY, steps=(ListedStep(project, "eia-form"),))

    with pytest.raises(RoomTaken):
        announce_sitting(assessment, by=SYSTEM)


def test_a_lead_who_cannot_come_or_sits_elsewhere_stops_the_announcement(new):
    record_availability("NRP", {(FRIDAY, Half.MORNING): Answer.CANNOT}, by=SYSTEM)

    with pytest.raises(LeadCannotCome):
        announce_sitting(new(), by=SYSTEM)

    record_availability("NRP", {(FRIDAY, Half.MORNING): Answer.CAN}, by=SYSTEM)
    announce_sitting(new(), by=SYSTEM)


def test_members_are_told_in_time(new):
    with pytest.raises(NoticeTooShort) as refused:
        announce_sitting(new(on=date(2026, 4, 16)), by=SYSTEM)

    assert refused.value.earliest_on == FRIDAY


def test_a_step_with_its_result_or_none_of_the_project_needs_no_sitting(new, project):
    with work(SYSTEM) as w:
        step = w.session.scalars(select(Step).where(Step.project_id == project, Step.code == SCHEME)).one()
        step.state = StepState.PASSED

    with pytest.raises(StepNeedsNoSitting):
        announce_sitting(new(), by=SYSTEM)
    with pytest.raises(StepNeedsNoSitting):
        announce_sitting(new(steps=(ListedStep(10_000, SCHEME),)), by=SYSTEM)
    assert standing() == ()


def test_who_may_not_see_a_project_announces_nothing_for_it(county, new, project):
    stranger = county.employs("stranger", "Concierge")

    with pytest.raises(Missing):
        announce_sitting(new(), by=stranger.actor)

    assert standing() == ()


@pytest.mark.parametrize("wrong", [{"review_group": "JR_GONE"}, {"room_id": 999}])
def test_what_is_not_there_is_missing(new, wrong):
    with pytest.raises(Missing):
        announce_sitting(new(**wrong), by=SYSTEM)


def test_a_withdrawn_sitting_stays_with_its_reason_and_frees_room_and_step(new, told, county, project):
    number = announce_sitting(new(), by=SYSTEM)

    withdraw_sitting(number, "  The drawings came late. ", by=SYSTEM)

    row = county.has(SittingRow, number)
    assert (row.state, row.withdrawn_reason) == (SittingState.WITHDRAWN, "The drawings came late.")
    assert standing() == ()
    assert [of for of, _ in told("SittingWithdrawn")] == [project]
    announce_sitting(new(), by=SYSTEM)  # the same room, half-day and step
    with reading() as session:
        assert [one.stands for one in reviews.sittings_of(session, project)] == [False, True]


def test_a_sitting_is_not_withdrawn_without_a_reason_twice_or_afterwards(new):
    number = announce_sitting(new(), by=SYSTEM)

    with pytest.raises(WithdrawnWithoutReason):
        withdraw_sitting(number, " ", by=SYSTEM)
    with clock.standing_at(MONDAY), pytest.raises(SittingIsOver):
        withdraw_sitting(number, "too late", by=SYSTEM)
    withdraw_sitting(number, "rain", by=SYSTEM)
    with pytest.raises(SittingCalledOff):
        withdraw_sitting(number, "rain", by=SYSTEM)
    with pytest.raises(Missing):
        withdraw_sitting(number + 1, "rain", by=SYSTEM)


def test_nobody_withdraws_what_stands_for_a_project_out_of_sight(county, new, project):
    stranger = county.employs("stranger", "Concierge")
    number = announce_sitting(new(), by=SYSTEM)

    with pytest.raises(Missing):
        withdraw_sitting(number, "rain", by=stranger.actor)

    assert len(standing()) == 1


def test_after_its_sitting_a_step_may_have_another(new):
    announce_sitting(new(), by=SYSTEM)

    with clock.standing_at(MONDAY):
        announce_sitting(new(on=date(2026, 4, 24)), by=SYSTEM)

        assert [one.on for one in standing()] == [date(2026, 4, 24)]


def test_the_sittings_of_steps_are_found_by_project_and_code(new, project):
    number = announce_sitting(new(), by=SYSTEM)

    with reading() as session:
        found = reviews.standing_items(session, [(project, SCHEME), (project, "eia-form")], clock.today())
        assert reviews.rooms_taken(session, FRIDAY, MONDAY) == {(standing()[0].room_id, FRIDAY, Half.MORNING)}
        assert reviews.standing_items(session, [], clock.today()) == {}

    assert {key: one.id for key, one in found.items()} == {(project, SCHEME): number}


def test_a_room_with_a_sitting_to_come_stays_in_use(new, room):
    announce_sitting(new(), by=SYSTEM)

    with work(SYSTEM) as w:
        row = w.get(RoomRow, room)
        with pytest.raises(RoomExpected):
            drop_room(w, row)
        row.is_active = False
        with pytest.raises(RoomExpected):
            keep_room(w, row)
        row.is_active = True


def test_reading_the_sittings_of_a_month_takes_two_questions(new):
    for on in (FRIDAY, MONDAY):
        other = open_project(a_new_project(), by=SYSTEM)
        announce_sitting(new(on=on, steps=(ListedStep(other, SCHEME),)), by=SYSTEM)
    asked = []

    def listen(*facts):
        asked.append(facts[2])

    event.listen(db.engine, "before_cursor_execute", listen)
    with reading() as session:
        found = reviews.sittings(session, FRIDAY)
    event.remove(db.engine, "before_cursor_execute", listen)

    assert len(found) == 2
    assert sum(question.startswith("SELECT") for question in asked) == 2
