"""The only lawful moves between the states of a step, as one table.

A correction told before acceptance and one told after it share the exchange codes 6 and 7; a row says which
of the two it means.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from approvals.rules.lifecycle import StepState as S
from approvals.rules.progress import Move

RUNNING = frozenset(
    {S.ACCEPTED, S.CORRECTING, S.CORRECTED, S.WORKING, S.IN_PROCEDURE, S.PROCEDURE_OVER},
)
"""Accepted and not yet ended (codes 3 and 6 to 10)."""
STANDING_STILL = frozenset({S.CORRECTING, S.IN_PROCEDURE})
"""The clock stands (codes 6 and 9)."""
PASSED = frozenset({S.PASSED, S.PASSED_DEFERRED})
"""A result that opens the way (codes 11 and 12)."""
ENDED = frozenset({S.WITHDRAWN, S.NOT_ACCEPTED, S.DECLINED, S.REFUSED, S.RECALLED, S.REVOKED})
"""Over without a result that stands; it may be begun anew (codes 2, 4, 5, 13, 14, 15)."""
UNANSWERED = frozenset({S.RECEIVED, S.CORRECTED})
"""Everything is handed in and nothing said about it, as long as the case is not accepted (codes 1 and 7)."""
_NOT_FILED = frozenset({S.NOT_STARTED, S.PREPARING})


@dataclass(frozen=True)
class Way:
    """One lawful move: from any of these states into one of those.

    Shape: ``is_accepted`` is whether the case must have been accepted already; None where the states say so.
    """

    move: Move
    before: frozenset[S]
    after: frozenset[S]
    is_accepted: bool | None = None


def _way(move: Move, before: frozenset[S], *after: S, is_accepted: bool | None = None) -> Way:
    return Way(move, before, frozenset(after), is_accepted)


WAYS = (
    # before acceptance: codes 1, 2, 4, 5 and the first 6 and 7
    _way(Move.PREPARE, frozenset({S.NOT_STARTED}), S.PREPARING),
    _way(Move.RECEIVE, _NOT_FILED, S.RECEIVED),
    _way(Move.CORRECT, frozenset({S.RECEIVED}), S.CORRECTING, is_accepted=False),
    _way(Move.CORRECTED, frozenset({S.CORRECTING}), S.CORRECTED, is_accepted=False),
    _way(
        Move.WITHDRAW,
        frozenset({S.RECEIVED, S.CORRECTING, S.CORRECTED}),
        S.WITHDRAWN,
        is_accepted=False,
    ),
    _way(Move.NOT_ACCEPT, frozenset({S.RECEIVED, S.CORRECTED}), S.NOT_ACCEPTED, is_accepted=False),
    _way(
        Move.DECLINE,
        frozenset({S.RECEIVED, S.CORRECTING, S.CORRECTED}),
        S.DECLINED,
        is_accepted=False,
    ),
    _way(Move.ACCEPT, _NOT_FILED | {S.RECEIVED, S.CORRECTED}, S.ACCEPTED, is_accepted=False),
    # under way: codes 3, 6 to 10
    _way(Move.WORK, frozenset({S.ACCEPTED, S.CORRECTED, S.PROCEDURE_OVER}), S.WORKING, is_accepted=True),
    _way(
        Move.CORRECT,
        frozenset({S.ACCEPTED, S.WORKING, S.IN_PROCEDURE, S.PROCEDURE_OVER}),
        S.CORRECTING,
        is_accepted=True,
    ),
    _way(Move.CORRECTED, frozenset({S.CORRECTING}), S.CORRECTED, S.IN_PROCEDURE, is_accepted=True),
    _way(Move.CORRECTED, frozenset({S.IN_PROCEDURE}), S.IN_PROCEDURE, is_accepted=True),
    _way(Move.STOP, RUNNING, S.IN_PROCEDURE, is_accepted=True),
    _way(Move.RESUME, frozenset({S.IN_PROCEDURE}), S.PROCEDURE_OVER, *STANDING_STILL, is_accepted=True),
    _way(Move.RESUME, frozenset({S.CORRECTING}), S.WORKING, *STANDING_STILL, is_accepted=True),
    _way(Move.EXTEND, RUNNING, *RUNNING, is_accepted=True),
    # the ends: codes 11 to 15
    _way(Move.PASS, RUNNING - STANDING_STILL, S.PASSED, S.PASSED_DEFERRED, is_accepted=True),
    _way(Move.REFUSE, RUNNING - {S.IN_PROCEDURE}, S.REFUSED, is_accepted=True),
    _way(Move.RECALL, RUNNING, S.RECALLED, is_accepted=True),
    _way(Move.REVOKE, PASSED, S.REVOKED),
    # the next attempt
    _way(Move.START_OVER, ENDED, S.NOT_STARTED),
)
"""Every lawful move but one: taking the last record back (``undo``) leads where the case stood before it.

Source: S12, states 1 to 15; S02 arts. 32, 34, 38, 42, 45, 69; CL-5.
"""

_WAYS_OF: Mapping[Move, tuple[Way, ...]] = MappingProxyType(
    {move: tuple(way for way in WAYS if way.move is move) for move in Move}
)


def way(move: Move, state: S, *, is_accepted: bool) -> Way | None:
    """The row of the table a move takes from where a case stands; None when there is none."""
    for row in _WAYS_OF[move]:
        if state in row.before and row.is_accepted in (None, is_accepted):
            return row
    return None


def open_moves(state: S, *, is_accepted: bool) -> tuple[Move, ...]:
    """The moves the table has for a case that stands here, in its order; taking back is not among them."""
    return tuple(
        dict.fromkeys(
            row.move for row in WAYS if state in row.before and row.is_accepted in (None, is_accepted)
        )
    )
