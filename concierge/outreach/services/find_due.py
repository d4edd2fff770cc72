"""Look at the whole ledger of people: who is due for what today, who is newly so, who not any more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select, update

from concierge.kernel import clock
from concierge.kernel.actor import SYSTEM, Actor
from concierge.kernel.work import reading, work
from concierge.outreach.events import DueFound
from concierge.outreach.models.entitlement import DueRow
from concierge.outreach.models.people import PersonRow
from concierge.outreach.queries import entitlements, people
from concierge.outreach.rules.eligibility import matched
from concierge.outreach.rules.standing import DueState
from concierge.outreach.rules.watching import Watched, watch

DUES = DueRow.metadata.tables[DueRow.__tablename__]
SLICE = 5_000
"""So many rows one transaction writes, so that nobody waits long for the database."""


@dataclass(frozen=True)
class Look:
    """What one look found. Shape: ``new`` by the code of the rule."""

    new: dict[str, int]
    moved: dict[DueState, int]
    said_no: int


def find_due(*, by: Actor = SYSTEM) -> Look:
    """Match everybody of the ledger with every rule that is on, and keep what changed.

    Effects: adds and moves entitlements; nothing that people have begun is touched. Run twice on one day it
        finds nothing new; after days without a look it finds all of them.
    Source: SF-8, SF-9.
    """
    today = clock.today()
    with reading() as session:
        kept = entitlements.rules(session, only_on=True)
        found = matched([one.rule for one in kept], people.people(session), today)
        grounds = {one.row.code: one.row.ground for one in kept}
        watched = watch(found, entitlements.known(session), people.wishes(session, today), grounds)
        numbers = {one.row.code: one.row.id for one in kept}
        places = _places(session) if watched.new else {}
    for slice_ in _sliced(list(_rows(watched, numbers, places))):
        _add(slice_, by)
    for state, moved in watched.moved.items():
        for part in _sliced(moved):
            _move(part, state, by)
    new = Counter(due.code for due, _ in watched.new)
    if new:
        with work(by) as w:
            for code, count in sorted(new.items()):
                w.record(DueFound(code, count, today))
    return Look(dict(new), {state: len(moved) for state, moved in watched.moved.items()}, watched.said_no)


def _places(session: Any) -> dict[int, int]:
    asked = select(PersonRow.id, PersonRow.township_id)
    return {row[0]: row[1] for row in session.execute(asked)}


def _rows(watched: Watched, numbers: dict[str, int], places: dict[int, int]) -> Iterator[dict[str, Any]]:
    now, today = clock.now(), clock.today()
    for due, state in watched.new:
        yield {
            "rule_id": numbers[due.code],
            "person_id": due.person_id,
            "township_id": places[due.person_id],
            "since_on": due.since_on,
            "until_on": due.until_on,
            "found_on": today,
            "state": state,
            "state_at": now,
            "by": "",
            "case_number": "",
            "courier": "",
            "signed_by": "",
            "version": 1,
        }


def _add(rows: Sequence[dict[str, Any]], by: Actor) -> None:
    with work(by) as w:
        w.session.connection().execute(insert(DUES), rows)


def _move(numbers: Sequence[int], state: DueState, by: Actor) -> None:
    """Move those that still wait; what somebody has begun meanwhile stays."""
    with work(by) as w:
        w.session.execute(
            update(DueRow)
            .where(DueRow.id.in_(numbers))
            .where(DueRow.state.in_((DueState.ASK, DueState.FOUND, DueState.LAPSED)))
            .values(state=state, state_at=clock.now(), version=DueRow.version + 1)
            .execution_options(synchronize_session=False)
        )


def _sliced(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for first in range(0, len(rows), SLICE):
        yield rows[first : first + SLICE]
