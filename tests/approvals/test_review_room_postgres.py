"""The review room on PostgreSQL: two people at the same moment never make two of what there may be one of."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from flask import Flask

from approvals.models.review import RoomRow
from approvals.queries import reviews
from approvals.rules.benches import BenchChange, ChangesOverlap
from approvals.rules.convening import AlreadyAnnounced, LeadCannotCome, RoomTaken
from approvals.rules.sittings import Answer, Half
from approvals.services.announce_sitting import ListedStep, NewSitting, announce_sitting
from approvals.services.change_bench import change_bench
from approvals.services.keep_room import keep_room
from approvals.services.record_availability import record_availability
from approvals.services.set_bench import set_bench
from approvals.services.withdraw_sitting import withdraw_sitting
from concierge.kernel.actor import SYSTEM
from concierge.kernel.config import Settings
from concierge.kernel.errors import ConciergeError
from concierge.kernel.setup import set_up
from concierge.kernel.work import reading, work
from projects.services.open_project import open_project
from tests.builders import a_new_project
from tests.fixtures_app import DEMONSTRATION_DAY, standing

pytestmark = pytest.mark.postgres
SCHEME, ASSESSMENT = "design-scheme-review", "eia-form"
MONDAY, TUESDAY = date(2026, 4, 20), date(2026, 4, 21)


@pytest.fixture
def office(tmp_path: Path, postgres_url: str) -> Iterator[Flask]:
    """A whole office on PostgreSQL, with one room."""
    settings = Settings(
        home=tmp_path,
        database_url=postgres_url,
        secret_key="k" * 40,
        today=DEMONSTRATION_DAY,
        allow_time_travel=True,
    )
    for found in standing(settings):
        set_up(found.app)
        with work(SYSTEM) as w:
            keep_room(w, RoomRow(name="Room 301", places=30, is_active=True, note=""))
        yield found.app


@pytest.fixture
def room(office: Flask) -> int:
    with reading() as session:
        (only,) = reviews.rooms(session)
    return only.id


def at_once(office: Flask, *deeds: Callable[[], Any]) -> list[str]:
    """Do several things at the same moment; answers how each ended, in order of the name."""
    together = Barrier(len(deeds))

    def do(deed: Callable[[], Any]) -> str:
        with office.app_context():
            together.wait()
            try:
                deed()
            except ConciergeError as error:
                return type(error).__name__
            return "done"

    with ThreadPoolExecutor(len(deeds)) as people:
        return sorted(people.map(do, deeds))


def a_sitting(room: int, *steps: tuple[int, str], group: str = "JR_SCHEME", on: date = MONDAY) -> NewSitting:
    return NewSitting(
        review_group=group,
        on=on,
        half=Half.MORNING,
        room_id=room,
        steps=tuple(ListedStep(project, code) for project, code in steps),
    )


def test_a_step_announced_twice_at_once_has_one_sitting(office, room):
    project = open_project(a_new_project(), by=SYSTEM)

    ends = at_once(
        office,
        lambda: announce_sitting(a_sitting(room, (project, SCHEME)), by=SYSTEM),
        lambda: announce_sitting(a_sitting(room, (project, SCHEME), on=TUESDAY), by=SYSTEM),
    )

    assert ends == [AlreadyAnnounced.__name__, "done"]


def test_a_room_wanted_twice_at_once_is_taken_once(office, room):
    project = open_project(a_new_project(), by=SYSTEM)

    ends = at_once(
        office,
        lambda: announce_sitting(a_sitting(room, (project, SCHEME)), by=SYSTEM),
        lambda: announce_sitting(a_sitting(room, (project, ASSESSMENT), group="JR_ASSESS"), by=SYSTEM),
    )

    # whoever is later finds the room taken; the scheme review also its lead, a member of the assessments
    assert ends[1] == "done"
    assert ends[0] in {RoomTaken.__name__, LeadCannotCome.__name__}


def test_days_with_another_number_never_overlap_however_fast(office):
    set_bench("HCB", 3, by=SYSTEM)

    def short(first: int, last: int) -> Callable[[], Any]:
        change = BenchChange("HCB", date(2026, 5, first), date(2026, 5, last), 1, reason="leave")
        return lambda: change_bench(change, by=SYSTEM)

    assert at_once(office, short(11, 15), short(15, 20)) == [ChangesOverlap.__name__, "done"]


def test_the_review_room_lives_on_postgresql_as_it_does_on_sqlite(office, room):
    project = open_project(a_new_project(), by=SYSTEM)
    record_availability("NRP", {(MONDAY, Half.MORNING): Answer.CAN}, said_by="Office", by=SYSTEM)
    number = announce_sitting(a_sitting(room, (project, SCHEME)), by=SYSTEM)
    withdraw_sitting(number, "rain", by=SYSTEM)
    again = announce_sitting(a_sitting(room, (project, SCHEME)), by=SYSTEM)

    with reading() as session:
        assert [one.id for one in reviews.sittings(session, MONDAY)] == [again]
        assert [one.stands for one in reviews.sittings_of(session, project)] == [False, True]
        assert [one.answer for one in reviews.answers(session, MONDAY, MONDAY)] == [Answer.CAN]
