"""Have a message that was given up sent once more."""

from __future__ import annotations

from concierge.desk.events import MessageSentAgain
from concierge.desk.models.messages import MessageRow
from concierge.desk.rules.channels import MessageState
from concierge.desk.services.post_notices import send_at
from concierge.kernel import clock
from concierge.kernel.actor import Actor
from concierge.kernel.errors import N_, Missing, Refusal
from concierge.kernel.work import work


class NotGivenUp(Refusal):
    """A message that is on its way, or arrived, was to be sent again."""

    message = N_("This message was not given up: it is on its way, or it arrived. Reload the page.")


def send_again(message_id: int, *, for_all: bool, by: Actor) -> None:
    """Send a dead message once more, one's own or, ``for_all``, anybody's.

    Raises: Missing; NotGivenUp.
    Effects: tells ``MessageSentAgain``; one more attempt, and no pauses after it.
    """
    with work(by) as w:
        row = w.get(MessageRow, message_id)
        if row.person_id != by.id and not for_all:
            raise Missing
        if row.state is not MessageState.DEAD:
            raise NotGivenUp
        row.state, row.settled_at, row.not_before_at = MessageState.WAITING, None, clock.now()
        send_at(w, row)
        w.record(MessageSentAgain(message_id=row.id, person_id=row.person_id, project_id=row.project_id))
