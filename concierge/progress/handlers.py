"""What progress does when something happens elsewhere. Every handler may be run twice."""

from __future__ import annotations

from approvals.events.case import StepMoved
from approvals.rules.progress import Move
from concierge.kernel.work import Work
from concierge.progress.services.change_link import revoke_all
from concierge.progress.services.invite_by_letter import invite_by_letter
from concierge.progress.services.tell_milestones import tell_decided
from concierge.ratings.events import RatingInvited
from projects.events import ProjectEnded


def close_links(w: Work, event: ProjectEnded) -> None:
    """A project was closed: its links open nothing any more.

    Source: PL-16.
    """
    revoke_all(w, event.project_id)


def invite(w: Work, event: RatingInvited) -> None:
    """The one invitation of a service is due: the enterprise gets its link.

    Source: RT-2.
    """
    if event.project_id is not None:
        invite_by_letter(w, event.occasion_id, event.project_id)


def tell_of_decision(w: Work, event: StepMoved) -> None:
    """A step was decided: those who subscribed hear of it.

    Source: PL-12.
    """
    if event.move == Move.PASS.value:
        tell_decided(w, event.step_id, event.attempt)
