"""Book by a link a time at the service hall; it stands at once, nobody has to confirm it."""

from __future__ import annotations

from datetime import time

from concierge.kernel.actor import Actor
from concierge.kernel.work import work
from concierge.outreach.rules.standing import Road
from concierge.outreach.services.book_service import CallerNeeded, NewBooking, book
from concierge.progress.rules.acts import ActKind
from concierge.progress.rules.incoming import Wish
from concierge.progress.rules.links import ProgressLink
from concierge.progress.services.keep_incoming import HOLDER, Sent, keep, known

USUAL_MINUTES = 30


def book_hall(link: ProgressLink, form_key: str, wish: Wish, phone: str, *, by: Actor = HOLDER) -> int:
    """Book the time; answers the row of what came in, the same one for the same form.

    Raises: CallerNeeded, NumberInText, TimeNotBookable, NobodyOnDuty, TimeTaken.
    Effects: outside office hours somebody on duty serves it.
    Source: SF-13, WD-3.
    """
    begins = wish.begins
    if begins is None:
        raise CallerNeeded(field="begins")
    with work(by) as w:
        before = known(w, link, form_key)
        if before is not None:
            return before.id
        booking_id = book(w, _booking(link, wish, begins, phone))
        sent = Sent(
            kind=ActKind.VISIT,
            form_key=form_key,
            words=wish.words.strip(),
            wanted_on=wish.wanted_on,
            begins=begins,
            name=wish.name,
            phone=phone,
        )
        return keep(w, link, sent, about_id=booking_id).id


def _booking(link: ProgressLink, wish: Wish, begins: time, phone: str) -> NewBooking:
    return NewBooking(
        on=wish.wanted_on,
        begins=begins,
        minutes=USUAL_MINUTES,
        what=wish.words,
        name=wish.name,
        phone=phone,
        road=Road.ONLINE,
        project_id=link.project_id,
    )
