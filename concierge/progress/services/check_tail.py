"""Let a link that asks for the last four digits open only with them; five wrong ones close it for a while."""

from __future__ import annotations

import hashlib
import hmac

from concierge.kernel import clock
from concierge.kernel.actor import SYSTEM
from concierge.kernel.errors import Missing
from concierge.kernel.work import work
from concierge.progress.models.links import ProgressLinkRow, WrongCodeRow
from concierge.progress.rules.links import TailWrong
from concierge.progress.rules.query_codes import WrongTries, check_patience, one_more
from concierge.progress.services.make_link import tail_hash


def check_tail(link_id: int, typed: str) -> None:
    """Refuse the wrong digits.

    Raises: TailWrong; TooManyWrongCodes; Missing.
    Effects: a wrong try is counted against the link, whoever tries.
    Source: PL-7, PL-9.
    """
    is_right = False
    with work(SYSTEM) as w:
        link = w.get(ProgressLinkRow, link_id)
        if link.revoked_at is not None:
            raise Missing
        place = hashlib.sha256(f"tail of {link.id}".encode()).hexdigest()
        row = w.session.get(WrongCodeRow, place, with_for_update=True)
        known = WrongTries(row.tries, row.since_at, row.locked_until) if row is not None else None
        now = clock.moment()
        check_patience(known, now)
        is_right = hmac.compare_digest(tail_hash(typed.strip(), link.handle), link.tail_hash)
        if not is_right:
            after = one_more(known, now)
            if row is None:
                row = WrongCodeRow(place=place)
                w.session.add(row)
            row.tries, row.since_at, row.locked_until = after.tries, after.since_at, after.locked_until
    if not is_right:
        raise TailWrong(field="tail")
