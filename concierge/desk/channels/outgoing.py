"""What every channel has in common: a message as it is handed over, and the three answers there can be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from concierge.desk.rules.channels import MessageKind
from concierge.kernel.errors import N_, ConciergeError, Unavailable


@dataclass(frozen=True, kw_only=True)
class Outgoing:
    """One message, ready to go.

    Shape: ``to`` is the address on its channel; ``text`` has its lines; ``short`` fills a template where a
        channel takes no free text. ``key`` is the same at every attempt, so that a message handed over twice
        can be known as one.
    """

    kind: MessageKind
    to: str
    key: str
    subject: str
    text: str
    short: Mapping[str, str] = field(default_factory=dict)


class NotTaken(Unavailable):
    """The other side does not take the message now; trying again later helps, or mending what is named."""

    message = N_("The message was not taken: %(why)s")


class AddressRefused(ConciergeError):
    """The other side says that this address takes no message, today or later."""

    message = N_("The address takes no messages: %(why)s")


class Sender(Protocol):
    """A channel: it hands one message over."""

    def send(self, message: Outgoing) -> str:
        """Hand the message over; answers what the other side calls it, empty for no name.

        Raises: NotTaken, AddressRefused.
        """
        ...
