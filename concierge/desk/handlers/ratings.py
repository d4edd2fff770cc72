"""What the desk tells of ratings. Every handler may be run twice.

A negative rating is told to those who may follow it, and to nobody whose work it is about (RT-6).
"""

from __future__ import annotations

from flask_appbuilder.security.sqla.models import Role, User
from sqlalchemy import select

from concierge.desk.services.tell import tell_person, tell_project
from concierge.kernel.work import Work
from concierge.ratings.events import NegativeRated, ProcessChangeAsked, RatingInvited, RatingLate
from concierge.ratings.queries.who_may import AUTHORITY


def tell_of_invitation(w: Work, event: RatingInvited) -> None:
    """The one invitation of a service is due."""
    if event.project_id is not None:
        tell_project(w, event.project_id, "rating_invited", {"page": "/ratings/unrated/"}, code=event.code)


def tell_of_negative(w: Work, event: NegativeRated) -> None:
    """A negative rating came in: somebody of the authority contacts and verifies."""
    facts = {
        "department": event.department,
        "due_on": event.contact_due_on,
        "page": f"/ratings/one/{event.rating_id}",
    }
    for person_id in _authority(w):
        tell_person(w, person_id, "rating_negative", facts)


def tell_of_late(w: Work, event: RatingLate) -> None:
    """A stage of a negative rating is past its day."""
    facts = {
        "department": event.department,
        "due_on": event.due_on,
        "page": f"/ratings/one/{event.rating_id}",
    }
    for person_id in _authority(w):
        tell_person(w, person_id, "rating_late", facts)


def tell_of_process(w: Work, event: ProcessChangeAsked) -> None:
    """One fault came again and again in a quarter."""
    facts = {"department": event.department, "due_on": event.due_on, "page": "/ratings/"}
    for person_id in _authority(w):
        tell_person(w, person_id, "process_change", facts | {"count": event.count})


def _authority(w: Work) -> list[int]:
    asked = select(User.id).where(User.active, User.roles.any(Role.name.in_(AUTHORITY))).order_by(User.id)
    return list(w.session.scalars(asked))
