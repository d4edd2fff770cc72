"""What the desk tells of joint reviews. Every handler may be run twice."""

from __future__ import annotations

from approvals.events.reviews import (
    OpinionGiven,
    ReviewAnswered,
    ReviewConvened,
    RoundClosed,
    SittingAnnounced,
    SittingWithdrawn,
)
from concierge.desk.services.tell import tell_project
from concierge.kernel.work import Work


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
