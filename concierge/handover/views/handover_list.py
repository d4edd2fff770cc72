"""Handovers in a list, as plain values."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext

from concierge.handover.models import HandoverRow
from concierge.handover.queries.handovers import Listed
from concierge.handover.rules.handover import HandoverState, is_late, state_of
from concierge.handover.views.words import KINDS, STATES
from concierge.kernel import clock, spoken
from concierge.kernel.actor import Actor
from concierge.staff.queries import spoken_name

TURN_OF_GIVER = frozenset({HandoverState.TO_GIVE, HandoverState.TO_TAKE_BACK})
TURN_OF_TAKER = frozenset({HandoverState.TO_ACCEPT, HandoverState.TO_REPORT})


def number_of(row: HandoverRow) -> str:
    """The number a handover is cited by."""
    return f"JJ-{clock.local(row.made_at):%Y}-{row.id:03d}"


def days_of(row: HandoverRow) -> str:
    """The days it is for, as written."""
    if row.last_on is None:
        return gettext("from %(day)s for good", day=spoken.day(row.first_on))
    if row.first_on == row.last_on:
        return spoken.day(row.first_on)
    return gettext("%(first)s to %(last)s", first=spoken.day(row.first_on), last=spoken.day(row.last_on))


def is_turn_of(row: HandoverRow, state: HandoverState, reader: Actor) -> bool:
    """Whether the reader is the one to act next."""
    return (state in TURN_OF_GIVER and row.from_id == reader.id) or (
        state in TURN_OF_TAKER and row.to_id == reader.id
    )


def listed_sheet(rows: Iterable[Listed], today: date, reader: Actor) -> list[dict[str, Any]]:
    """The lines of a list; those that wait for the reader come first."""
    lines = []
    for one in rows:
        row, state = one.row, state_of(one.facts, today)
        lines.append(
            {
                "number": number_of(row),
                "href": url_for("HandoverView.one", handover_id=row.id),
                "kind": gettext(KINDS[row.kind]),
                "giver": spoken_name(row.giver),
                "taker": spoken_name(row.taker),
                "days": days_of(row),
                "due_on": row.due_on,
                "look": STATES[state][0],
                "state": gettext(STATES[state][1]),
                "is_late": is_late(one.facts, today),
                "is_mine": is_turn_of(row, state, reader),
                "projects": [name for _, name in one.projects],
                "to_tell": len(one.to_tell),
            }
        )
    return sorted(lines, key=lambda line: not line["is_mine"])
