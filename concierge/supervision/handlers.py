"""What supervision does when something happens to a step. Every handler may be run twice."""

from __future__ import annotations

from sqlalchemy import select

from approvals.events.case import StepMoved
from approvals.events.catalogue import CalendarChanged
from approvals.events.papers import SecondListTried
from approvals.models.step import Step
from approvals.queries import catalogue as catalogue_queries
from concierge.kernel import clock
from concierge.kernel.work import Work
from concierge.supervision.models.card import CardRow
from concierge.supervision.rules.card import Cause
from concierge.supervision.services.record_violation import show_violation
from concierge.supervision.services.show_cards import show_cards
from projects.events import ProjectEnded
from projects.models.project import Project

LOOK = "concierge.supervision.tasks:look_at_limits"


def look_after_move(w: Work, event: StepMoved) -> None:
    """A step moved: its cards end, or others are due. The first move of a day has every limit looked at.

    So a desk whose clock did not tick in the morning still shows what is due.
    """
    show_cards(w, event.project_id)
    w.enqueue(LOOK, dedupe_key=f"limits:{clock.today().isoformat()}")


def look_after_ending(w: Work, event: ProjectEnded) -> None:
    """A project was closed: no limit runs in it any more, and its live cards end."""
    show_cards(w, event.project_id)


def look_after_calendar(w: Work, _event: CalendarChanged) -> None:
    """Other days are working days: every limit is looked at again."""
    w.enqueue(LOOK)


def look_after_second_list(w: Work, event: SecondListTried) -> None:
    """A second list of corrections was refused: the department is shown a red card, one a day.

    Source: SV-3, AC-4.
    """
    step = w.get(Step, event.step_id)
    shown = select(CardRow.id).where(
        CardRow.step_id == step.id,
        CardRow.attempt == step.attempt,
        CardRow.cause == Cause.SECOND_LIST,
        CardRow.limit_on == event.on,
    )
    if w.session.scalar(shown) is None:
        project = w.get(Project, event.project_id)
        known = catalogue_queries.catalogue(project.edition_id, w.session).materials_of.get(step.code, ())
        names = {paper.code: paper.spoken("zh") for paper in known}
        papers = "、".join(names.get(code, code) for code in event.materials)
        show_violation(w, step, Cause.SECOND_LIST, event.on, papers, seen_by=w.by.label)
