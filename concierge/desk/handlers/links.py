"""What the desk tells of its own links. Every handler may be run twice."""

from __future__ import annotations

from sqlalchemy import select

from concierge.desk.events import DepartmentReplied, NewLinkAsked
from concierge.desk.models.links import LinkRow
from concierge.desk.rules.reply import Outcome
from concierge.desk.services.tell import tell_person, tell_project
from concierge.kernel.work import Work


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
