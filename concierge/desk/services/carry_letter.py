"""Put a letter somebody left with the kernel among the messages that go out."""

from __future__ import annotations

import json

from sqlalchemy import select

from concierge.desk.models.messages import MessageRow
from concierge.desk.rules.channels import AT_ONCE, Channel, Hours, MessageKind
from concierge.desk.services.post_notices import send_at
from concierge.kernel import clock
from concierge.kernel.letters import LetterRow
from concierge.kernel.work import Work


def carry_letter(w: Work, letter_id: int) -> None:
    """Make the one message of a letter; one that was carried or given up already makes none.

    Shape: the message knows the letter's number; address and words stay sealed where they are until it is
        handed over.
    """
    row = w.session.get(LetterRow, letter_id)
    occasion = f"letter:{letter_id}"
    known = w.session.scalar(select(MessageRow.id).where(MessageRow.occasion == occasion))
    if row is None or row.sealed is None or known is not None:
        return
    kind, now = MessageKind(row.kind), clock.now()
    message = w.add(
        MessageRow(
            project_id=row.project_id,
            channel=Channel(row.way),
            kind=kind,
            occasion=occasion,
            hint=row.hint,
            facts=json.dumps({"letter_id": letter_id}),
            not_before_at=now if kind in AT_ONCE else Hours().first_moment(now),
            made_at=now,
            attempts=0,
        )
    )
    send_at(w, message)
