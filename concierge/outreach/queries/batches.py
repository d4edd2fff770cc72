"""Questions asked of the batches of grids."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from concierge.kernel.actor import Actor
from concierge.kernel.errors import Missing
from concierge.outreach.models.batch import ApplicationRow, BatchRow
from concierge.outreach.models.place import GridRow, TownshipRow
from concierge.outreach.queries.people import in_charge
from concierge.outreach.rules.standing import ApplicationState, BatchState

OPEN = (BatchState.COLLECTING, BatchState.SENT, BatchState.RETURNED)
MOST = 200


@dataclass(frozen=True)
class Listed:
    """One batch with its grid, township and the number of lines in each state."""

    batch: BatchRow
    grid: GridRow
    township: str
    counts: dict[ApplicationState, int]


def batches(session: Session, reader: Actor, *, only_open: bool = False) -> list[Listed]:
    """The batches of the grids a reader looks after, open ones first, in two queries."""
    asked = (
        select(BatchRow, GridRow, TownshipRow.name)
        .join(GridRow, GridRow.id == BatchRow.grid_id)
        .join(TownshipRow, TownshipRow.id == GridRow.township_id)
        .where(in_charge(reader, GridRow.township_id))
        .order_by(BatchRow.state == BatchState.CLOSED, BatchRow.collect_until_on, BatchRow.id)
        .limit(MOST)
    )
    if only_open:
        asked = asked.where(BatchRow.state.in_(OPEN))
    found = list(session.execute(asked))
    counts = counted(session, [row[0].id for row in found])
    return [Listed(row[0], row[1], row[2], counts.get(row[0].id, {})) for row in found]


def counted(session: Session, batch_ids: Sequence[int]) -> dict[int, dict[ApplicationState, int]]:
    """How many lines of each batch are in each state."""
    counts: dict[int, dict[ApplicationState, int]] = defaultdict(dict)
    asked = (
        select(ApplicationRow.batch_id, ApplicationRow.state, func.count(ApplicationRow.id))
        .where(ApplicationRow.batch_id.in_(batch_ids))
        .group_by(ApplicationRow.batch_id, ApplicationRow.state)
    )
    for batch_id, state, count in session.execute(asked):
        counts[batch_id][state] = count
    return counts


def batch(session: Session, batch_id: int, reader: Actor) -> Listed:
    """One batch. Raises: Missing, when it is not in the reader's charge."""
    asked = (
        select(BatchRow, GridRow, TownshipRow.name)
        .join(GridRow, GridRow.id == BatchRow.grid_id)
        .join(TownshipRow, TownshipRow.id == GridRow.township_id)
        .where(BatchRow.id == batch_id, in_charge(reader, GridRow.township_id))
    )
    row = session.execute(asked).one_or_none()
    if row is None:
        raise Missing
    return Listed(row[0], row[1], row[2], counted(session, [batch_id]).get(batch_id, {}))


def lines(session: Session, batch_id: int, states: Sequence[ApplicationState] = ()) -> list[ApplicationRow]:
    """The lines of a batch, those to be mended first, then as they came."""
    asked = select(ApplicationRow).where(ApplicationRow.batch_id == batch_id)
    if states:
        asked = asked.where(ApplicationRow.state.in_(states))
    order = (ApplicationRow.state != ApplicationState.FAULTY, ApplicationRow.line)
    return list(session.scalars(asked.order_by(*order)))


def hashes(session: Session, batch_id: int, *, but: int = 0) -> set[str]:
    """What the people of a batch are found by; withdrawn lines do not count."""
    asked = select(ApplicationRow.id_hash).where(
        ApplicationRow.batch_id == batch_id,
        ApplicationRow.id != but,
        ApplicationRow.id_hash != "",
        ApplicationRow.state != ApplicationState.WITHDRAWN,
    )
    return set(session.scalars(asked))


def last_line(session: Session, batch_id: int) -> int:
    """The number of the last line of a batch."""
    return (
        session.scalar(select(func.max(ApplicationRow.line)).where(ApplicationRow.batch_id == batch_id)) or 0
    )


def last_serial(session: Session, year: int) -> int:
    """The last number of a year's batches."""
    return session.scalar(select(func.max(BatchRow.serial)).where(BatchRow.year == year)) or 0
