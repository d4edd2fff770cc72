"""What a person has to do about handovers: give, accept, report, take back, tell the enterprises."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from flask import url_for
from sqlalchemy.orm import Session

from concierge.handover.queries.handovers import Listed, open_handovers
from concierge.handover.rules.handover import HandoverState, state_of
from concierge.handover.views.handover_list import number_of
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.errors import N_
from concierge.staff.queries import spoken_name
from concierge.staff.rules.todo import Todo, TodoKind

GIVE = N_("Hand over to %(name)s (%(number)s)")
ACCEPT = N_("Accept the handover from %(name)s (%(number)s)")
REPORT = N_("Report back to %(name)s what was done (%(number)s)")
TAKE_BACK = N_("Take the work back from %(name)s (%(number)s)")
TELL = N_("Tell %(count)s enterprises that you look after their projects (%(number)s)")
WAIT = N_("%(name)s has to accept your handover (%(number)s)")
WAIT_FOR = N_("%(name)s has to hand over to you (%(number)s)")
OPEN = N_("Open the handover")


def todos(session: Session, reader: Actor, on: date) -> Iterable[Todo]:
    """The handovers in which this person has to act, or waits for the other; three queries.

    Source: AB-4 to AB-8.
    """
    if reader.id is None:
        return
    for one in open_handovers(session, reader.id):
        yield from _of(one, reader.id, on)


def _of(one: Listed, reader_id: int, on: date) -> Iterator[Todo]:
    row, state = one.row, state_of(one.facts, on)
    gives = row.from_id == reader_id
    name = spoken_name(row.taker if gives else row.giver)
    turns = {
        (HandoverState.TO_GIVE, True): (GIVE, TodoKind.ACT, row.due_on),
        (HandoverState.TO_GIVE, False): (WAIT_FOR, TodoKind.WAIT, row.due_on),
        (HandoverState.TO_ACCEPT, True): (WAIT, TodoKind.WAIT, row.first_on),
        (HandoverState.TO_ACCEPT, False): (ACCEPT, TodoKind.ACCEPT, row.first_on),
        (HandoverState.TO_REPORT, False): (REPORT, TodoKind.ACT, row.last_on),
        (HandoverState.TO_TAKE_BACK, True): (TAKE_BACK, TodoKind.ACT, on),
    }
    turn = turns.get((state, gives))
    if turn is not None:
        text, kind, due_on = turn
        since = row.given_at or row.made_at
        yield Todo(
            key=f"handover:{row.id}:{state.value}",
            text=text,
            facts={"name": name, "number": number_of(row)},
            kind=kind,
            due_on=due_on,
            waiting_since_on=clock.local(since).date() if kind is TodoKind.WAIT else None,
            href=url_for("HandoverView.one", handover_id=row.id),
            action=OPEN,
        )
    if one.to_tell and not gives and row.accepted_at is not None:
        yield Todo(
            key=f"handover:{row.id}:tell",
            text=TELL,
            facts={"count": len(one.to_tell), "number": number_of(row)},
            due_on=max(row.first_on, on) if row.first_on > on else on,
            href=url_for("HandoverView.one", handover_id=row.id) + "#told",
            action=OPEN,
        )
