"""Timed and queued work of supervision."""

from __future__ import annotations

from concierge.kernel import clock
from concierge.kernel.jobs import Run
from concierge.kernel.work import reading
from concierge.supervision.queries.due_today import due_today
from concierge.supervision.services.show_cards import show_cards


def look_at_limits(run: Run) -> None:
    """Find the projects in which a card is to be shown, ended or carried further, and look at each by itself.

    Once a day before the office opens, and whenever the calendar changes. One job a project, so that a bad
    morning with a thousand cards never holds the database for longer than one of them takes.
    """
    with reading() as session:
        projects = due_today(session, clock.today()).projects
    with run.work() as w:
        for project_id in sorted(projects):
            w.enqueue("concierge.supervision.tasks:look_at_project", project_id=project_id)


def look_at_project(run: Run, project_id: int) -> None:
    """Show, end and escalate the cards of one project."""
    with run.work() as w:
        show_cards(w, project_id)
