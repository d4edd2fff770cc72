"""Keep one meeting room of the list: a name, and places for at least one person."""

from __future__ import annotations

from sqlalchemy import select

from approvals.models.review import RoomRow, SittingRow
from approvals.rules.sittings import SittingState
from concierge.kernel import clock
from concierge.kernel.errors import N_, Invalid, Refusal
from concierge.kernel.work import Work

MOST_PLACES = 2000


class RoomWithoutName(Invalid):
    """A room nobody could find."""

    message = N_("Name the room as people look for it: building, floor, number.")
    field = "name"


class RoomWithoutPlaces(Invalid):
    """A room nobody can sit in, or larger than any."""

    message = N_("A room seats between 1 and %(most)s people.")
    field = "places"


class RoomExpected(Refusal):
    """Departments were told to come to this room."""

    message = N_("A sitting is announced in this room for %(on)s. Withdraw or move that sitting first.")


def keep_room(w: Work, row: RoomRow) -> None:
    """Add or change one room.

    Raises: RoomWithoutName, RoomWithoutPlaces; RoomExpected, when a room with sittings goes out of use.
    """
    row.name = " ".join((row.name or "").split())
    if not row.name:
        raise RoomWithoutName
    if not 1 <= (row.places or 0) <= MOST_PLACES:
        raise RoomWithoutPlaces(most=MOST_PLACES)
    if row.id is not None and not row.is_active:
        _refuse_expected(w, row)
    w.session.add(row)
    w.session.flush()


def drop_room(w: Work, row: RoomRow) -> None:
    """Delete a room in which nothing was ever held; others go out of use instead.

    Raises: RoomExpected; StillReferred, from the table, when sittings were held in it.
    """
    _refuse_expected(w, row)
    w.session.delete(row)
    w.session.flush()


def _refuse_expected(w: Work, row: RoomRow) -> None:
    with w.session.no_autoflush:
        on = w.session.scalar(
            select(SittingRow.on)
            .where(
                SittingRow.room_id == row.id,
                SittingRow.state == SittingState.ANNOUNCED,
                SittingRow.on >= clock.today(),
            )
            .order_by(SittingRow.on)
            .limit(1)
        )
    if on is not None:
        raise RoomExpected(on=on)
