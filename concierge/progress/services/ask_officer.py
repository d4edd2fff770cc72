"""Ask by a link that an officer comes: to fetch papers, or to sit down and talk."""

from __future__ import annotations

from concierge.escalation.rules.telling import checked_phone
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import work
from concierge.progress.rules.acts import ActKind
from concierge.progress.rules.incoming import Wish, checked_wish
from concierge.progress.rules.links import ProgressLink
from concierge.progress.services.keep_incoming import HOLDER, Sent, keep, known


def ask_pick_up(link: ProgressLink, form_key: str, wish: Wish, phone: str, *, by: Actor = HOLDER) -> int:
    """Keep the wish for the officers; answers its row, the same one for the same form.

    Raises: DayWrong, PlaceNeeded, CallerNameNeeded, WordsNeeded, WordsTooLong; PhoneNeeded.
    """
    return _ask(ActKind.PICK_UP, link, form_key, wish, phone, by=by)


def ask_visit(link: ProgressLink, form_key: str, wish: Wish, phone: str, *, by: Actor = HOLDER) -> int:
    """Keep the wish that an officer comes to the enterprise; answers its row.

    Raises: as ``ask_pick_up``.
    """
    return _ask(ActKind.VISIT, link, form_key, wish, phone, by=by)


def _ask(kind: ActKind, link: ProgressLink, form_key: str, wish: Wish, phone: str, *, by: Actor) -> int:
    asked = checked_wish(wish, today=clock.today())
    number = checked_phone(phone, "phone")
    with work(by) as w:
        before = known(w, link, form_key)
        if before is not None:
            return before.id
        sent = Sent(
            kind=kind,
            form_key=form_key,
            words=asked.words,
            wanted_on=asked.wanted_on,
            begins=asked.begins,
            place=asked.place,
            name=asked.name,
            phone=number,
        )
        return keep(w, link, sent).id
