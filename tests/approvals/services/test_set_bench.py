"""How many reviewers departments have: recorded, told, and never lost to somebody else's older page."""

from datetime import date

import pytest
from sqlalchemy import select

from approvals.queries import reviews
from approvals.rules.benches import (
    Bench,
    BenchChange,
    ChangeEndsBeforeItBegins,
    ChangesOverlap,
    ChangeWithoutReason,
    NoSuchNumberOfReviewers,
)
from approvals.services.change_bench import BenchNotCounted, change_bench
from approvals.services.set_bench import BenchHasChanges, NewNumber, set_bench, set_benches
from approvals.services.withdraw_bench_change import withdraw_bench_change
from concierge.kernel.actor import SYSTEM
from concierge.kernel.errors import Missing, Stale
from concierge.kernel.outbox import EventRow
from concierge.kernel.work import reading

pytestmark = pytest.mark.usefixtures("catalogue_office")
BENCH_CHANGED = "approvals.events.reviews:BenchChanged"


def benches():
    with reading() as session:
        return reviews.benches(session)


def changes():
    with reading() as session:
        return reviews.bench_changes(session, date(2026, 1, 1))


def a_change(first=11, last=29, reviewers=1, department="HCB", reason="on loan"):
    return BenchChange(department, date(2026, 5, first), date(2026, 5, last), reviewers, reason=reason)


def test_a_number_is_recorded_and_told_once(catalogue_office):
    assert set_bench("HCB", 3, by=SYSTEM)
    assert not set_bench("HCB", 3, by=SYSTEM)

    assert benches() == {"HCB": Bench("HCB", 3)}
    assert len(catalogue_office.asked(select(EventRow).where(EventRow.name == BENCH_CHANGED))) == 1


def test_a_department_is_counted_no_more():
    set_bench("HCB", 3, by=SYSTEM)

    assert set_bench("HCB", None, by=SYSTEM)

    assert benches() == {}


@pytest.mark.parametrize("reviewers", [-1, 1000])
def test_an_impossible_number_is_refused_and_named(reviewers):
    with pytest.raises(NoSuchNumberOfReviewers) as refused:
        set_bench("HCB", reviewers, by=SYSTEM)

    assert refused.value.department == "HCB"
    assert benches() == {}


def test_a_department_nobody_knows_has_no_bench():
    with pytest.raises(Missing):
        set_bench("NOBODY", 3, by=SYSTEM)


def test_a_table_is_recorded_whole_or_not_at_all():
    with pytest.raises(NoSuchNumberOfReviewers):
        set_benches({"DRC": NewNumber(None, 2), "HCB": NewNumber(None, -1)}, by=SYSTEM)
    assert benches() == {}

    assert set_benches({"DRC": NewNumber(None, 2), "HCB": NewNumber(None, 4)}, by=SYSTEM) == 2
    assert {code: bench.reviewers for code, bench in benches().items()} == {"DRC": 2, "HCB": 4}


def test_a_number_somebody_else_changed_meanwhile_is_not_written_over():
    set_bench("HCB", 3, by=SYSTEM)
    set_bench("HCB", 5, by=SYSTEM)

    with pytest.raises(Stale):
        set_benches({"HCB": NewNumber(3, 2)}, by=SYSTEM)
    assert benches()["HCB"].reviewers == 5

    assert set_benches({"HCB": NewNumber(3, 5)}, by=SYSTEM) == 0  # both wanted the same


def test_days_with_another_number_are_recorded_told_and_taken_out(catalogue_office):
    set_bench("HCB", 3, by=SYSTEM)

    number = change_bench(a_change(reason="  on loan "), by=SYSTEM)
    (kept,) = changes()
    assert (kept.id, kept.reviewers, kept.reason) == (number, 1, "on loan")

    withdraw_bench_change(number, by=SYSTEM)
    assert changes() == ()
    told = catalogue_office.asked(select(EventRow.facts).where(EventRow.name == BENCH_CHANGED))
    assert ['"reviewers":3' in told[0], '"reviewers":1' in told[1], '"reviewers":null' in told[2]] == [
        True
    ] * 3


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        pytest.param(a_change(29, 11), ChangeEndsBeforeItBegins, id="backwards"),
        pytest.param(a_change(29, 30), ChangesOverlap, id="shares the last day"),
        pytest.param(a_change(1, 2, reason=" "), ChangeWithoutReason, id="no reason"),
        pytest.param(a_change(1, 2, reviewers=-2), NoSuchNumberOfReviewers, id="fewer than none"),
        pytest.param(a_change(department="EEB"), BenchNotCounted, id="not counted"),
    ],
)
def test_days_that_cannot_be_are_refused(change, refusal):
    set_bench("HCB", 3, by=SYSTEM)
    change_bench(a_change(), by=SYSTEM)

    with pytest.raises(refusal):
        change_bench(change, by=SYSTEM)

    assert len(changes()) == 1


def test_a_department_with_such_days_to_come_stays_counted_until_they_are_taken_out():
    set_bench("HCB", 3, by=SYSTEM)
    change_bench(a_change(), by=SYSTEM)

    with pytest.raises(BenchHasChanges):
        set_bench("HCB", None, by=SYSTEM)

    withdraw_bench_change(changes()[0].id, by=SYSTEM)
    set_bench("HCB", None, by=SYSTEM)
    assert benches() == {}


def test_such_days_of_the_past_do_not_keep_a_department_counted():
    set_bench("HCB", 3, by=SYSTEM)
    change_bench(BenchChange("HCB", date(2026, 3, 2), date(2026, 3, 6), 1, reason="leave"), by=SYSTEM)

    set_bench("HCB", None, by=SYSTEM)

    assert (benches(), changes()) == ({}, ())


def test_what_is_gone_cannot_be_taken_out():
    with pytest.raises(Missing):
        withdraw_bench_change(77, by=SYSTEM)


def test_only_the_days_asked_for_are_answered():
    set_bench("HCB", 3, by=SYSTEM)
    change_bench(a_change(11, 12), by=SYSTEM)
    change_bench(a_change(20, 22), by=SYSTEM)

    def between(first, last):
        with reading() as session:
            found = reviews.bench_changes(session, date(2026, 5, first), date(2026, 5, last))
        return [change.first_on.day for change in found]

    assert between(12, 20) == [11, 20]
    assert between(13, 19) == []
    assert between(21, 31) == [20]
