"""What progress does when something happens elsewhere. Every handler may be run twice."""

from __future__ import annotations

from concierge.kernel.work import Work
from concierge.progress.services.change_link import revoke_all
from projects.events import ProjectEnded


def close_links(w: Work, event: ProjectEnded) -> None:
    """A project was closed: its links open nothing any more.

    Source: PL-16.
    """
    revoke_all(w, event.project_id)
