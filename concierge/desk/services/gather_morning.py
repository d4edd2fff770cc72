"""Put together the one message of the morning: what the day brings, and what was told since the last one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from concierge.desk.models.messages import MessageNoticeRow
from concierge.desk.press.letters import Task
from concierge.desk.queries.channels import reached
from concierge.desk.queries.messages import sent_last_at
from concierge.desk.queries.notices import unsent
from concierge.desk.rules.channels import MessageKind, digests
from concierge.desk.services.post_notices import add_message
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.facts import plain
from concierge.kernel.work import Work

FIRST_LOOKS_BACK = timedelta(days=3)
"""How far the first morning message looks back: what is older stands on the page."""


def gather_morning(w: Work, person_id: int, tasks: Sequence[Task]) -> int:
    """Make a person's morning message on each channel that carries one; answers how many there are now.

    Effects: none where there is nothing to say, and none the second time on a day.
    """
    way = reached(w.session, [person_id]).get(person_id)
    if way is None:
        return 0
    made = 0
    for channel in digests([row.facts() for row in way.rows]):
        last = sent_last_at(w.session, person_id, channel, MessageKind.DIGEST)
        if last is not None and clock.local(last).date() >= clock.today():
            continue
        since = last or clock.now() - FIRST_LOOKS_BACK
        notice_ids = unsent(w.session, Actor(person_id, ""), channel, since)
        if not (notice_ids or tasks):
            continue
        row = next(row for row in way.rows if row.channel is channel)
        occasion = f"morning:{person_id}:{channel.value}:{clock.today().isoformat()}"
        facts = {"tasks": plain(tuple(tasks))} if tasks else None
        message = add_message(w, row, MessageKind.DIGEST, occasion=occasion, at=clock.now(), facts=facts)
        for notice_id in notice_ids:
            w.add(MessageNoticeRow(message_id=message.id, notice_id=notice_id, channel=channel))
        made += 1
    return made
