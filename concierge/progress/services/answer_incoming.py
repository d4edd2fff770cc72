"""Deal with what came in: answer it, decline it with a reason, or note that it is arranged."""

from __future__ import annotations

from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.work import Work, work
from concierge.progress.events import IncomingHandled
from concierge.progress.models.acts import IncomingRow
from concierge.progress.rules.acts import IncomingState
from concierge.progress.rules.incoming import check_handling, checked_reply


def answer_incoming(incoming_id: int, answer: str, *, version: int | None = None, by: Actor) -> None:
    """Answer it; the enterprise reads the answer on its page.

    Raises: Missing, Stale; HandledBefore, NotWhatFollows, ReplyNeeded.
    """
    with work(by) as w:
        row = w.get(IncomingRow, incoming_id, version=version)
        settle(w, row, IncomingState.ANSWERED, answer=checked_reply(answer))


def decline_incoming(incoming_id: int, reason: str, *, version: int | None = None, by: Actor) -> None:
    """Decline a pick-up or a visit, with a reason the enterprise reads.

    Raises: Missing, Stale; HandledBefore, NotWhatFollows, ReplyNeeded.
    """
    with work(by) as w:
        row = w.get(IncomingRow, incoming_id, version=version)
        settle(w, row, IncomingState.DECLINED, answer=checked_reply(reason))


def settle(
    w: Work, row: IncomingRow, to: IncomingState, *, answer: str = "", about_id: int | None = None
) -> None:
    """Deal with it in the caller's work, on a row it holds.

    Raises: HandledBefore, NotWhatFollows.
    Effects: tells ``IncomingHandled``.
    """
    check_handling(row.kind, row.state, to, who=row.handled_by)
    row.state, row.answer = to, answer
    row.handled_at, row.handled_by_id, row.handled_by = clock.now(), w.by.id, w.by.label
    row.about_id = about_id if about_id is not None else row.about_id
    w.record(IncomingHandled(row.id, row.project_id, row.kind.value, to.value, row.about_id))
