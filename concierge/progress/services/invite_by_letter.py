"""Send an enterprise the one invitation to rate a finished service, with its link, to the number on file."""

from __future__ import annotations

from sqlalchemy import select

from concierge.kernel import letters, tokens
from concierge.kernel.errors import Refusal
from concierge.kernel.work import Work
from concierge.ratings.services.make_rating_link import make_key
from projects.models.project import Enterprise, Project

KIND = "rating"


def invite_by_letter(w: Work, occasion_id: int, project_id: int) -> bool:
    """Leave the invitation for whoever carries SMS; False where a person has to hand the link on.

    Shape: a person does where SMS is not set up for it, the enterprise has no mobile number on file, or the
        service was rated meanwhile.
    Effects: one letter for each occasion, however often it is asked for; the link before it opens nothing any
        more.
    Source: RT-2.
    """
    occasion = f"{KIND}:{occasion_id}"
    if letters.is_left(w.session, occasion):
        return True
    phone = w.session.scalar(
        select(Enterprise.phone)
        .join(Project, Project.enterprise_id == Enterprise.id)
        .where(Project.id == project_id)
    )
    number = letters.sms_number(phone or "", KIND)
    if not number:
        return False
    try:
        minted = make_key(w, occasion_id)
    except Refusal:  # rated or taken back meanwhile: nobody is asked any more
        return False
    short = tokens.halves(minted.token)
    letters.leave_sms(w, number, short, kind=KIND, occasion=occasion, project_id=project_id)
    return True
