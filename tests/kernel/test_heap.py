"""Full collections of garbage come when a process has warmed up and once a day, not while somebody waits."""

import gc
import weakref

import pytest

from concierge.kernel.heap import SELDOM, WORTH_IT, Settling, settle, sweep

DAY = 24 * 3600.0


@pytest.fixture
def thawed():
    """Nothing set aside by one test reaches the next."""
    thresholds = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*thresholds)


def test_what_is_there_is_set_aside_and_no_collection_walks_over_it_again(thawed):
    kept = [{"number": number} for number in range(1000)]

    settle()

    assert gc.get_freeze_count() > len(kept)
    assert not any(one is kept for one in gc.get_objects())


def test_a_ring_that_went_after_it_was_set_aside_is_found_when_the_process_settles_again(thawed):
    class Link:
        other = None

    first, second = Link(), Link()
    first.other, second.other = second, first
    gone = weakref.ref(first)
    settle()

    del first, second
    gc.collect()
    assert gone() is not None

    settle()
    assert gone() is None


def test_a_process_settles_twice_while_it_warms_up_and_then_once_a_day(thawed):
    settling = Settling(began=100.0)
    moments = [100, 129, 130, 200, 399, 400, 401, 100 + DAY - 1, 100 + DAY, 101 + DAY, 100 + 2 * DAY]

    assert [moment for moment in moments if settling.tick(moment)] == [130, 400, 100 + DAY, 100 + 2 * DAY]


def test_a_process_that_slept_for_days_settles_once(thawed):
    settling = Settling(began=0.0)

    assert settling.tick(5 * DAY + 1)
    assert not settling.tick(5 * DAY + 2)
    assert settling.tick(6 * DAY)


def test_once_settled_what_is_new_is_looked_through_when_the_clock_says_so(thawed):
    settle()
    assert gc.get_threshold() == SELDOM
    assert not sweep()
    walks = [generation["collections"] for generation in gc.get_stats()]
    kept = []

    def swept():
        while gc.get_count()[0] < WORTH_IT[0]:
            kept.append([])
        assert sweep()
        now = [generation["collections"] for generation in gc.get_stats()]
        return [after - before for before, after in zip(walks, now, strict=True)]

    assert swept() == [1, 0, 0]
    assert swept() == [1, 1, 0]
    while gc.get_count()[2] < WORTH_IT[2]:
        assert swept()[2] == 0
    assert swept()[2] == 1
    assert not sweep()
