"""The figures of the menu: counted again once something has happened, and not before."""

from datetime import UTC, datetime

from concierge.kernel.actor import Actor
from concierge.kernel.counts import Counts

AMY, BO = Actor(1, "Amy"), Actor(2, "Bo")
NOON = datetime(2026, 4, 15, 4, 0, tzinfo=UTC)


class Desk:
    """A desk with so many things on it, which remembers how often it was counted."""

    def __init__(self, things):
        self.things, self.counted = things, 0

    def count(self):
        self.counted += 1
        return self.things


def test_nothing_is_counted_twice_while_nothing_happens():
    counts, desk = Counts(), Desk(3)

    assert [counts.of(AMY, "desk", (7, NOON), desk.count) for _ in range(3)] == [3, 3, 3]
    assert desk.counted == 1


def test_an_event_has_it_counted_again():
    counts, desk = Counts(), Desk(3)
    counts.of(AMY, "desk", (7, NOON), desk.count)
    desk.things = 4

    assert counts.of(AMY, "desk", (8, NOON), desk.count) == 4


def test_so_has_a_minute_gone_by():
    counts, desk = Counts(), Desk(3)
    counts.of(AMY, "desk", (7, NOON), desk.count)

    counts.of(AMY, "desk", (7, NOON.replace(minute=1)), desk.count)

    assert desk.counted == 2


def test_everybody_has_figures_of_their_own():
    counts = Counts()

    assert counts.of(AMY, "desk", (7, NOON), Desk(3).count) == 3
    assert counts.of(BO, "desk", (7, NOON), Desk(5).count) == 5


def test_the_turn_of_a_minute_has_not():
    counts, desk = Counts(), Desk(3)
    counts.of(AMY, "desk", (7, NOON.replace(second=59)), desk.count)

    counts.of(AMY, "desk", (7, NOON.replace(minute=1, second=1)), desk.count)

    assert desk.counted == 1
