"""Have the pages of a shipped template drawn, once for whoever asks."""

from __future__ import annotations

from concierge.kernel.actor import Actor
from concierge.kernel.work import work


def ask_for_pages(kind: str, *, by: Actor) -> None:
    """Put the drawing of a kind's shipped template into the queue."""
    with work(by) as w:
        w.enqueue("documents.tasks:draw_shipped", kind=kind)
