"""What the desk does when something happens: people are told. Every handler may be run twice."""

from __future__ import annotations

from sqlalchemy import select

from approvals.events.case import StepMoved
from approvals.events.deferrals import DeferralDue
from approvals.events.reviews import (
    OpinionGiven,
    ReviewAnswered,
    ReviewConvened,
    RoundClosed,
    SittingAnnounced,
    SittingWithdrawn,
)
from approvals.models.case import CaseMoveRow
from concierge.desk.events import DepartmentReplied, NewLinkAsked
from concierge.desk.models import LinkRow
from concierge.desk.rules.reply import Outcome
from concierge.desk.services.tell import tell_person, tell_project
from concierge.kernel.work import Work
from concierge.supervision.events import CardEscalated, CardShown
from projects.events import PlanChanged
from projects.models.project import Plan

QUIET_MOVES = frozenset({"prepare", "receive", "work", "start_over"})
"""What everybody in charge does all day and need not hear of."""


def tell_of_plan(w: Work, event: PlanChanged) -> None:
    """Dates moved: those in charge hear how many steps, and whether the permit moved with them."""
    before = w.session.scalar(
        select(Plan.permit_on)
        .where(Plan.project_id == event.project_id, Plan.number < event.number)
        .order_by(Plan.number.desc())
        .limit(1)
    )
    has_moved = before != event.permit_on
    facts = {"permit_on": event.permit_on, "before": before, "steps": len(event.moved)}
    tell_project(w, event.project_id, "permit_moved" if has_moved else "dates_moved", facts)


def tell_of_move(w: Work, event: StepMoved) -> None:
    """A case went on or stands still: everybody in charge hears of it but who recorded it."""
    if event.move in QUIET_MOVES:
        return
    by = w.session.execute(
        select(CaseMoveRow.actor_id, CaseMoveRow.actor, CaseMoveRow.id)
        .where(CaseMoveRow.step_id == event.step_id, CaseMoveRow.move == event.move)
        .order_by(CaseMoveRow.id.desc())
        .limit(1)
    ).first()
    facts = {"on": event.on, "by": by.actor if by else ""}
    text = f"step_{event.move}"
    tell_project(w, event.project_id, text, facts, code=event.code, but=by.actor_id if by else None)


def tell_of_receipt(w: Work, event: DepartmentReplied) -> None:
    """A department has the papers; its other answers are moves of the case and told as such."""
    if event.outcome == Outcome.RECEIPT.value:
        facts = {"department": event.department}
        tell_project(w, event.project_id, "receipt", facts, code=event.code, with_liaison=False)


def tell_of_asking(w: Work, event: NewLinkAsked) -> None:
    """Somebody needs a new link: those in charge of the project hear it, or whoever made the old one."""
    facts = {"department": event.department, "recipient": event.recipient}
    if event.project_id is not None:
        tell_project(w, event.project_id, "link_asked", facts, code=event.code)
        return
    maker = w.session.scalar(select(LinkRow.made_by_id).where(LinkRow.id == event.link_id))
    if maker is not None:
        tell_person(w, maker, "link_asked", facts)


def tell_of_deferral(w: Work, event: DeferralDue) -> None:
    """A paper promised for later is due."""
    facts = {
        "number": event.number,
        "material": event.material,
        "due_on": event.due_on,
        "left": event.workdays_left,
    }
    text = "deferral_due" if event.workdays_left >= 0 else "deferral_over"
    tell_project(w, event.project_id, text, facts)


def tell_of_card(w: Work, event: CardShown) -> None:
    """A department was shown a card."""
    facts = {"department": event.department, "limit_on": event.limit_on}
    tell_project(w, event.project_id, f"card_{event.colour}", facts, code=event.code)


def tell_of_escalation(w: Work, event: CardEscalated) -> None:
    """A red card went one level up."""
    tell_project(w, event.project_id, "card_up", {"department": event.department}, code=event.code)


def tell_of_convening(w: Work, event: ReviewConvened) -> None:
    """A joint review began."""
    facts = {"group": event.review_group, "due_on": event.due_on, "members": len(event.members)}
    tell_project(w, event.project_id, "review_convened", facts)


def tell_of_opinion(w: Work, event: OpinionGiven) -> None:
    """A department gave its opinion."""
    facts = {"department": event.department, "stance": event.stance}
    tell_project(w, event.project_id, "opinion_given", facts, with_liaison=False)


def tell_of_round(w: Work, event: RoundClosed) -> None:
    """Everybody asked has answered, or the day is over: the one answer can be given."""
    tell_project(w, event.project_id, "round_closed", {"silent": len(event.silent)})


def tell_of_answer(w: Work, event: ReviewAnswered) -> None:
    """A joint review has its one answer."""
    facts = {"group": event.review_group, "answer": event.answer, "on": event.on}
    tell_project(w, event.project_id, "review_answered", facts)


def tell_of_sitting(w: Work, event: SittingAnnounced) -> None:
    """A step has its sitting."""
    tell_project(w, event.project_id, "sitting", {"on": event.on, "half": event.half}, code=event.code)


def tell_of_withdrawal(w: Work, event: SittingWithdrawn) -> None:
    """A step lost its sitting."""
    facts = {"on": event.on, "reason": event.reason}
    tell_project(w, event.project_id, "sitting_off", facts, code=event.code)
