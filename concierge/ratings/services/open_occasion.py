"""Let a finished service be rated, once."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from concierge.kernel import clock
from concierge.kernel.tokens import HANDLE_BYTES
from concierge.kernel.work import Work
from concierge.ratings.events import ServiceRateable
from concierge.ratings.models.rating import OccasionRow, RatedPersonRow
from concierge.ratings.queries.answering import Answering
from concierge.ratings.rules.rating import LINK_DAYS, Rated


@dataclass(frozen=True, kw_only=True)
class Finished:
    """A finished service, as its own addon tells of it.

    Units: civil days. Shape: ``department`` is empty for a service of the concierge office itself.
    """

    kind: Rated
    source_id: int
    closed_on: date
    department: str
    project_id: int | None = None
    attempt: int = 1
    code: str = ""
    title: str = ""
    begun_on: date | None = None
    promised_end_on: date | None = None
    people: Sequence[Answering] = ()


def open_occasion(w: Work, done: Finished) -> int:
    """Let this service be rated, once; answers the number of the occasion, new or known.

    Effects: one that had been taken back is open again; tells ``ServiceRateable`` of a new one.
    Source: RT-1.
    """
    known = _known(w, done.kind, done.source_id, done.attempt)
    if known is not None:
        known.withdrawn_at, known.closed_on = None, done.closed_on
        return known.id
    row = w.add(
        OccasionRow(
            project_id=done.project_id,
            kind=done.kind,
            source_id=done.source_id,
            attempt=done.attempt,
            code=done.code,
            title=done.title,
            department=done.department,
            begun_on=done.begun_on,
            promised_end_on=done.promised_end_on,
            closed_on=done.closed_on,
            made_at=clock.now(),
            handle=secrets.token_hex(HANDLE_BYTES),
            expires_on=done.closed_on + timedelta(days=LINK_DAYS),
        )
    )
    for one in done.people:
        w.session.add(
            RatedPersonRow(
                occasion_id=row.id,
                person_id=one.person_id,
                name=one.name,
                post=one.post,
                is_acting=one.is_acting,
            )
        )
    w.session.flush()
    w.record(
        ServiceRateable(
            occasion_id=row.id,
            project_id=row.project_id,
            kind=row.kind.value,
            code=row.code,
            department=row.department,
            closed_on=row.closed_on,
        )
    )
    return row.id


def _known(w: Work, kind: Rated, source_id: int, attempt: int) -> OccasionRow | None:
    return w.session.scalar(
        select(OccasionRow)
        .where(OccasionRow.kind == kind, OccasionRow.source_id == source_id, OccasionRow.attempt == attempt)
        .with_for_update()
    )
