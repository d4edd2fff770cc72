"""From what was found before and what is found today: who is new, who is not due any more, who is again.

Source: SF-9, watch for the newly eligible.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from concierge.outreach.rules.eligibility import Due
from concierge.outreach.rules.lawful_use import Ground, Use, lawful_use
from concierge.outreach.rules.standing import DueState

WAITING = (DueState.ASK, DueState.FOUND, DueState.LAPSED)
"""What a look at the ledger may change by itself; from the first deed on, only people do."""


@dataclass(frozen=True, slots=True)
class Known:
    """One entitlement as it is kept."""

    due_id: int
    person_id: int
    code: str
    since_on: date
    state: DueState


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What people said: consents and refusals as pairs of person and service; an empty service means all."""

    consents: frozenset[tuple[int, str]] = frozenset()
    refusals: frozenset[tuple[int, str]] = frozenset()

    def use(self, person_id: int, code: str, ground: Ground) -> Use:
        """What may be done for this person and service."""
        return lawful_use(
            ground,
            has_consented=(person_id, code) in self.consents,
            has_said_no=bool(self.refusals)
            and ((person_id, code) in self.refusals or (person_id, "") in self.refusals),
        )


@dataclass(frozen=True, slots=True)
class Watched:
    """What one look changes. Shape: ``moved`` are the numbers of entitlements by their new state."""

    new: list[tuple[Due, DueState]] = field(default_factory=list)
    moved: dict[DueState, list[int]] = field(default_factory=dict)
    said_no: int = 0


def watch(
    found: Iterable[Due], known: Iterable[Known], wishes: Wishes, grounds: Mapping[str, Ground]
) -> Watched:
    """Compare what is found today with what is kept.

    Shape: somebody who said no is left out, and only counted. A date that moved (a birth date put right)
        lapses the old line and begins a new one.
    Source: SF-9, SF-10.
    """
    kept = {(one.person_id, one.code, one.since_on): one for one in known}
    seen: set[int] = set()
    watched = Watched()
    refused = 0
    for due in found:
        use = wishes.use(due.person_id, due.code, grounds[due.code])
        before = kept.get((due.person_id, due.code, due.since_on))
        if use is Use.LEAVE:
            refused += 1
            continue
        state = DueState.FOUND if use is Use.ACT else DueState.ASK
        if before is None:
            watched.new.append((due, state))
            continue
        seen.add(before.due_id)
        if before.state in WAITING and before.state is not state:
            watched.moved.setdefault(state, []).append(before.due_id)
    gone = [
        one.due_id
        for one in kept.values()
        if one.due_id not in seen and one.state in (DueState.ASK, DueState.FOUND)
    ]
    if gone:
        watched.moved[DueState.LAPSED] = gone
    return Watched(watched.new, watched.moved, refused)
