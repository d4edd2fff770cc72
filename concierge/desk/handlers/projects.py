"""What the desk does when a project ends. Every handler may be run twice."""

from __future__ import annotations

from concierge.desk.services.revoke_link import revoke_all
from concierge.desk.services.tell import tell_project
from concierge.kernel.work import Work
from projects.events import ProjectEnded


def close_links(w: Work, event: ProjectEnded) -> None:
    """A project ended: its links open nothing any more, and those in charge hear of it."""
    revoke_all(w, event.project_id)
    tell_project(w, event.project_id, "project_ended", {"on": event.on})
