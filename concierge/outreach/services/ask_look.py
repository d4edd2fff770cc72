"""Ask for a look at the ledger now, instead of waiting for the night."""

from __future__ import annotations

from concierge.kernel.actor import Actor
from concierge.kernel.work import work

LOOK = "concierge.outreach.tasks:look_at_ledger"


def ask_look(*, by: Actor) -> None:
    """Have the whole ledger matched soon. Effects: one job; a county's ledger takes it some seconds."""
    with work(by) as w:
        w.enqueue(LOOK)
