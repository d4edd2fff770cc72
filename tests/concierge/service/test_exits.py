"""Each exit test opens for exactly what it asks for."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concierge.service.rules.case import Record
from concierge.service.rules.exits import CaseProgress, ExitTest, RecordMissing, unmet

READY = CaseProgress(
    is_entrusted=True,
    is_acceptance_issued=True,
    items_done=2,
    deliveries=1,
    records=frozenset(Record),
)


def test_a_full_file_meets_every_test() -> None:
    assert unmet(ExitTest, READY) == ()


@pytest.mark.parametrize(
    ("test", "lacking"),
    [
        (ExitTest.ENTRUSTMENT_SIGNED, replace(READY, is_entrusted=False)),
        (ExitTest.FORM_COMPLETE, replace(READY, fields_empty=1)),
        (ExitTest.SET_COMPLETE, replace(READY, papers_missing=1)),
        (ExitTest.SET_HERE, replace(READY, papers_later=1)),
        (ExitTest.SET_HERE, replace(READY, is_set_awaited=True)),
        (ExitTest.ACCEPTANCE_ISSUED, replace(READY, is_acceptance_issued=False)),
        (ExitTest.IN_HAND, replace(READY, office="云岭镇便民服务中心")),
        (ExitTest.ITEMS_SETTLED, replace(READY, items_open=1)),
        (ExitTest.RESULTS_SIGNED, replace(READY, deliveries_unsigned=1)),
        (ExitTest.RESULTS_SIGNED, replace(READY, deliveries=0)),
        (ExitTest.CALL_BACK_RECORDED, replace(READY, records=READY.records - {Record.CALL_BACK})),
    ],
)
def test_each_test_finds_what_it_asks_for(test: ExitTest, lacking: CaseProgress) -> None:
    assert len(unmet([test], lacking)) == 1
    assert unmet([test], READY) == ()


def test_nothing_done_needs_no_delivery() -> None:
    assert unmet([ExitTest.RESULTS_SIGNED], replace(READY, items_done=0, deliveries=0)) == ()


@given(kept=st.sets(st.sampled_from(sorted(Record, key=lambda one: one.value))))
def test_a_record_that_was_written_is_never_asked_for_again(kept: set[Record]) -> None:
    asked = [one for one in ExitTest if one.value.endswith("_recorded")]

    missing = unmet(asked, replace(READY, records=frozenset(kept)))

    assert all(isinstance(one, RecordMissing) for one in missing)
    assert {one.facts["record"] for one in missing} == {
        one.value.removesuffix("_recorded") for one in asked
    } - {one.value for one in kept}
