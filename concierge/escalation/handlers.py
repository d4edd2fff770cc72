"""What the window does when something happens elsewhere. Every handler may be run twice."""

from __future__ import annotations

from approvals.events.case import StepMoved
from approvals.models.step import Step
from concierge.escalation.queries.findings import last_move
from concierge.escalation.services.find_problems import find_dissatisfied, find_overdue_card, found_words
from concierge.escalation.services.report_negative import Negative, drop_negative, keep_negative
from concierge.kernel.work import Work
from concierge.ratings.events import RaterStillDissatisfied
from concierge.supervision.events import CardEscalated
from concierge.supervision.models.card import CardRow
from concierge.supervision.rules.card import Level
from projects.models.project import Enterprise, Project

NOES = frozenset({"refuse", "not_accept", "decline"})
"""The moves that send the enterprise home with a no. Source: ES-8."""


def report_long_overdue(w: Work, event: CardEscalated) -> None:
    """A red card reached the supervision office: what it is about is reported as not getting done."""
    if event.level != Level.SUPERVISION_OFFICE.value:
        return
    card = w.session.get(CardRow, event.card_id)
    if card is not None:
        find_overdue_card(w, card)


def report_dissatisfied(w: Work, event: RaterStillDissatisfied) -> None:
    """A call-back found somebody still dissatisfied."""
    find_dissatisfied(w, event.redress_id, event.project_id, event.code, event.department)


def report_refusal(w: Work, event: StepMoved) -> None:
    """A department said no to a step: the no is looked at a second time; taken back, it needs no look.

    Source: ES-8.
    """
    if event.undone in NOES:
        drop_negative(w, _occasion(event, event.undone), found_words()["move_undone"]["text"])
    if event.move not in NOES:
        return
    step, move = (
        w.session.get(Step, event.step_id),
        last_move(w.session, event.step_id, event.attempt, event.move),
    )
    project = w.session.get(Project, event.project_id)
    if step is None or move is None or project is None:
        return
    enterprise = w.session.get(Enterprise, project.enterprise_id)
    keep_negative(
        w,
        Negative(
            occasion=_occasion(event, event.move),
            project_id=project.id,
            step_id=step.id,
            department=step.department,
            matter=project.name,
            applicant=enterprise.name if enterprise else "",
            phone=(enterprise.phone or "") if enterprise else "",
            said_by=move.decided_by or move.actor,
            said_by_id=None if move.decided_by else move.actor_id,
            said_on=event.on,
            reason=move.reason,
            basis=move.basis,
        ),
    )


def _occasion(event: StepMoved, move: str) -> str:
    return f"move:{event.step_id}:{event.attempt}:{move}"
