"""Numbers of a series: one after the other in a year, and going on where counting by hand stood."""

from datetime import date

from approvals.services.take_number import next_in_series, take_number
from concierge.kernel.actor import SYSTEM
from concierge.kernel.work import work


def test_each_year_counts_from_one(catalogue_office):
    with work(SYSTEM) as w:
        given = [take_number(w, "RQ", date(year, 3, 2)) for year in (2026, 2026, 2027)]

    assert given == ["RQ-2026-001", "RQ-2026-002", "RQ-2027-001"]


def test_a_new_counter_goes_on_after_what_was_counted_before(catalogue_office):
    with work(SYSTEM) as w:
        assert next_in_series(w, "service", 2026, after=7) == 8
        assert next_in_series(w, "service", 2026, after=7) == 9
